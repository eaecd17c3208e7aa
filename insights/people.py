"""Counting people: trained, still here, been on a review, attendees. All as at a day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from insights.numbers import Share
from reviewers.models import Reviewer, Stage, StageChange
from reviews.first_visits.queries import visits_since
from training.models import Place, Session


@dataclass(frozen=True)
class People:
    """The figures about people as at a day, over everything before."""

    trained: int
    still_here: int
    been_on_review: int

    @property
    def activation(self) -> Share:
        """Trained people who have been on a review since, of all trained."""
        return Share(self.been_on_review, self.trained)

    @property
    def here(self) -> Share:
        """Trained people who have not left, of all trained."""
        return Share(self.still_here, self.trained)


def count_people(as_at: date) -> People:
    """Trained, still here and been on a review as at the end of the day, in one query."""
    training = Place.objects.filter(
        outcome=Place.Outcome.ATTENDED,
        session__kind__in=Session.CONFERRING,
        session__is_cancelled=False,
        session__held_on__lte=as_at,
    )
    visit_since = visits_since(training).filter(
        reviewer=OuterRef("pk"), review__visit_on__lte=as_at
    )
    counted = (
        Reviewer.objects.order_by()
        .filter(Exists(training.filter(reviewer=OuterRef("pk"))))
        .annotate(stage_then=_stage_at(as_at), has_been=Exists(visit_since))
        .aggregate(
            trained=Count("pk"),
            still_here=Count("pk", filter=~Q(stage_then=Stage.LEFT)),
            been_on_review=Count("pk", filter=Q(has_been=True)),
        )
    )
    return People(**counted)


def _stage_at(as_at: date) -> Coalesce:
    """The stage at the end of the day: the last change by then, else today's if it held then."""
    day_after = timezone.make_aware(datetime.combine(as_at + timedelta(days=1), time.min))
    last_change = (
        StageChange.objects.filter(reviewer=OuterRef("pk"), at__lt=day_after)
        .order_by("-at", "-id")
        .values("to_stage")[:1]
    )
    return Coalesce(
        Subquery(last_change),
        Case(When(stage_since__lte=as_at, then="stage"), default=Value("")),
        output_field=CharField(),
    )


def sessions_with_attendees(as_at: date) -> QuerySet[Any]:
    """Every session held by the day, latest first, each with ``attendees``; none cancelled."""
    attended = (
        Place.objects.filter(session=OuterRef("pk"), outcome=Place.Outcome.ATTENDED)
        .order_by()
        .values("session")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return Session.objects.filter(held_on__lte=as_at, is_cancelled=False).annotate(
        attendees=Coalesce(Subquery(attended), 0)
    )
