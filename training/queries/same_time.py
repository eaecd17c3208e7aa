"""Who has a place somewhere else at the time of a session. One without hours takes its day."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django.db.models import OuterRef, QuerySet, TimeField, Value
from django.db.models.functions import Coalesce

from reviewers.models import Reviewer
from training.models import Place, Session

DAY_BEGINS, DAY_ENDS = time.min, time.max


def booked_elsewhere(session: Session, people: Iterable[Reviewer]) -> dict[int, Session]:
    """The session at the same time at which each of these people has a place, by their id."""
    places = booked_at_the_time(session).filter(reviewer__in=people).select_related("session")
    return {place.reviewer_id: place.session for place in places}


def booked_at_the_time(session: Session) -> QuerySet[Place]:
    """Booked places at other sessions that overlap with this one."""
    return _booked_between(
        session.held_on, session.starts_at or DAY_BEGINS, session.ends_at or DAY_ENDS
    ).exclude(session=session)


def booked_at_its_time() -> QuerySet[Place]:
    """The same for each session of the query around it."""
    return _booked_between(
        OuterRef("held_on"),
        Coalesce(OuterRef("starts_at"), _as_time(DAY_BEGINS)),
        Coalesce(OuterRef("ends_at"), _as_time(DAY_ENDS)),
    )


def _booked_between(day: date | OuterRef, begins: Any, ends: Any) -> QuerySet[Place]:
    return Place.objects.alias(
        begins=Coalesce("session__starts_at", _as_time(DAY_BEGINS)),
        ends=Coalesce("session__ends_at", _as_time(DAY_ENDS)),
    ).filter(
        outcome=Place.Outcome.BOOKED,
        session__is_cancelled=False,
        session__held_on=day,
        begins__lt=ends,
        ends__gt=begins,
    )


def _as_time(value: time) -> Value:
    return Value(value, output_field=TimeField())
