"""From an enquiry to a first review: how many got how far, and how long each step takes.

Steps are taken in order: who has reached a later one has passed those before. A step that somebody
reached before history was kept (brought in from elsewhere) counts, without days.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Min, Q
from django.utils.timezone import localdate

from insights.numbers import Share
from insights.waiting import Wait, median_days
from reviewers.models import Reviewer, Stage, StageChange
from reviews.first_visits.queries import visits_since
from training.queries import conferring_places

STEPS = ("Enquiry", "Interview", "Checks", "Training", "Trained", "First review")
BY_STAGE = (Stage.INTERVIEW, Stage.CHECKS, Stage.TRAINING)
BEYOND = (*BY_STAGE, Stage.ACTIVE)  # in this order; a later one is past those before


@dataclass(frozen=True)
class Step:
    """One step: of ``came.denominator`` people who reached the one before, how many reached it.

    ``days``: by then half of them had, those who wait counted. ``undated``: reached it without
    known days.
    """

    name: str
    came: Share
    days: int | None
    waiting: int
    left: int
    undated: int


@dataclass
class _Tally:
    came: int = 0
    waiting: int = 0
    left: int = 0
    undated: int = 0
    waits: list[Wait] = field(default_factory=list)


@dataclass(frozen=True)
class Way:
    """One person's way: for each step whether it was reached, and the day if it is known."""

    reached: Sequence[bool]
    days: Sequence[date | None]
    left_on: date | None = None


def count_funnel(as_at: date) -> list[Step]:
    """Every step after the enquiry, as at the day, over everybody. Four queries."""
    return steps(_ways(as_at), as_at)


def steps(ways: Iterable[Way], as_at: date) -> list[Step]:
    """The steps that these ways make."""
    tallies = [_Tally() for _ in STEPS]
    for way in ways:
        tallies[0].came += 1
        for index in range(1, len(STEPS)):
            if not _take(tallies[index], way, index, as_at):
                break
    return [
        Step(
            name,
            Share(tally.came, before.came),
            median_days(tally.waits),
            tally.waiting,
            tally.left,
            tally.undated,
        )
        for name, tally, before in zip(STEPS[1:], tallies[1:], tallies, strict=False)
    ]


def _take(tally: _Tally, way: Way, index: int, as_at: date) -> bool:
    """Count one person at one step; whether they reached it."""
    since, day = way.days[index - 1], way.days[index]
    if way.reached[index]:
        tally.came += 1
        if since is None or day is None:
            tally.undated += 1
        else:
            tally.waits.append(Wait(max(0, (day - since).days), True))
        return True
    if way.left_on is None:
        tally.waiting += 1
    else:
        tally.left += 1
    if since is not None:
        tally.waits.append(Wait(max(0, ((way.left_on or as_at) - since).days), False))
    return False


def _ways(as_at: date) -> Iterable[Way]:
    training = conferring_places().filter(session__held_on__lte=as_at)
    trained = training.order_by().values("reviewer").annotate(day=Min("session__held_on"))
    trained_on: dict[int, date] = dict(trained.values_list("reviewer", "day"))
    visits = visits_since(training).filter(review__visit_on__lte=as_at).order_by()
    firsts = visits.values("reviewer").annotate(day=Min("review__visit_on"))
    been_on: dict[int, date] = dict(firsts.values_list("reviewer", "day"))
    moved = _moves()
    people = Reviewer.objects.filter(joined_on__lte=as_at).order_by()
    for pk, joined, stage, since in people.values_list("pk", "joined_on", "stage", "stage_since"):
        yield _way(joined, stage, since, moved.get(pk, {}), trained_on.get(pk), been_on.get(pk))


def _moves() -> dict[int, dict[str, datetime | None]]:
    """When each person first came to each stage: at all, and by a move whose day is known."""
    asked: dict[str, Any] = {}
    for stage in BEYOND:
        came = Q(to_stage=stage)
        asked[f"{stage}_at_all"] = Min("at", filter=came)
        asked[f"{stage}_dated"] = Min("at", filter=came & ~Q(from_stage=""))
    rows: Any = StageChange.objects.order_by().values("reviewer").annotate(**asked)
    return {row.pop("reviewer"): row for row in rows}


def _way(
    joined: date,
    stage: str,
    since: date,
    moved: dict[str, datetime | None],
    trained_on: date | None,
    been_on: date | None,
) -> Way:
    later = [
        (
            moved.get(f"{each}_at_all") is not None or stage == each,
            moved.get(f"{each}_dated"),
        )
        for each in BEYOND
    ]
    reached: list[bool] = [True]
    days: list[date | None] = [joined]
    for index in range(len(BY_STAGE)):
        dated = [at for _, at in later[index:] if at is not None]
        days.append(localdate(min(dated)) if dated else None)
        reached.append(any(came for came, _ in later[index:]) or trained_on is not None)
    reached += [trained_on is not None, been_on is not None]
    days += [trained_on, been_on]
    return Way(reached, days, since if stage == Stage.LEFT else None)
