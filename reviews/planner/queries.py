"""What the planner is given, and its plan in words: who could go where, and what stays open."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef

from organisation.models import TrustSettings
from reviewers.models import Experience, Reviewer
from reviews.eligibility import RULE_BY_KEY, Rule, counts_towards_cap
from reviews.gaps.queries import one_step_away
from reviews.models import Review, ReviewQuerySet, TeamMember
from reviews.planner.solving import Person, Seat, fill, month_of
from reviews.planner.words import in_numbers
from reviews.queries.but_for import LoadedVisit, ask_everyone, loaded_visits
from reviews.queries.places import not_to_ask

MOST = 200  # visits on the page
A_YEAR = timedelta(days=365)
ALONE = RULE_BY_KEY["first visit alone"]


@dataclass(frozen=True)
class Proposal:
    """One person for one visit, and what speaks for them."""

    review: Review
    reviewer: Reviewer
    is_first_visit: bool
    knows: bool
    load: int
    could_go: int
    is_kept: bool = False
    is_company: bool = False

    @property
    def key(self) -> str:
        """The visit and the person, as the page sends them."""
        return f"{self.review.pk}-{self.reviewer.pk}"


@dataclass(frozen=True)
class Open:
    """A visit for which the plan has nobody: how many are ready, and one step away by the step."""

    review: Review
    ready: int
    steps: Counter[Rule]

    @property
    def one_away(self) -> int:
        """How many are one step away."""
        return sum(self.steps.values())

    @property
    def in_numbers(self) -> str:
        """Whom the steps are with, in words."""
        return in_numbers(self.steps)


@dataclass(frozen=True)
class Plan:
    """A proposal for each visit that can have one, and what stays open."""

    proposals: list[Proposal] = field(default_factory=list)
    still_open: list[Open] = field(default_factory=list)
    asked: list[Review] = field(default_factory=list)
    lost: list[Review] = field(default_factory=list)
    is_cut: bool = False

    @property
    def covered(self) -> int:
        """For how many visits there is somebody."""
        return sum(not each.is_company for each in self.proposals)


def uncovered(reviews: ReviewQuerySet, *, after: date, until: date) -> ReviewQuerySet:
    """Of these, coming reviews after a day and until another on which no LXR has said yes."""
    accepted = TeamMember.objects.lxrs().filter(
        review=OuterRef("pk"), response=TeamMember.Response.ACCEPTED
    )
    return reviews.coming().filter(~Exists(accepted), visit_on__gt=after, visit_on__lte=until)


def make_plan(
    reviews: ReviewQuerySet,
    *,
    today: date,
    until: date,
    trust: TrustSettings,
    kept: Mapping[int, int] | None = None,
    refused: Collection[tuple[int, int]] = (),
) -> Plan:
    """The plan for those of the reviews that are after today, until a day.

    ``kept``: the person whom somebody chose for a review, by review. ``refused``: review and
    person who shall not be put together. Visits on which somebody was asked wait for the answer.
    """
    ids = list(
        uncovered(reviews, after=today, until=until)
        .order_by("visit_on", "pk")
        .values_list("pk", flat=True)[: MOST + 1]
    )
    visits = loaded_visits(Review.objects.filter(pk__in=ids[:MOST]), trust)
    waiting = [visit for visit in visits if visit.lxrs_on_team]
    visits = sorted((visit for visit in visits if not visit.lxrs_on_team), key=_first_things)
    if not visits:
        return Plan(asked=[visit.review for visit in waiting])
    world = _World(visits, today)
    kept = {review: pk for review, pk in (kept or {}).items() if pk in world.may_go.get(review, ())}
    chosen = world.cover(kept, refused)
    company = world.accompany(chosen, refused)
    lost: list[Review] = []
    if kept or refused:
        before = world.cover({}, ())
        lost = [each.review for each in visits if each.review.pk in before.keys() - chosen.keys()]
    return Plan(
        proposals=world.proposals(chosen, company, kept),
        still_open=[
            Open(visit.review, *one_step_away(world.asked, visit, index))
            for index, visit in enumerate(visits)
            if visit.review.pk not in chosen
        ],
        asked=[visit.review for visit in waiting],
        lost=lost,
        is_cut=len(ids) > MOST,
    )


def _first_things(visit: LoadedVisit) -> tuple[bool, date, int]:
    """Hard to reach first, then soonest."""
    return not visit.service.is_harder_to_reach, visit.day, visit.review.pk


class _World:
    """Everything that is known about these visits and about the people who may go."""

    def __init__(self, visits: Sequence[LoadedVisit], today: date) -> None:
        self.visits = visits
        self.asked = ask_everyone(visits)
        busy = _busy([visit.day for visit in visits])
        self.may_accompany: dict[int, set[int]] = {}
        self.may_go: dict[int, set[int]] = {}
        for index, visit in enumerate(visits):
            missing = {rule: people[index] for rule, people in self.asked.missing.items()}
            there = not_to_ask(visit.review)
            alone = missing.pop(ALONE)
            people = self.asked.here.difference(there, *missing.values())
            free = {pk for pk in people if (pk, visit.day) not in busy}
            self.may_accompany[visit.review.pk] = free
            self.may_go[visit.review.pk] = free - alone
        everyone = set().union(*self.may_accompany.values())
        self.loads = _loads(everyone, today)
        self.knows = _who_know(everyone)
        self.people = self._people(everyone, {month_of(visit.day) for visit in visits})

    def _people(self, everyone: Collection[int], months: set[date]) -> dict[int, Person]:
        wanted = Reviewer.objects.order_by("pk").values_list("pk", "visits_a_month")
        used = _visits_by_month(everyone, min(months), max(months))
        return {
            pk: Person(
                pk,
                {month: max(0, visits - used[pk, month]) for month in months},
                has_been=pk in self.asked.been,
                load=self.loads[pk],
            )
            for pk, visits in wanted
            if pk in everyone
        }

    def cover(
        self, kept: Mapping[int, int], refused: Collection[tuple[int, int]]
    ) -> dict[int, int]:
        """The first LXR of each visit that can have one."""
        return {**kept, **fill(self._seats(self.may_go, refused), self.people.values(), kept=kept)}

    def accompany(
        self, chosen: Mapping[int, int], refused: Collection[tuple[int, int]]
    ) -> dict[int, int]:
        """A second LXR for visits that want one, once each visit that can has its first."""
        wanted = {
            visit.review.pk: self.may_accompany[visit.review.pk] - {chosen[visit.review.pk]}
            for visit in self.visits
            if visit.review.pk in chosen and visit.review.lxrs_wanted > 1
        }
        days = {visit.review.pk: visit.day for visit in self.visits}
        taken = {(pk, days[review]) for review, pk in chosen.items()}
        used = Counter((pk, month_of(days[review])) for review, pk in chosen.items())
        people = [
            Person(
                one.pk,
                {month: room - used[one.pk, month] for month, room in one.room.items()},
                has_been=one.has_been or one.pk in chosen.values(),
                load=one.load,
            )
            for one in self.people.values()
        ]
        seats = [
            Seat(seat.review, seat.day, {pk for pk in seat.may_go if (pk, seat.day) not in taken},
                 seat.know)
            for seat in self._seats(wanted, refused)
        ]  # fmt: skip
        return fill(seats, people)

    def _seats(
        self, may_go: Mapping[int, set[int]], refused: Collection[tuple[int, int]]
    ) -> list[Seat]:
        return [
            Seat(
                visit.review.pk,
                visit.day,
                {pk for pk in may_go[visit.review.pk] if (visit.review.pk, pk) not in refused},
                self.knows[visit.service.directorate_id],
            )
            for visit in self.visits
            if visit.review.pk in may_go
        ]

    def proposals(
        self, chosen: Mapping[int, int], company: Mapping[int, int], kept: Mapping[int, int]
    ) -> list[Proposal]:
        """One line for each person, soonest visit first; company after the one they go with."""
        found = []
        people = Reviewer.objects.in_bulk({*chosen.values(), *company.values()})
        for visit in sorted(self.visits, key=lambda visit: (visit.day, visit.review.pk)):
            for seat, may_go in ((chosen, self.may_go), (company, self.may_accompany)):
                pk = seat.get(visit.review.pk)
                if pk is not None:
                    found.append(
                        Proposal(
                            visit.review,
                            people[pk],
                            is_first_visit=pk not in self.asked.been,
                            knows=pk in self.knows[visit.service.directorate_id],
                            load=self.loads[pk],
                            could_go=len(may_go[visit.review.pk]),
                            is_kept=kept.get(visit.review.pk) == pk,
                            is_company=seat is company,
                        )
                    )
        return found


def _busy(days: Collection[date]) -> set[tuple[int, date]]:
    """Who is asked to, or goes on, a visit on which of these days."""
    live = TeamMember.objects.live().filter(
        reviewer__isnull=False,
        review__status__in=Review.COMING,
        review__visit_on__gte=min(days),
        review__visit_on__lte=max(days),
    )
    return set(live.values_list("reviewer", "review__visit_on"))


def _visits_by_month(people: Iterable[int], first: date, last: date) -> Counter[tuple[int, date]]:
    """How many visits of a month count for each person."""
    end = (last + timedelta(days=31)).replace(day=1)
    rows = counts_towards_cap().filter(review__visit_on__gte=first, review__visit_on__lt=end)
    wanted = set(people)
    return Counter(
        (pk, month_of(day))
        for pk, day in rows.values_list("reviewer", "review__visit_on")
        if pk in wanted
    )


def _loads(people: Collection[int], today: date) -> Counter[int]:
    """How many visits each had in the last year, those still to come with them."""
    rows = (
        counts_towards_cap()
        .filter(review__visit_on__gte=today - A_YEAR)
        .order_by()
        .values("reviewer")
        .annotate(visits=Count("pk"))
    )
    found = Counter(dict(rows.values_list("reviewer", "visits")))
    return Counter({pk: found[pk] for pk in people})


def _who_know(people: Collection[int]) -> dict[int, set[int]]:
    """By directorate, who has lived experience of it or has been on a visit there."""
    been = TeamMember.objects.lxrs().filter(attended=True)
    pairs = (
        Experience.objects.order_by().values_list("directorate", "reviewer"),
        been.order_by().values_list("review__service__directorate", "reviewer"),
    )
    found: dict[int, set[int]] = defaultdict(set)
    for directorate, pk in pairs[0].union(pairs[1]):
        if directorate is not None and pk in people:
            found[directorate].add(pk)
    return found
