"""What the next step of a person on the way knows of training: trained, booked, or not yet."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q
from django.utils.timezone import localdate

from organisation.models import TrustSettings
from reviewers.next_steps import Fact, register
from training.models import Place, Session
from training.queries import conferring_places


def trained(now: datetime, people: Collection[int], trust: TrustSettings) -> Q:
    """Who attended a session that makes them trained."""
    return Q(pk__in=conferring_places().filter(reviewer__in=people).values("reviewer"))


def booked(now: datetime, people: Collection[int], trust: TrustSettings) -> Q:
    """Who has a place at such a session that is still to come."""
    places = Place.objects.filter(
        reviewer__in=people,
        outcome=Place.Outcome.BOOKED,
        session__kind__in=Session.CONFERRING,
        session__is_cancelled=False,
        session__held_on__gte=localdate(now),
    )
    return Q(pk__in=places.values("reviewer"))


def checks_first(now: datetime, people: Collection[int], trust: TrustSettings) -> Q:
    """Everybody, or nobody, as the trust's settings say."""
    return Q(pk__in=people) if trust.checks_before_training else Q(pk__isnull=True)


register(Fact.TRAINED, trained)
register(Fact.BOOKED, booked)
register(Fact.CHECKS_FIRST, checks_first)
