"""The dated facts of each person that say since when they could go, and how long that takes here.

They are counted over and not kept. The queries do not grow with people.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Min
from django.utils.timezone import localdate

from insights.forecast.findings import Lead, Usual
from insights.waiting import Wait, median_days
from reviewers.models import Reviewer, Stage, StageChange
from reviews.models import Review, TeamMember
from reviews.queries.steps import usual_steps
from training.queries import conferring_places

ON_THE_WAY = frozenset({Stage.ENQUIRY, Stage.INTERVIEW, Stage.CHECKS, Stage.TRAINING})


@dataclass(frozen=True)
class Life:
    """One person's days; None for what has not happened. ``moves``: the day, from and to a stage.

    ``weekdays``: those on which they come, bit 0 being Monday.
    """

    joined_on: date
    stage: str
    stage_since: date
    signed_on: date | None
    trained_on: date | None
    first_visit_on: date | None
    starts_anywhere: bool
    visits_a_month: int
    weekdays: int
    moves: tuple[tuple[date, str, str], ...] = ()

    def stage_before(self, day: date) -> str:
        """The stage when the day began; empty before there was one."""
        moved = [to for on, _, to in self.moves if on < day]
        if moved:
            return moved[-1]
        return self.stage if self.stage_since < day else ""

    def could_go_before(self, day: date) -> bool:
        """Active, trained and signed when the day began."""
        return (
            self.stage_before(day) == Stage.ACTIVE
            and self.trained_on is not None
            and self.trained_on < day
            and self.signed_on is not None
            and self.signed_on < day
        )

    def had_been_before(self, day: date) -> bool:
        """Whether a visit to any service was possible: not their first, or they asked for it."""
        return self.starts_anywhere or (
            self.first_visit_on is not None and self.first_visit_on < day
        )

    @property
    def ready_on(self) -> date | None:
        """When they first became active, where their way to it is recorded."""
        return next(
            (on for on, was, to in self.moves if to == Stage.ACTIVE and was in ON_THE_WAY), None
        )


def lives() -> dict[int, Life]:
    """Everybody's, by id."""
    trained = dict(
        conferring_places()
        .order_by()
        .values("reviewer")
        .annotate(day=Min("session__held_on"))
        .values_list("reviewer", "day")
    )
    been = dict(
        TeamMember.objects.lxrs()
        .filter(attended=True, review__status__in=Review.VISITED)
        .order_by()
        .values("reviewer")
        .annotate(day=Min("review__visit_on"))
        .values_list("reviewer", "day")
    )
    moves: dict[int, list[tuple[date, str, str]]] = defaultdict(list)
    changes = StageChange.objects.order_by("at", "pk")
    for pk, at, was, to in changes.values_list("reviewer", "at", "from_stage", "to_stage"):
        moves[pk].append((localdate(at), was, to))
    rows = Reviewer.objects.order_by().values_list(
        "pk",
        "joined_on",
        "stage",
        "stage_since",
        "role_description_signed_on",
        "first_visit_anywhere",
        "visits_a_month",
        "available_weekdays",
    )
    return {
        pk: Life(
            joined_on=joined_on,
            stage=stage,
            stage_since=since,
            signed_on=signed_on,
            trained_on=trained.get(pk),
            first_visit_on=been.get(pk),
            starts_anywhere=anywhere,
            visits_a_month=visits,
            weekdays=weekdays,
            moves=tuple(moves.get(pk, ())),
        )
        for pk, joined_on, stage, since, signed_on, anywhere, visits, weekdays in rows
    }


def lead_times(people: Iterable[Life], today: date) -> Lead:
    """How long it takes here until somebody can go. What checks took is asked where it is known."""
    known = list(people)
    checks = usual_steps(today).get("readiness")
    return Lead(
        joining_to_ready=from_joining_to_ready(known, today),
        joining_to_trained=from_joining_to_trained(known, today),
        trained_to_ready=from_trained_to_ready(known, today),
        checks=Usual(checks.days, checks.n) if checks else Usual(None, 0),
    )


def from_joining_to_ready(people: Iterable[Life], today: date) -> Usual:
    """Of those whose whole way is recorded here."""
    waits = []
    for life in people:
        if life.ready_on is not None:
            waits.append(_wait(life.joined_on, life.ready_on, has_happened=True))
        elif life.stage in ON_THE_WAY:
            waits.append(_wait(life.joined_on, today, has_happened=False))
        elif any(to == Stage.LEFT and was in ON_THE_WAY for _, was, to in life.moves):
            waits.append(_wait(life.joined_on, life.stage_since, has_happened=False))
    return _usual(waits)


def from_joining_to_trained(people: Iterable[Life], today: date) -> Usual:
    """Of everybody; who was trained before they joined joined on that day."""
    waits = []
    for life in people:
        until = life.trained_on or (life.stage_since if life.stage == Stage.LEFT else today)
        waits.append(_wait(life.joined_on, until, has_happened=life.trained_on is not None))
    return _usual(waits)


def from_trained_to_ready(people: Iterable[Life], today: date) -> Usual:
    """Of those who are trained, and became ready here or are still on the way."""
    waits = []
    for life in people:
        if life.trained_on is None:
            continue
        if life.ready_on is not None:
            waits.append(_wait(life.trained_on, life.ready_on, has_happened=True))
        elif life.stage in ON_THE_WAY:
            waits.append(_wait(life.trained_on, today, has_happened=False))
    return _usual(waits)


def _wait(since: date, until: date, *, has_happened: bool) -> Wait:
    return Wait(max(0, (until - since).days), has_happened)


def _usual(waits: list[Wait]) -> Usual:
    return Usual(median_days(waits), sum(wait.has_happened for wait in waits))
