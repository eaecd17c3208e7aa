"""Reads about training for pages, tasks and the floors above."""

from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from reviewers.models import Reviewer
from training.models import Place, Session
from training.policies import BOOKABLE


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


def trained_by(day: date, *, refresher_months: int | None) -> Q:
    """The condition on reviewers: trained on or before ``day``, and in date then.

    With ``refresher_months`` the latest workshop, staff training or refresher attended must lie
    no further back than that. Sets that depend on no outer row: worked out once.
    """
    attended = conferring_places().filter(session__held_on__lte=day)
    trained = Q(pk__in=attended.values("reviewer"))
    if refresher_months is None:
        return trained
    in_date_from = day - relativedelta(months=refresher_months)
    kinds = [*Session.CONFERRING, Session.Kind.REFRESHER]
    recent = Place.objects.filter(
        outcome=Place.Outcome.ATTENDED,
        session__kind__in=kinds,
        session__held_on__lte=day,
        session__held_on__gte=in_date_from,
    )
    # A refresher keeps a trained person in date; it does not make anybody trained.
    return trained & Q(pk__in=recent.values("reviewer"))


SUGGESTED = 20


def sessions() -> QuerySet[Any]:
    """Every session with ``taken`` (booked or recorded) and ``waiting`` counted."""
    return Session.objects.annotate(
        taken=_counted(Place.Outcome.BOOKED, Place.Outcome.ATTENDED, Place.Outcome.DID_NOT_ATTEND),
        waiting=_counted(Place.Outcome.WAITING),
        attended=_counted(Place.Outcome.ATTENDED),
    )


def _counted(*outcomes: str) -> Coalesce:
    places = (
        Place.objects.filter(session=OuterRef("pk"), outcome__in=outcomes)
        .order_by()
        .values("session")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return Coalesce(Subquery(places), 0)


def get_session(pk: int) -> Session | None:
    """The session with its facilitators."""
    return (
        Session.objects.select_related("staff_facilitator")
        .prefetch_related("co_facilitators")
        .filter(pk=pk)
        .first()
    )


def get_place(pk: int) -> Place | None:
    """The place with its person and session."""
    return Place.objects.select_related("reviewer", "session").filter(pk=pk).first()


def get_person(pk: int) -> Reviewer | None:
    """The person to give a place."""
    return Reviewer.objects.filter(pk=pk).first()


def places_of(session: Session) -> QuerySet[Place]:
    """The session's places with their people, in the order of booking."""
    return session.places.select_related("reviewer").order_by("booked_at", "pk")


def people_to_book(session: Session, *, words: str) -> QuerySet[Reviewer]:
    """People who could have a place: found by name or reference, or those not trained yet."""
    with_place = session.places.exclude(outcome=Place.Outcome.CANCELLED)
    people = Reviewer.objects.filter(stage__in=BOOKABLE).exclude(
        pk__in=with_place.values("reviewer")
    )
    words = words.strip()
    if not words:
        return people.exclude(pk__in=conferring_places().values("reviewer"))[:SUGGESTED]
    found = Q(reference__istartswith=words)
    for word in words.split()[:3]:
        found |= Q(last_name__istartswith=word) | Q(first_name__istartswith=word)
    return people.filter(found)[:SUGGESTED]


def own_places(user: User) -> QuerySet[Place]:
    """The places of the person who is signed in, latest session first."""
    return (
        Place.objects.filter(reviewer__user=user)
        .select_related("session")
        .order_by("-session__held_on", "-pk")
    )
