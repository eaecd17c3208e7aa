"""Counting training: trained over time, no-shows, co-facilitated sessions, the first visit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from django.db.models import Count, Min, Q

from insights.numbers import Share
from insights.waiting import Wait, median_days
from reviewers.models import Reviewer, Stage
from reviews.first_visits.queries import visits_since
from training.models import CourseVersion, Place, Session
from training.queries import conferring_places
from training.queries.said import Rated, rated, said_of_versions


@dataclass(frozen=True)
class FirstVisits:
    """How trained people got to a first visit. ``days``: by then half of them had one."""

    been: Share
    days: int | None
    waiting: int
    left: int


@dataclass(frozen=True)
class TrainingFigures:
    """The figures about training as at a day, over everything before."""

    trained: Sequence[tuple[date, int]]
    no_shows: Share
    co_facilitated: Share
    first_visits: FirstVisits


def count_training(as_at: date) -> TrainingFigures:
    """All of them as at the end of the day, in five queries."""
    training = conferring_places().filter(session__held_on__lte=as_at)
    rows = training.order_by().values("reviewer").annotate(day=Min("session__held_on"))
    trained_on: dict[int, date] = dict(rows.values_list("reviewer", "day"))
    return TrainingFigures(
        trained=over_time(trained_on.values()),
        no_shows=_no_shows(as_at),
        co_facilitated=_co_facilitated(as_at),
        first_visits=_first_visits(trained_on, as_at),
    )


@dataclass(frozen=True)
class VersionSaid:
    """What attendees said of one version; a question that too few rated is None."""

    version: CourseVersion
    support: Rated | None
    pace: Rated | None
    usefulness: Rated | None


def said_by_version(as_at: date) -> list[VersionSaid]:
    """Every version of which something could be read by the day, by course. Two queries."""
    versions = list(
        CourseVersion.objects.select_related("course").order_by("course__name", "number")
    )
    groups = said_of_versions(versions, as_at=as_at)
    found = [(version, rated(groups[version.pk])) for version in versions if groups[version.pk]]
    return [
        VersionSaid(version, means.get("support"), means.get("pace"), means.get("usefulness"))
        for version, means in found
    ]


def over_time(days: Iterable[date]) -> list[tuple[date, int]]:
    """Each day on which somebody was first trained, with how many are trained since then."""
    ordered = sorted(days)
    totals = dict(zip(ordered, accumulate(1 for _ in ordered), strict=True))
    return list(totals.items())


def _no_shows(as_at: date) -> Share:
    counted = Place.objects.filter(
        session__held_on__lte=as_at, session__is_cancelled=False
    ).aggregate(
        missed=Count("pk", filter=Q(outcome=Place.Outcome.DID_NOT_ATTEND)),
        came=Count("pk", filter=Q(outcome=Place.Outcome.ATTENDED)),
    )
    return Share(counted["missed"], counted["missed"] + counted["came"])


def _co_facilitated(as_at: date) -> Share:
    held = Session.objects.filter(held_on__lte=as_at, is_cancelled=False)
    counted = held.aggregate(
        held=Count("pk", distinct=True),
        together=Count("pk", distinct=True, filter=Q(co_facilitators__isnull=False)),
    )
    return Share(counted["together"], counted["held"])


def _first_visits(trained_on: dict[int, date], as_at: date) -> FirstVisits:
    visits = visits_since(conferring_places()).filter(review__visit_on__lte=as_at)
    rows = visits.order_by().values("reviewer").annotate(day=Min("review__visit_on"))
    been = {pk: day for pk, day in rows.values_list("reviewer", "day") if pk in trained_on}
    gone = Reviewer.objects.filter(stage=Stage.LEFT, stage_since__lte=as_at)
    left = {
        pk: day for pk, day in gone.values_list("pk", "stage_since")
        if pk in trained_on and pk not in been
    }  # fmt: skip
    waits = [
        Wait(
            max(0, (been.get(pk) or left.get(pk) or as_at).toordinal() - day.toordinal()),
            pk in been,
        )
        for pk, day in trained_on.items()
    ]
    return FirstVisits(
        been=Share(len(been), len(trained_on)),
        days=median_days(waits),
        waiting=len(trained_on) - len(been) - len(left),
        left=len(left),
    )
