"""Reads about training for pages, tasks and the floors above."""

from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from reviewers.models import Reviewer
from training.models import Place, Session


def conferring_places() -> QuerySet[Place]:
    """Attended places at sessions that make a person trained: workshop and staff training."""
    return Place.objects.filter(
        outcome=Place.Outcome.ATTENDED, session__kind__in=Session.CONFERRING
    )


def with_trained_on(reviewers: QuerySet[Reviewer]) -> QuerySet[Any]:
    """Annotate ``trained_on``: the day of the first session attended that confers it, or None."""
    first = (
        conferring_places()
        .filter(reviewer=OuterRef("pk"))
        .order_by("session__held_on")
        .annotate(day=F("session__held_on"))
        .values("day")[:1]
    )
    return reviewers.annotate(trained_on=Subquery(first))


def trained_by(day: date, *, refresher_months: int | None) -> Exists:
    """The condition on reviewers: trained on or before ``day``, and in date then.

    With ``refresher_months`` the latest workshop, staff training or refresher attended must lie
    no further back than that.
    """
    attended = conferring_places().filter(reviewer=OuterRef("pk"), session__held_on__lte=day)
    if refresher_months is None:
        return Exists(attended)
    in_date_from = day - relativedelta(months=refresher_months)
    kinds = [*Session.CONFERRING, Session.Kind.REFRESHER]
    recent = Place.objects.filter(
        reviewer=OuterRef("pk"),
        outcome=Place.Outcome.ATTENDED,
        session__kind__in=kinds,
        session__held_on__lte=day,
        session__held_on__gte=in_date_from,
    )
    # A refresher keeps a trained person in date; it does not make anybody trained.
    return Exists(attended.filter(Exists(recent.filter(reviewer=OuterRef("reviewer")))))
