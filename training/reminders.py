"""Messages about training: a place or none, a reminder of it, an answer or a refresher due."""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
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
ANSWER_DAYS = 2
# As long as a note that a session was full is still of use.
WENT_AHEAD_DAYS = 14


# While a person takes a break nothing is asked of them and nothing reminds them; they still hear
# that a session or their place is off. Who has left hears nothing.
NOT_NOW = (Stage.PAUSED, Stage.LEFT)


def _still(*outcomes: str, is_cancelled: bool = False) -> Callable[[set[int], datetime], set[int]]:
    def holding(place_ids: set[int], now: datetime) -> set[int]:
        places = Place.objects.filter(
            pk__in=place_ids,
            outcome__in=outcomes,
            session__held_on__gte=localdate(now),
            session__is_cancelled=is_cancelled,
        )
        is_off = Place.Outcome.CANCELLED in outcomes
        places = places.exclude(reviewer__stage__in=[Stage.LEFT] if is_off else NOT_NOW)
        return set(places.values_list("pk", flat=True))

    return holding


def _still_led(*, is_cancelled: bool) -> Callable[[set[int], datetime], set[int]]:
    def holding(leading_ids: set[int], now: datetime) -> set[int]:
        leading = Session.co_facilitators.through.objects.filter(
            pk__in=leading_ids,
            session__held_on__gte=localdate(now),
            session__is_cancelled=is_cancelled,
        ).exclude(reviewer__stage__in=[Stage.LEFT] if is_cancelled else NOT_NOW)
        return set(leading.values_list("pk", flat=True))

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


def due_answers(now: datetime) -> Iterator[Due]:
    """A reminder of each invitation, from 08:00 two days before its answer is due until then."""
    today = localdate(now)
    trust = trust_settings()
    places = Place.objects.filter(
        outcome=Place.Outcome.INVITED,
        answer_by__range=(today, today + timedelta(days=ANSWER_DAYS)),
        session__is_cancelled=False,
        session__held_on__gte=today,
    ).exclude(reviewer__stage__in=NOT_NOW)
    for place in places.select_related("session", "reviewer"):
        answer_by = place.answer_by
        assert answer_by is not None  # noqa: S101 - in the range asked for
        due_at = datetime.combine(answer_by - timedelta(days=ANSWER_DAYS), time(8), LONDON)
        if due_at <= now < begins_at(place.session) and place.booked_at < due_at:
            yield Due(
                key=f"training-answer-by:{place.pk}:{answer_by}",
                about_id=place.pk,
                to=addressee(place.reviewer),
                subject="Can you come to training?",
                body=partial(letter, "training/messages/answer_by.txt", about(place), trust=trust),
                due_at=due_at,
                too_late_at=datetime.combine(answer_by, time.max, LONDON),
            )


def _left_waiting(now: datetime) -> QuerySet[Place]:
    """Places of whoever was still on the waiting list when the session took place.

    Not of who has another place to come, or came to one since.
    """
    today = localdate(now)
    another = Place.objects.filter(
        Q(outcome__in=[Place.Outcome.INVITED, Place.Outcome.BOOKED], session__held_on__gte=today)
        | Q(outcome=Place.Outcome.ATTENDED, session__held_on__gte=OuterRef("session__held_on")),
        reviewer=OuterRef("reviewer"),
        session__is_cancelled=False,
    )
    return Place.objects.filter(
        ~Exists(another),
        outcome=Place.Outcome.WAITING,
        session__is_cancelled=False,
        session__held_on__lt=today,
        session__held_on__gte=today - timedelta(days=WENT_AHEAD_DAYS),
    ).exclude(reviewer__stage__in=NOT_NOW)


def due_went_ahead(now: datetime) -> Iterator[Due]:
    """From 08:00 on the day after: no place came free, so the session went ahead without them.

    Whoever had a place and did not come is rung by a person instead: see ``queries.no_shows``.
    """
    trust = trust_settings()
    for place in _left_waiting(now).select_related("session", "reviewer"):
        due_at = datetime.combine(place.session.held_on + timedelta(days=1), time(8), LONDON)
        if due_at <= now:
            yield Due(
                key=f"training-went-ahead:{place.pk}",
                about_id=place.pk,
                to=addressee(place.reviewer),
                subject="The training session you were waiting for",
                body=partial(letter, "training/messages/went_ahead.txt", about(place), trust=trust),
                due_at=due_at,
                too_late_at=due_at + timedelta(days=WENT_AHEAD_DAYS),
            )


def _still_left_waiting(place_ids: set[int], now: datetime) -> set[int]:
    return set(_left_waiting(now).filter(pk__in=place_ids).values_list("pk", flat=True))


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
        "training-led-changed",
        still_true_of=_still_led(is_cancelled=False),
        label="Changed session that they help to lead",
    )
)
register(
    Kind(
        "training-led-cancelled",
        still_true_of=_still_led(is_cancelled=True),
        label="Cancelled session that they help to lead",
    )
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
register(
    Kind(
        "training-waiting",
        still_true_of=_still(Place.Outcome.WAITING),
        label="Waiting list for training",
    )
)
register(
    Kind(
        "training-answer-by",
        still_true_of=_still(Place.Outcome.INVITED),
        due=due_answers,
        label="Answer to an invitation to training due",
    )
)
register(
    Kind(
        "training-invitation-expired",
        still_true_of=_still(Place.Outcome.EXPIRED),
        label="Invitation to training ran out",
    )
)
register(
    Kind(
        "training-went-ahead",
        still_true_of=_still_left_waiting,
        due=due_went_ahead,
        label="Training that was full",
    )
)
