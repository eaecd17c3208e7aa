"""Who is somewhere else at a time: in a place at a session or leading it, or on a visit.

What has no hours takes its whole day.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, TimeField, Value
from django.db.models.functions import Coalesce
from django.utils.timezone import get_default_timezone, localtime

from accounts.models import User
from reviewers.models import Reviewer
from training.elsewhere import TAKEN
from training.models import Place, Session
from training.policies import Clash

DAY_BEGINS, DAY_ENDS = time.min, time.max
# Each row: a Lived Experience Reviewer who helps to lead a session.
Leading = Session.co_facilitators.through


def busy_elsewhere(session: Session, people: Iterable[Reviewer]) -> dict[int, Clash]:
    """Where each of these people is at the time of the session, by their id. Three queries."""
    people = list(people)
    said_yes = Reviewer.objects.filter(
        _said_yes("pk", session), pk__in=[each.pk for each in people]
    )
    visits = {pk: Clash() for pk in said_yes.values_list("pk", flat=True)}
    return visits | {
        row.reviewer_id: Clash(row.session, leads)
        for leads, rows in ((True, _led_at(session)), (False, _booked_at(session)))
        for row in rows.filter(reviewer__in=people).select_related("session")
    }


def is_busy(session: Session) -> Q:
    """The condition on places: their person is somewhere else at the time of this session."""
    return (
        Q(reviewer__in=_booked_at(session).values("reviewer"))
        | Q(reviewer__in=_led_at(session).values("reviewer"))
        | _said_yes("reviewer", session)
    )


def in_training(day: date, begins: time, ends: time) -> Q:
    """The condition on people: in training at that time of the day, or helping to lead some."""
    booked, led = (_between(rows, day, begins, ends) for rows in _everybody())
    return Q(pk__in=booked.values("reviewer")) | Q(pk__in=led.values("reviewer"))


def hours_in_training(first: date, last: date) -> list[tuple[date, time, time, int]]:
    """Each day, hours and person in training, or leading it, from one day to another. Two queries.

    What ``in_training`` asks of one time, for many.
    """
    days = {"session__held_on__range": (first, last), "session__is_cancelled": False}
    names = ("session__held_on", "session__starts_at", "session__ends_at", "reviewer")
    return [
        (day, starts or DAY_BEGINS, ends or DAY_ENDS, person)
        for rows in _everybody()
        for day, starts, ends, person in rows.filter(**days).order_by().values_list(*names)
    ]


def busy_at_its_time() -> tuple[QuerySet[Any], QuerySet[Any]]:
    """Places, and who leads, at the time of each session of the query around it."""
    during = (
        OuterRef("held_on"),
        Coalesce(OuterRef("starts_at"), _as_time(DAY_BEGINS)),
        Coalesce(OuterRef("ends_at"), _as_time(DAY_ENDS)),
    )
    booked, led = _everybody()
    return _between(booked, *during), _between(led, *during)


def during_what_they_said_yes_to(user: User, now: datetime) -> Q:
    """The condition on sessions: at the time of a visit to come that this person said yes to.

    One query for each kind of thing that is registered; a person has few visits to come.
    """
    hours = [
        (localtime(start), localtime(end))
        for taken in TAKEN
        for start, end in taken()
        .filter(reviewer__user=user, holds_until__gt=now)
        .values_list("holds_from", "holds_until")
    ]
    return reduce(or_, (_overlaps(start, end) for start, end in hours), Q(pk__in=[]))


def _overlaps(start: datetime, end: datetime) -> Q:
    """The condition on sessions: between these two moments, on the clock of the portal."""
    last = end - timedelta(microseconds=1)  # a whole day ends with the day, not on the next
    begins_before = Q(starts_at__isnull=True) | Q(starts_at__lte=last.time())
    ends_after = Q(ends_at__isnull=True) | Q(ends_at__gt=start.time())
    return (Q(held_on__lt=last.date()) | Q(begins_before, held_on=last.date())) & (
        Q(held_on__gt=start.date()) | Q(ends_after, held_on=start.date())
    )


def _booked_at(session: Session) -> QuerySet[Any]:
    return _at(_everybody()[0], session)


def _led_at(session: Session) -> QuerySet[Any]:
    return _at(_everybody()[1], session)


def _everybody() -> tuple[QuerySet[Any], QuerySet[Any]]:
    """Who has a place, and who helps to lead."""
    return Place.objects.filter(outcome=Place.Outcome.BOOKED), Leading.objects.all()


def _said_yes(path: str, session: Session) -> Q:
    """The condition that whoever is at ``path`` said yes to a visit at that time."""
    zone = get_default_timezone()
    start = datetime.combine(session.held_on, session.starts_at or DAY_BEGINS, zone)
    if session.ends_at is None:
        end = datetime.combine(session.held_on + timedelta(days=1), DAY_BEGINS, zone)
    else:
        end = datetime.combine(session.held_on, session.ends_at, zone)
    then = {"holds_from__lt": end, "holds_until__gt": start}
    conditions = [
        Q(**{f"{path}__in": taken().filter(**then).values("reviewer")}) for taken in TAKEN
    ]
    return reduce(or_, conditions, Q(pk__in=[]))


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
