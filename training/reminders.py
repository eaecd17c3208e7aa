"""Messages about training: the place, a reminder three days before, and a refresher that is due."""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate

from notifications.registry import Due, Kind, register
from notifications.words import letter
from organisation.queries import trust_settings
from reviewers.contact import addressee
from reviewers.models import Reviewer, Stage
from training.models import Place, Session
from training.queries import in_date_until
from training.words import LONDON, about, begins_at

DAYS_BEFORE = 3
REFRESHER_DAYS = (60, 30)


# While a person takes a break nothing is asked of them and nothing reminds them; they still hear
# that a session or their place is off.
NOT_NOW = (Stage.PAUSED, Stage.LEFT)


def _still(*outcomes: str, is_cancelled: bool = False) -> Callable[[set[int], datetime], set[int]]:
    def holding(place_ids: set[int], now: datetime) -> set[int]:
        places = Place.objects.filter(
            pk__in=place_ids,
            outcome__in=outcomes,
            session__held_on__gte=localdate(now),
            session__is_cancelled=is_cancelled,
        )
        if Place.Outcome.CANCELLED not in outcomes:
            places = places.exclude(reviewer__stage__in=NOT_NOW)
        return set(places.values_list("pk", flat=True))

    return holding


_still_booked = _still(Place.Outcome.BOOKED)


def due_reminders(now: datetime) -> Iterator[Due]:
    """A reminder for each booked place, from 08:00 three days before until the session begins."""
    today = localdate(now)
    places = (
        Place.objects.filter(
            outcome=Place.Outcome.BOOKED,
            session__is_cancelled=False,
            session__held_on__gte=today,
            session__held_on__lte=today + timedelta(days=DAYS_BEFORE),
        )
        .exclude(reviewer__stage__in=NOT_NOW)
        .select_related("session", "reviewer")
    )
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


def due_refreshers(now: datetime) -> Iterator[Due]:
    """Tell people 60 and 30 days before that their training soon counts no longer.

    Not who has a place at a session to come, which keeps them in date.
    """
    today = localdate(now)
    trust = trust_settings()
    for person in _running_out(now):
        until = person.in_date_until
        for days in REFRESHER_DAYS:
            due_at = datetime.combine(until - timedelta(days=days), time(8), LONDON)
            if due_at <= now and today <= until:
                yield Due(
                    key=f"training-refresher:{person.pk}:{until}:{days}",
                    about_id=person.pk,
                    to=addressee(person),
                    subject="Your training: a refresher is due",
                    body=partial(
                        letter,
                        "training/messages/refresher.txt",
                        {"person": person, "until": until},
                        trust=trust,
                    ),
                    due_at=due_at,
                    too_late_at=datetime.combine(until, time.max, LONDON),
                )


def _running_out(now: datetime) -> QuerySet[Any]:
    today = localdate(now)
    soon = today + timedelta(days=max(REFRESHER_DAYS))
    booked = Place.objects.filter(
        outcome__in=[Place.Outcome.BOOKED, Place.Outcome.INVITED],
        session__held_on__gte=today,
        session__kind__in=Session.KEEPING,
    )
    people = in_date_until(Reviewer.objects.filter(stage=Stage.ACTIVE))
    return people.filter(in_date_until__gte=today, in_date_until__lte=soon).exclude(
        pk__in=booked.values("reviewer")
    )


def _still_running_out(person_ids: set[int], now: datetime) -> set[int]:
    return {person.pk for person in _running_out(now) if person.pk in person_ids}


register(Kind("training-place", still_true_of=_still_booked, label="Training place"))
register(
    Kind(
        "training-invitation",
        still_true_of=_still(Place.Outcome.INVITED),
        label="Invitation to training",
    )
)
register(
    Kind("training-changed", still_true_of=_still(*Place.OPEN), label="Changed training session")
)
register(
    Kind(
        "training-place-cancelled",
        still_true_of=_still(Place.Outcome.CANCELLED),
        label="Cancelled training place",
    )
)
register(
    Kind(
        "training-cancelled",
        still_true_of=_still(Place.Outcome.CANCELLED, is_cancelled=True),
        label="Cancelled training session",
    )
)
register(
    Kind(
        "training-reminder",
        still_true_of=_still_booked,
        due=due_reminders,
        label="Training reminder",
    )
)
register(
    Kind(
        "training-refresher",
        still_true_of=_still_running_out,
        due=due_refreshers,
        label="Refresher due",
    )
)
