"""Reads for the year's programme: services that are due, what is known of days, a month."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby

from dateutil.relativedelta import relativedelta
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery

from accounts.models import User
from organisation.models import Service, ServiceBlock, TrustSettings
from reviews.models import Review
from reviews.queries.reviews import reviews_of, with_lxrs
from reviews.year.clashes import Known, monday_of
from reviews.year.quarters import Quarter

MOST_DUE = 100  # of one page; the rest is due later or narrowed down to


def due(quarter: Quarter, trust: TrustSettings) -> QuerySet[Service]:
    """Open services whose next review is due by the end of the quarter, and none is planned.

    Each with ``last_on``, the day of the last visit that took place; those without one come first.
    """
    reviews = Review.objects.filter(service=OuterRef("pk"))
    last = (
        reviews.completed().order_by().values("service").annotate(on=Max("visit_on")).values("on")
    )
    due_since = quarter.last - relativedelta(months=trust.review_every_months)
    open_then = Service.objects.exclude(closed_on__lte=quarter.last)
    found = open_then.filter(~Exists(reviews.coming())).annotate(last_on=Subquery(last))
    return (
        found.filter(Q(last_on__isnull=True) | Q(last_on__lte=due_since))
        .select_related("directorate", "site")
        .order_by(F("last_on").asc(nulls_first=True), "name", "pk")
    )


def chosen(ids: Iterable[int]) -> list[Service]:
    """The services with these ids, as ``due`` orders them."""
    completed = Review.objects.completed().filter(service=OuterRef("pk")).order_by("-visit_on")
    found = Service.objects.filter(pk__in=list(ids)).select_related("directorate", "site")
    return list(
        found.annotate(last_on=Subquery(completed.values("visit_on")[:1])).order_by(
            F("last_on").asc(nulls_first=True), "name", "pk"
        )
    )


def known_of(
    services: Iterable[Service],
    first: date,
    last: date,
    trust: TrustSettings,
    *,
    but: Review | None = None,
) -> Known:
    """What is known of the days and the whole weeks around them. Two queries.

    ``but``: a review that is to move, and so does not stand in its own way.
    """
    known = Known(trust.most_visits_a_week)
    since, until = monday_of(first), monday_of(last) + timedelta(days=6)
    visits = Review.objects.filter(visit_on__gte=since, visit_on__lte=until)
    visits = visits.exclude(status=Review.Status.CANCELLED).select_related("service")
    for review in visits.only("visit_on", "service__name", "service__site"):
        if but is None or review.pk != but.pk:
            known.add(review.service, review.visit_on)
    blocks = ServiceBlock.objects.filter(
        service__in=list(services), first_on__lte=last, last_on__gte=first
    ).order_by("service", "first_on")
    known.blocks = {pk: list(found) for pk, found in groupby(blocks, lambda each: each.service_id)}
    return known


def visits_of(user: User, first: date, last: date) -> QuerySet[Review]:
    """The visits of these days that this user may see and that are not called off."""
    visits = reviews_of(user).filter(visit_on__gte=first, visit_on__lte=last)
    return with_lxrs(visits.exclude(status=Review.Status.CANCELLED)).order_by("visit_on", "pk")


def get_to_move(user: User, pk: int) -> Review | None:
    """The coming review that somebody picked up to put on another day."""
    return reviews_of(user).coming().filter(pk=pk).first()
