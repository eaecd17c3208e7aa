"""What people do with sessions: plan one, change it, say what it delivered, cancel it."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any, TypedDict

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from accounts.models import User
from audit.operations import record
from organisation.models import StaffMember
from reviewers.models import Reviewer, Stage
from rules import RuleBroken
from training import policies, said_policies, words
from training.models import Course, CourseVersion, Place, RoomLink, Session
from training.operations.courses import counts_until
from training.operations.places import lock_people, promote, taken
from training.operations.said import decide_again
from training.queries.same_time import busy_elsewhere

# A change of one of these is told to everyone with a place, and to who leads it.
WHEN = frozenset({"held_on", "starts_at", "ends_at"})
TOLD = WHEN | {"venue", "venue_access"}


class SessionDetails(TypedDict):
    """What a session is, as its form asks. A version says its kind, unless it is a pilot."""

    code: str
    title: str
    version: CourseVersion | None
    is_pilot: bool
    held_on: date
    starts_at: time | None
    ends_at: time | None
    venue: str
    venue_access: str
    capacity: int | None
    booking_opens_on: date | None


class Facilitators(TypedDict):
    """Who leads a session."""

    staff: Iterable[StaffMember]
    lxrs: Iterable[Reviewer]


@transaction.atomic
def plan_session(
    *, details: SessionDetails, facilitators: Facilitators, by: User, now: datetime
) -> Session:
    """A new session. Raises RuleBroken if the code is taken, or the booking opens too late."""
    _lock_course(details["version"])
    policies.check_booking_opens(
        details["booking_opens_on"], held_on=details["held_on"], today=localdate(now)
    )
    session = Session(**_values(details))
    _save(session)
    session.staff_facilitators.set(facilitators["staff"])
    lxrs = list(facilitators["lxrs"])
    session.co_facilitators.set(lxrs)
    if session.held_on >= localdate(now):
        lock_people(each.pk for each in lxrs)
        _check_can_lead(session, lxrs)
    record("planned a session", on=session, by=by, now=now)
    return session


@transaction.atomic
def change_session(
    *,
    session: Session,
    details: SessionDetails,
    facilitators: Facilitators,
    by: User,
    now: datetime,
) -> Session:
    """The session is as the details say from now on. Raises RuleBroken.

    What changes nothing leaves no trace. Another day, time, venue or way in is told to everyone
    with a place and to who leads it; more places let people in from the waiting list, who are
    told. Nobody is asked to answer after the session.
    """
    _lock_course(details["version"])
    session = Session.objects.select_for_update().get(pk=session.pk)
    values = _values(details, kind=session.kind)
    _check_change(session, details, kind=values["kind"], today=localdate(now))
    changed = [name for name, value in values.items() if getattr(session, name) != value]
    for name in changed:
        setattr(session, name, values[name])
    _save(session)
    led_by = set(session.co_facilitators.all())
    changed += _set_facilitators(session, facilitators)
    if session.held_on >= localdate(now):
        leads = list(session.co_facilitators.all())
        _lock_everyone(session, led_by=leads)
        is_moved = WHEN.intersection(changed)
        _check_can_lead(session, [each for each in leads if is_moved or each not in led_by])
    if not changed:
        return session
    record("changed a session", on=session, by=by, now=now, fields=changed)
    if "version" in changed:
        decide_again(session)
    if "held_on" in changed:
        _answer_before(session, by=by, now=now)
    if TOLD.intersection(changed) and session.held_on >= localdate(now):
        places = _open_places(session)
        for place in places:
            words.tell_changed(place, now=now)
        for person in _leaders(session, but=places):
            words.tell_leader_changed(session, person, now=now)
    promote(session, by=by, now=now)
    return session


def _check_change(session: Session, details: SessionDetails, *, kind: str, today: date) -> None:
    policies.check_not_cancelled(session)
    if details["capacity"] != session.capacity:
        policies.check_capacity(details["capacity"], booked=taken(session))
    held_on, opens_on = details["held_on"], details["booking_opens_on"]
    if opens_on != session.booking_opens_on:
        policies.check_booking_opens(opens_on, held_on=held_on, today=today)
    elif held_on != session.held_on:
        policies.check_opens_before(opens_on, held_on=held_on)
    version = details["version"]
    said_policies.check_version_stays(
        session, version.pk if version else None, has_answers=session.said.exists()
    )
    if _is_recorded(session):
        policies.check_stays_recorded(session, held_on=held_on, kind=kind, today=today)


def _lock_everyone(session: Session, *, led_by: Iterable[Reviewer]) -> None:
    """Who leads it and who may be let in: at once, because people are locked in their order."""
    waiting = session.places.filter(outcome=Place.Outcome.WAITING)
    lock_people({*waiting.values_list("reviewer", flat=True), *(each.pk for each in led_by)})


def _check_can_lead(session: Session, people: Iterable[Reviewer]) -> None:
    clashes = busy_elsewhere(session, people)
    for person in people:
        policies.check_can_lead(person, clashes.get(person.pk))


def _is_recorded(session: Session) -> bool:
    return session.places.filter(outcome__in=Place.RECORDED).exists()


def _set_facilitators(session: Session, facilitators: Facilitators) -> list[str]:
    changed = []
    for name, people in (
        ("staff_facilitators", facilitators["staff"]),
        ("co_facilitators", facilitators["lxrs"]),
    ):
        rows = getattr(session, name)
        wanted = {each.pk for each in people}
        if set(rows.values_list("pk", flat=True)) != wanted:
            rows.set(wanted)
            changed.append(name)
    return changed


def _lock_course(version: CourseVersion | None) -> None:
    """How long the course lasts does not change while a session of it is written."""
    if version is not None:
        version.course = Course.objects.select_for_update().get(pk=version.course_id)


def _values(details: SessionDetails, *, kind: str = "") -> dict[str, Any]:
    values: dict[str, Any] = {**details}
    is_pilot = values.pop("is_pilot")
    version = details["version"]
    if version is not None:
        kind = Session.Kind.PILOT if is_pilot else version.course.kind
    return {**values, "kind": kind, "counts_until": counts_until(details["held_on"], version)}


def _save(session: Session) -> None:
    try:
        with transaction.atomic():
            session.save()
    except IntegrityError as error:
        if not Session.objects.filter(code=session.code).exclude(pk=session.pk).exists():
            raise
        message = f"There is already a session with the code {session.code}."
        raise RuleBroken(message) from error


def _open_places(session: Session) -> list[Place]:
    places = session.places.filter(outcome__in=Place.OPEN).select_related("reviewer")
    for place in places:
        place.session = session
    return list(places)


def _answer_before(session: Session, *, by: User, now: datetime) -> None:
    """An invitation to a session that is sooner now runs out on its day at the latest."""
    late = session.places.filter(outcome=Place.Outcome.INVITED, answer_by__gt=session.held_on)
    for place in late:
        place.answer_by = session.held_on
        place.save(update_fields=["answer_by"])
        record(
            "moved the day to answer by", on=place, by=by, now=now, about=place.reviewer_id,
            fields=["answer_by"],
        )  # fmt: skip


def _leaders(session: Session, *, but: Iterable[Place]) -> QuerySet[Reviewer]:
    """The Lived Experience Reviewers who lead it, except who has left or is told of a place."""
    told = [place.reviewer_id for place in but]
    return session.co_facilitators.exclude(Q(stage=Stage.LEFT) | Q(pk__in=told)).order_by("pk")


@transaction.atomic
def say_version(*, session: Session, version: CourseVersion, by: User, now: datetime) -> Session:
    """Which version of a course this session delivered. Its kind stays. Raises RuleBroken."""
    _lock_course(version)
    session = Session.objects.select_for_update().get(pk=session.pk)
    policies.check_version_fits(session, version.course)
    if session.version_id == version.pk:
        return session
    said_policies.check_version_stays(session, version.pk, has_answers=session.said.exists())
    session.version = version
    session.counts_until = counts_until(session.held_on, version)
    session.save(update_fields=["version", "counts_until"])
    record("said the version", on=session, by=by, now=now, fields=["version"])
    decide_again(session)
    return session


@transaction.atomic
def cancel_session(*, session: Session, why: str, by: User, now: datetime) -> Session:
    """The session does not take place. Everyone with a place or waiting for one is told, and who
    leads it; not who has left.

    Cancelling again changes nothing. Raises RuleBroken once it is written down who came.
    """
    session = Session.objects.select_for_update().get(pk=session.pk)
    if session.is_cancelled:
        return session
    policies.check_can_cancel_session(is_recorded=_is_recorded(session))
    said_policies.check_is_not_read(RoomLink.objects.filter(session=session).first())
    session.is_cancelled, session.cancelled_why = True, why
    session.save(update_fields=["is_cancelled", "cancelled_why"])
    record("cancelled a session", on=session, by=by, now=now, fields=["is_cancelled"])
    places = _open_places(session)
    is_to_come = session.held_on >= localdate(now)
    for place in places:
        place.outcome, place.cancelled_at = Place.Outcome.CANCELLED, now
        place.save(update_fields=["outcome", "cancelled_at"])
        record("cancelled a place", on=place, by=by, now=now, about=place.reviewer_id)
        if is_to_come and place.reviewer.stage != Stage.LEFT:
            words.tell_session_cancelled(place, now=now)
    for person in _leaders(session, but=places) if is_to_come else ():
        words.tell_leader_cancelled(session, person, now=now)
    return session
