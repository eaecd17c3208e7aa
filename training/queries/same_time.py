"""Who is somewhere else at the time of a session: in a place or leading. No hours: all day."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, TimeField, Value
from django.db.models.functions import Coalesce

from reviewers.models import Reviewer
from training.models import Place, Session
from training.policies import Clash

DAY_BEGINS, DAY_ENDS = time.min, time.max
# Each row: a Lived Experience Reviewer who helps to lead a session.
Leading = Session.co_facilitators.through


def busy_elsewhere(session: Session, people: Iterable[Reviewer]) -> dict[int, Clash]:
    """Where each of these people is at the time of the session, by their id. Two queries."""
    people = list(people)
    return {
        row.reviewer_id: Clash(row.session, leads)
        for leads, rows in ((True, _led_at(session)), (False, _booked_at(session)))
        for row in rows.filter(reviewer__in=people).select_related("session")
    }


def is_busy(session: Session) -> Q:
    """The condition on places: their person is somewhere else at the time of this session."""
    return Q(reviewer__in=_booked_at(session).values("reviewer")) | Q(
        reviewer__in=_led_at(session).values("reviewer")
    )


def busy_at_its_time() -> tuple[QuerySet[Any], QuerySet[Any]]:
    """Places, and who leads, at the time of each session of the query around it."""
    during = (
        OuterRef("held_on"),
        Coalesce(OuterRef("starts_at"), _as_time(DAY_BEGINS)),
        Coalesce(OuterRef("ends_at"), _as_time(DAY_ENDS)),
    )
    return _between(_booked(), *during), _between(Leading.objects.all(), *during)


def _booked_at(session: Session) -> QuerySet[Any]:
    return _at(_booked(), session)


def _led_at(session: Session) -> QuerySet[Any]:
    return _at(Leading.objects.all(), session)


def _booked() -> QuerySet[Any]:
    return Place.objects.filter(outcome=Place.Outcome.BOOKED)


def _at(rows: QuerySet[Any], session: Session) -> QuerySet[Any]:
    """Those at other sessions that overlap with this one."""
    begins, ends = session.starts_at or DAY_BEGINS, session.ends_at or DAY_ENDS
    return _between(rows, session.held_on, begins, ends).exclude(session=session)


def _between(rows: QuerySet[Any], day: date | OuterRef, begins: Any, ends: Any) -> QuerySet[Any]:
    timed: QuerySet[Any] = rows.alias(
        begins=Coalesce("session__starts_at", _as_time(DAY_BEGINS)),
        ends=Coalesce("session__ends_at", _as_time(DAY_ENDS)),
    )
    return timed.filter(
        session__is_cancelled=False,
        session__held_on=day,
        begins__lt=ends,
        ends__gt=begins,
    )


def _as_time(value: time) -> Value:
    return Value(value, output_field=TimeField())
