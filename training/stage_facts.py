"""What the next step of a person on the way knows of training: trained, or booked."""

from collections.abc import Collection
from datetime import datetime

from django.utils.timezone import localdate

from reviewers.next_steps import Fact, register
from training.models import Place, Session
from training.queries import conferring_places


def trained(ids: Collection[int], now: datetime) -> set[int]:
    """Those who attended a session that makes them trained."""
    return set(conferring_places().filter(reviewer__in=ids).values_list("reviewer_id", flat=True))


def booked(ids: Collection[int], now: datetime) -> set[int]:
    """Those with a place at such a session that is still to come."""
    places = Place.objects.filter(
        reviewer__in=ids,
        outcome=Place.Outcome.BOOKED,
        session__kind__in=Session.CONFERRING,
        session__is_cancelled=False,
        session__held_on__gte=localdate(now),
    )
    return set(places.values_list("reviewer_id", flat=True))


register(Fact.TRAINED, trained)
register(Fact.BOOKED, booked)
