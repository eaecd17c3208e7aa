"""Whose training counts no longer, or soon will not: who needs a refresher, and by when."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from reviewers.models import Reviewer
from training.models import Place, Session
from training.policies import BOOKABLE
from training.queries.sessions import in_date_until, keeping_places, trained_until

SOON = timedelta(days=90)  # long enough to plan a session and invite people to it
COMING = 5


def _due(today: date) -> QuerySet[Any]:
    people = in_date_until(Reviewer.objects.filter(stage__in=BOOKABLE, pk__in=_ending(today)))
    return people.filter(in_date_until__lte=today + SOON)


def _ending(today: date) -> QuerySet[Any, Any]:
    """The few whom it can be about at all: without it the database asks of everybody in turn."""
    ending = keeping_places().filter(session__counts_until__lte=today + SOON)
    return ending.values("reviewer")


def _kept_by(today: date) -> QuerySet[Place]:
    """Places to come that will keep people in date, if they attend."""
    return Place.objects.filter(
        outcome__in=Place.OPEN,
        session__kind__in=Session.KEEPING,
        session__is_cancelled=False,
        session__held_on__gte=today,
    )


def refreshers_due(today: date) -> QuerySet[Any]:
    """People whose training ran out or will within 90 days, each with ``in_date_until``.

    And with ``keeping``: their places at sessions to come that keep them in date. Who takes a
    break or has left is asked nothing.
    """
    places = _kept_by(today).select_related("session").order_by("session__held_on", "pk")
    return _due(today).prefetch_related(Prefetch("places", places, to_attr="keeping"))


def count_refreshers_due(today: date) -> dict[str, int]:
    """How many need a refresher and have no place to come: ``due``; of those, ``lapsed``."""
    waiting = (
        trained_until(_ending(today))
        .filter(reviewer__stage__in=BOOKABLE, until__lte=today + SOON)
        .exclude(reviewer__in=_kept_by(today).values("reviewer"))
    )
    return waiting.aggregate(
        due=Count("reviewer"), lapsed=Count("reviewer", filter=Q(until__lt=today))
    )


def is_due(until: date | None, *, today: date) -> bool:
    """Whether training that counts until then needs a refresher by now."""
    return until is not None and until <= today + SOON


def coming_refreshers(today: date) -> QuerySet[Session]:
    """The next sessions at which people can refresh their training, soonest first."""
    return Session.objects.filter(
        kind=Session.Kind.REFRESHER, is_cancelled=False, held_on__gte=today
    ).order_by("held_on", "pk")[:COMING]
