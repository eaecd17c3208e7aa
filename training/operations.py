"""What people do with training: plan a session, book and cancel places, record who came."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import TypedDict

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from accounts.models import User
from audit.operations import record
from organisation.models import StaffMember
from reviewers.models import Reviewer
from rules import RuleBroken
from training import policies, words
from training.models import Place, Session

TAKEN = (Place.Outcome.BOOKED, Place.Outcome.ATTENDED, Place.Outcome.DID_NOT_ATTEND)


class SessionDetails(TypedDict):
    """What a session is, as its form asks."""

    code: str
    title: str
    kind: str
    held_on: date
    starts_at: time | None
    ends_at: time | None
    venue: str
    capacity: int | None
    staff_facilitator: StaffMember | None


@transaction.atomic
def plan_session(
    *, details: SessionDetails, co_facilitators: Iterable[Reviewer], by: User, now: datetime
) -> Session:
    """A new session. Raises RuleBroken if the code is taken."""
    try:
        with transaction.atomic():
            session = Session.objects.create(**details)
    except IntegrityError as error:
        message = f"There is already a session with the code {details['code']}."
        raise RuleBroken(message) from error
    session.co_facilitators.set(co_facilitators)
    record("planned a session", on=session, by=by, now=now)
    return session


@transaction.atomic
def change_session(
    *,
    session: Session,
    details: SessionDetails,
    co_facilitators: Iterable[Reviewer],
    by: User,
    now: datetime,
) -> Session:
    """The session is as the details say from now on. Raises RuleBroken.

    More places let people in from the waiting list, who are told.
    """
    session = Session.objects.select_for_update().get(pk=session.pk)
    policies.check_capacity(details["capacity"], booked=_taken(session))
    changed = [name for name, value in details.items() if getattr(session, name) != value]
    for name in changed:
        setattr(session, name, details[name])  # type: ignore[literal-required]
    try:
        with transaction.atomic():
            session.save()
    except IntegrityError as error:
        message = f"There is already a session with the code {details['code']}."
        raise RuleBroken(message) from error
    session.co_facilitators.set(co_facilitators)
    record("changed a session", on=session, by=by, now=now, fields=changed)
    _promote(session, by=by, now=now)
    return session


def _taken(session: Session) -> int:
    return session.places.filter(outcome__in=TAKEN).count()


def _has_room(session: Session) -> bool:
    return session.capacity is None or _taken(session) < session.capacity


@transaction.atomic
def book(*, session: Session, reviewer: Reviewer, by: User, now: datetime) -> Place:
    """A place for this person, or the next on the waiting list when the session is full.

    Booking twice changes nothing. Raises RuleBroken.
    """
    session = Session.objects.select_for_update().get(pk=session.pk)
    policies.check_can_book(session, reviewer, today=localdate(now))
    place = session.places.filter(reviewer=reviewer).first()
    if place is not None and place.outcome != Place.Outcome.CANCELLED:
        return place
    place = place or Place(session=session, reviewer=reviewer)
    place.outcome = Place.Outcome.BOOKED if _has_room(session) else Place.Outcome.WAITING
    place.booked_at = now
    place.save()
    record("booked a place", on=place, by=by, now=now, about=reviewer.pk)
    if place.outcome == Place.Outcome.BOOKED:
        words.tell_booked(place, now=now)
    return place


@transaction.atomic
def cancel_place(*, place: Place, by: User, now: datetime) -> Place:
    """The place is given up; the first on the waiting list gets it and is told.

    Raises RuleBroken.
    """
    session = Session.objects.select_for_update().get(pk=place.session_id)
    place = session.places.select_related("session", "reviewer").get(pk=place.pk)
    policies.check_can_cancel(place, today=localdate(now))
    place.outcome = Place.Outcome.CANCELLED
    place.save()
    record("cancelled a place", on=place, by=by, now=now, about=place.reviewer_id)
    _promote(session, by=by, now=now)
    return place


def _promote(session: Session, *, by: User, now: datetime) -> None:
    """Let people in from the waiting list, in order, while there is room."""
    if session.held_on < localdate(now):
        return
    for place in session.places.filter(outcome=Place.Outcome.WAITING).select_related("reviewer"):
        if not _has_room(session):
            return
        place.outcome = Place.Outcome.BOOKED
        place.booked_at = now
        place.save()
        record("promoted a place", on=place, by=by, now=now, about=place.reviewer_id)
        words.tell_booked(place, now=now)


@transaction.atomic
def record_attendance(
    *, session: Session, attended: Mapping[int, bool], by: User, now: datetime
) -> int:
    """Who came, by place. Returns how many places changed. Raises RuleBroken.

    Places given up before the day are left as they are. Recording again corrects.
    """
    session = Session.objects.select_for_update().get(pk=session.pk)
    policies.check_can_record_attendance(session, today=localdate(now))
    changed = 0
    for place in session.places.exclude(outcome=Place.Outcome.CANCELLED):
        if place.pk not in attended:
            continue
        came = attended[place.pk]
        outcome = Place.Outcome.ATTENDED if came else Place.Outcome.DID_NOT_ATTEND
        if place.outcome == outcome:
            continue
        place.outcome = outcome
        place.save()
        record("recorded attendance", on=place, by=by, now=now, about=place.reviewer_id)
        changed += 1
    return changed
