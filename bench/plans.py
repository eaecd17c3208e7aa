"""A year of planning: 2,000 coming visits, 10,000 people, and 50 or 500 who could go to each."""

import random
import subprocess
import sys
from collections.abc import Callable
from datetime import time, timedelta

from django.core.cache import cache

from accounts.models import User
from bench.load import BENCH_USER, REVIEWERS, TODAY, analyse, load
from checks.models import SiteClearance
from organisation.models import Service, Site
from organisation.queries import trust_settings
from reviewers.models import Exclusion, Reviewer, TimeAway
from reviews.gaps.queries import gaps, ranked
from reviews.gaps.views import ROWS
from reviews.models import Review, ReviewQuerySet
from reviews.planner.plans import Plan, make_plan
from reviews.planner.solving.choosing import HEAVIEST, Graph, Rank
from reviews.planner.solving.covering import greedy
from reviews.planner.world import World, in_window, world_of

DATABASE = "plans"
PAST, COMING, DAYS = 3_000, 2_000, 365
# Of those whom a site has let in, so many may go in the end: active, trained, checked, there that
# day, and been on a visit before or happy to begin anywhere.
MAY_GO = 0.23
# Candidates a visit, LXRs a visit wants, people to take them from, and what it is called
CASES = (
    (50, 1, REVIEWERS, "50 candidates a visit"),
    (500, 1, REVIEWERS, "500 candidates a visit"),
    (50, 2, REVIEWERS, "50 candidates, 2 LXRs a visit"),
    (50, 1, 320, "50 candidates, few people"),
)


def load_plans() -> None:
    """The region's people, each site asking for its own clearance, and a year of visits."""
    if Review.objects.coming().count() >= COMING:
        return
    load(reviewers=REVIEWERS, reviews=PAST)
    chance = random.Random(2)
    Site.objects.update(asks=Site.Asks.OWN_FORM)
    people = list(Reviewer.objects.order_by("pk").values_list("pk", flat=True))
    Reviewer.objects.filter(pk__in=people[::10] + people[3::10] + people[7::10]).update(
        first_visit_anywhere=True
    )
    services = list(Service.objects.order_by("pk"))
    Exclusion.objects.bulk_create(
        (
            Exclusion(reviewer_id=person, service=chance.choice(services))
            for person in people
            if chance.random() < 0.2
        ),
        batch_size=5_000,
    )
    TimeAway.objects.bulk_create(
        (
            TimeAway(
                reviewer_id=person,
                starts_on=(start := TODAY + timedelta(days=chance.randrange(DAYS))),
                ends_on=start + timedelta(days=14),
            )
            for person in people
            if chance.random() < 0.5
        ),
        batch_size=5_000,
    )
    weekdays = [day for n in range(1, DAYS + 1) if (day := TODAY + timedelta(days=n)).weekday() < 5]
    there = Review.objects.coming().count()
    Review.objects.bulk_create(
        (
            Review(
                reference=f"P-{n:05}",
                service=chance.choice(services),
                visit_on=chance.choice(weekdays),
                starts_at=time(9, 30),
                ends_at=time(15, 30),
                status="planned",
            )
            for n in range(COMING - there)
        ),
        batch_size=1_000,
    )
    analyse()


def let_in(candidates: int, *, lxrs: int, out_of: int = REVIEWERS) -> None:
    """Clear as many people for each site as leave about so many who may go on a visit there.

    ``lxrs``: how many each visit wants; ``out_of``: how many people there are to clear.
    """
    Review.objects.coming().update(lxrs_wanted=lxrs)
    chance = random.Random(candidates)
    people = list(Reviewer.objects.order_by("pk").values_list("pk", flat=True))[:out_of]
    SiteClearance.objects.all().delete()
    SiteClearance.objects.bulk_create(
        (
            SiteClearance(
                site=site,
                reviewer_id=person,
                rung=SiteClearance.Rung.CLEARED,
                applied_on=TODAY - timedelta(days=90),
                decided_on=TODAY - timedelta(days=30),
            )
            for site in Site.objects.order_by("pk")
            for person in chance.sample(people, round(candidates / MAY_GO))
        ),
        batch_size=5_000,
    )
    analyse()


DAYS_OF_PLAN = {"today": TODAY, "first": TODAY, "last": TODAY + timedelta(days=DAYS + 1)}


def plan() -> Plan:
    """The whole plan: what is read, who may go, who goes, and what would open the rest."""
    return make_plan(ReviewQuerySet(Review), **DAYS_OF_PLAN, trust=trust_settings())


def world() -> World:
    """What the planner is given."""
    window = in_window(ReviewQuerySet(Review), **DAYS_OF_PLAN)
    return world_of(window, today=TODAY, trust=trust_settings())


def gap_board() -> int:
    """Every review of the year ranked afresh, and the first page of the board; how many reviews."""
    user = User.objects.get(email=BENCH_USER)
    cache.clear()
    places = ranked(user, TODAY, trust_settings(), days=DAYS)
    gaps(user, TODAY, places[:ROWS])
    return len(places)


def candidates_in(found: World) -> float:
    """How many people may take a first seat, on average."""
    seats = found.programme.firsts
    return sum(seat.may_go.bit_count() for seat in seats) / len(seats)


def bare_solver(found: World) -> Callable[[], int]:
    """OR-Tools' min-cost flow on the graph of all these seats, with everybody who may take each;
    it says how many seats it fills. The graph is built before, so that only solving is measured.
    """
    programme = found.programme
    seats = [*programme.firsts, *programme.company]
    dearest = Rank(is_no_first=True, load=HEAVIEST + len(seats))
    graph = Graph(seats, found.people, [dearest] * len(seats))
    graph.flow.set_node_supply(0, len(seats))
    graph.flow.set_node_supply(1, -len(seats))

    def solve() -> int:
        graph.flow.solve_max_flow_with_min_cost()
        return int(graph.flow.maximum_flow())

    return solve


def covered_greedily(found: World) -> int:
    """How many visits have somebody where each takes the first who is free."""
    seats = found.programme.firsts
    return len(greedy(seats, found.people).covered)


def peak() -> int:
    """The peak of memory of a process that makes the plan, in MiB."""
    run = subprocess.run(
        [sys.executable, "-m", "bench.peak"], capture_output=True, text=True, check=True
    )
    return int(run.stdout)
