"""The table of what would open most. A fixed number of queries, however many people there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.timezone import localdate

from checks.in_bulk import standings
from organisation.models import DBSLevel, Site, TrustSettings
from programme.opening.gains import Gain, best_gains
from programme.opening.steps import Kind, Step, rank
from reviewers.models import Reviewer
from reviews.models import Review, ReviewQuerySet
from reviews.planner.solving.arranging import cover
from reviews.planner.world import in_window, world_of

DAYS = 120
SHOWN = 30
VISITS_SHOWN = 3


@dataclass(frozen=True)
class Opening:
    """A step, whom it is about, and the visits that somebody could go on after it, soonest first.

    Of a site that answers for several people at once ``person`` is None.
    """

    words: str
    people: int
    person: Reviewer | None
    visits: list[Review]

    @property
    def first(self) -> list[Review]:
        """The soonest of them."""
        return self.visits[:VISITS_SHOWN]

    @property
    def others(self) -> int:
        """How many more there are."""
        return len(self.visits) - len(self.first)


@dataclass(frozen=True)
class Openings:
    """The best of them; how many visits have nobody who could go; whether any has nobody asked."""

    rows: list[Opening]
    with_nobody: int
    planned: int


def openings(now: datetime, trust: TrustSettings, *, days: int = DAYS) -> Openings:
    """Which steps of the checks team would give most more visits of these days somebody."""
    today = localdate(now)
    window = in_window(
        ReviewQuerySet(Review), today=today, first=today, last=today + timedelta(days=days)
    )
    world = world_of(window, today=today, trust=trust)
    programme = world.programme
    covered, _ = cover(programme.firsts, programme.people, apart=programme.apart)
    with_nobody = len(covered.still_open)
    if not with_nobody:
        return Openings([], 0, len(programme.firsts))
    last_day = max(visit.day for visit in world.visits)
    everybody = Reviewer.objects.order_by().values("pk")
    checks = standings(everybody, trust=trust, last_day=last_day)
    gains = best_gains(world, covered, checks, most=SHOWN)
    alone = [world.everyone.ids[gain.people[0]] for gain in gains if len(gain.people) == 1]
    people = Reviewer.objects.only("first_name", "last_name", "reference", "user").in_bulk(alone)
    sites = {visit.service.site_id: visit.service.site for visit in world.visits}

    def row(gain: Gain) -> Opening:
        number = len(gain.people)
        seats = sorted(gain.seats, key=lambda seat: (covered.seats[seat].day, seat))
        return Opening(
            _words(gain.step, sites, number),
            number,
            people[world.everyone.ids[gain.people[0]]] if number == 1 else None,
            [world.visits[world.index[covered.seats[seat].review]].review for seat in seats],
        )

    return Openings([row(gain) for gain in gains], with_nobody, len(programme.firsts))


def _words(step: Step, sites: Mapping[int, Site], people: int) -> str:
    if step.kind == Kind.CERTIFICATE:
        level = DBSLevel(step.level).label
        workforce = f", {step.workforce} workforce" if rank(step) > 1 else ""
        return f"A certificate: {level.lower()}{workforce}"
    if step.kind == Kind.DECISION:
        return "A decision on their risk assessment"
    if people > 1:
        return f"{sites[step.site]} answers for everybody who waits there"
    return f"Clearance for {sites[step.site]}"
