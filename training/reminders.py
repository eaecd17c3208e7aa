"""Messages about training: the place, and a reminder three days before."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import partial

from django.utils.timezone import localdate

from notifications.registry import Due, Kind, register
from notifications.words import letter
from organisation.queries import trust_settings
from reviewers.contact import addressee
from training.models import Place
from training.words import LONDON, about, begins_at

DAYS_BEFORE = 3


def _still_booked(place_ids: set[int], now: datetime) -> set[int]:
    return set(
        Place.objects.filter(
            pk__in=place_ids,
            outcome=Place.Outcome.BOOKED,
            session__held_on__gte=localdate(now),
        ).values_list("pk", flat=True)
    )


def due_reminders(now: datetime) -> Iterator[Due]:
    """A reminder for each booked place, from 08:00 three days before until the session begins."""
    today = localdate(now)
    places = Place.objects.filter(
        outcome=Place.Outcome.BOOKED,
        session__held_on__gte=today,
        session__held_on__lte=today + timedelta(days=DAYS_BEFORE),
    ).select_related("session", "reviewer")
    trust = trust_settings()
    for place in places:
        day = place.session.held_on
        due_at = datetime.combine(day - timedelta(days=DAYS_BEFORE), time(8), LONDON)
        if due_at <= now < begins_at(place.session) and place.booked_at < due_at:
            yield Due(
                key=f"training-reminder:{place.pk}:{day}",
                about_id=place.pk,
                to=addressee(place.reviewer),
                subject=f"Training on {day:%A %-d %B}",
                body=partial(letter, "training/messages/reminder.txt", about(place), trust=trust),
                due_at=due_at,
                too_late_at=begins_at(place.session),
            )


register(Kind("training-place", still_true_of=_still_booked, label="Training place"))
register(
    Kind(
        "training-reminder",
        still_true_of=_still_booked,
        due=due_reminders,
        label="Training reminder",
    )
)
