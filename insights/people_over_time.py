"""The figures about people at the ends of many months, read once and counted by day.

The same as ``people.count_people`` of each day; a test holds them to it.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Exists, Min, OuterRef, Q
from django.utils.timezone import localdate

from insights.people import People
from reviewers.models import Reviewer, Stage, StageChange
from reviews.first_visits.queries import visits_since
from training.queries import conferring_places


@dataclass(frozen=True)
class _Leaver:
    """Somebody who has ever left: the days on which their stage changed, and what they are now."""

    days: Sequence[date]
    stages: Sequence[str]
    stage: str
    since: date

    def had_left(self, day: date) -> bool:
        """Whether they had left by the end of the day."""
        changes = bisect_right(self.days, day)
        if changes:
            return self.stages[changes - 1] == Stage.LEFT
        return self.stage == Stage.LEFT and self.since <= day


def count_people_at(days: Iterable[date]) -> dict[date, People]:
    """Trained, still here and been on a review as at the end of each day, in four queries."""
    training = conferring_places()
    rows = training.order_by().values("reviewer").annotate(day=Min("session__held_on"))
    trained_on: dict[int, date] = dict(rows.values_list("reviewer", "day"))
    visits = visits_since(training).order_by().values("reviewer")
    firsts = visits.annotate(day=Min("review__visit_on")).values_list("reviewer", "day")
    trained = sorted(trained_on.values())
    been = sorted(day for pk, day in firsts if pk in trained_on)
    leavers = {pk: each for pk, each in _leavers().items() if pk in trained_on}
    found = {}
    for day in days:
        gone = sum(
            1 for pk, each in leavers.items() if trained_on[pk] <= day and each.had_left(day)
        )
        by_then = bisect_right(trained, day)
        found[day] = People(by_then, by_then - gone, bisect_right(been, day))
    return found


def _leavers() -> dict[int, _Leaver]:
    left_or_back = StageChange.objects.filter(
        Q(to_stage=Stage.LEFT) | Q(from_stage=Stage.LEFT), reviewer=OuterRef("pk")
    )
    people = Reviewer.objects.filter(Q(stage=Stage.LEFT) | Exists(left_or_back)).order_by()
    changes = (
        StageChange.objects.filter(reviewer__in=people.values("pk"))
        .order_by("reviewer", "at", "id")
        .values_list("reviewer", "at", "to_stage")
    )
    by_person = {
        pk: [(localdate(at), stage) for _, at, stage in theirs]
        for pk, theirs in groupby(changes, key=lambda change: change[0])
    }
    return {
        pk: _Leaver(
            [day for day, _ in by_person.get(pk, ())],
            [stage for _, stage in by_person.get(pk, ())],
            stage,
            since,
        )
        for pk, stage, since in people.values_list("pk", "stage", "stage_since")
    }
