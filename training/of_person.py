"""One person's training, read once for their page: their places, and the sessions they help lead.

What ``queries.sessions`` asks the database of many people is worked out here from one person's
rows; a test holds both to the same answers.
"""

from datetime import date

from django.db.models import Prefetch, prefetch_related_objects

from reviewers.models import Reviewer
from training.models import Place, Session

OF_SESSION = ("title", "held_on", "kind", "counts_until", "is_cancelled")


def places_of(reviewer: Reviewer) -> list[Place]:
    """The person's places with their sessions, by day."""
    places = Place.objects.select_related("session").only(
        "reviewer", "outcome", *(f"session__{field}" for field in OF_SESSION)
    )
    prefetch_related_objects([reviewer], Prefetch("places", places))
    return sorted(reviewer.places.all(), key=lambda place: (place.session.held_on, place.pk))


def sessions_led_by(reviewer: Reviewer) -> list[Session]:
    """Those they help to lead, by day."""
    sessions = Session.objects.only(*OF_SESSION)
    prefetch_related_objects([reviewer], Prefetch("sessions_co_facilitated", sessions))
    held = [each for each in reviewer.sessions_co_facilitated.all() if not each.is_cancelled]
    return sorted(held, key=lambda session: (session.held_on, session.pk))


def trained_on(reviewer: Reviewer) -> date | None:
    """The day of the first session attended that makes them trained."""
    days = [each.held_on for each in _attended(reviewer) if each.kind in Session.CONFERRING]
    return min(days, default=None)


def in_date_until(reviewer: Reviewer) -> date | None:
    """The last day on which their training counts; None: not trained, or for good."""
    if trained_on(reviewer) is None:
        return None
    days = [each.counts_until for each in _attended(reviewer) if each.kind in Session.KEEPING]
    return None if None in days else max(day for day in days if day is not None)


def _attended(reviewer: Reviewer) -> list[Session]:
    return [
        place.session
        for place in places_of(reviewer)
        if place.outcome == Place.Outcome.ATTENDED and not place.session.is_cancelled
    ]
