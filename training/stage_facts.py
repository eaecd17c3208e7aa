"""What the next step of a person on the way knows of training: trained, booked, or not yet."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from organisation.models import TrustSettings
from reviewers.next_steps import Fact, register
from training.models import Place, Session
from training.queries import conferring_places


def trained(now: datetime) -> Q:
    """Who attended a session that makes them trained."""
    return Q(Exists(conferring_places().filter(reviewer=OuterRef("pk"))))


def booked(now: datetime) -> Q:
    """Who has a place at such a session that is still to come."""
    places = Place.objects.filter(
        reviewer=OuterRef("pk"),
        outcome=Place.Outcome.BOOKED,
        session__kind__in=Session.CONFERRING,
        session__is_cancelled=False,
        session__held_on__gte=localdate(now),
    )
    return Q(Exists(places))


def checks_first(now: datetime) -> Q:
    """Everybody, or nobody, as the trust's settings say."""
    return Q(Exists(TrustSettings.objects.filter(checks_before_training=True)))


register(Fact.TRAINED, trained)
register(Fact.BOOKED, booked)
register(Fact.CHECKS_FIRST, checks_first)
