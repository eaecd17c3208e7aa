"""When something may happen in training. Pure: no clock, no SQL."""

from datetime import date, datetime
from typing import NamedTuple

from django.utils.timezone import localtime

from nhsuk.words import nhs_date
from reviewers.models import Reviewer, Stage
from rules import RuleBroken
from training.models import Course, CourseVersion, Place, Session

BOOKABLE = frozenset({Stage.CHECKS, Stage.TRAINING, Stage.ACTIVE})


class Clash(NamedTuple):
    """Where somebody is at the time of a session: at another, which they may help to lead.

    Without one they have said yes to a visit, of which no more is told.
    """

    session: Session | None = None
    leads: bool = False


def check_not_cancelled(session: Session) -> None:
    """A session that takes place. Raises RuleBroken."""
    if session.is_cancelled:
        message = "This session is cancelled. Plan a new one."
        raise RuleBroken(message)


def has_begun(session: Session, *, now: datetime) -> bool:
    """Whether nobody can come to it any more. A session without hours takes its whole day."""
    local = localtime(now)
    if session.held_on != local.date() or session.starts_at is None:
        return session.held_on < local.date()
    return session.starts_at <= local.time()


def check_can_book(session: Session, reviewer: Reviewer, *, now: datetime) -> None:
    """A place for this person at this session. Raises RuleBroken."""
    if session.is_cancelled:
        message = "This session is cancelled. Choose another one."
        raise RuleBroken(message)
    if session.held_on < localtime(now).date():
        message = "This session is over. Choose one that is still to come."
        raise RuleBroken(message)
    if has_begun(session, now=now):
        message = "This session has begun. Choose one that is still to come."
        raise RuleBroken(message)
    if reviewer.stage not in BOOKABLE:
        message = (
            f"{reviewer} is not at the stage for training: {reviewer.get_stage_display().lower()}."
        )
        raise RuleBroken(message)


def check_is_free(reviewer: Reviewer, clash: Clash | None, *, is_own: bool) -> None:
    """``clash``: where they are at that time, if anywhere. Raises RuleBroken."""
    if clash is None:
        return
    where = clash.session.title if clash.session else ""
    if is_own and not where:
        message = (
            "You have said yes to a visit at the same time. "
            "If you would rather come to this, say first that you can’t come on the visit."
        )
    elif not where:
        message = (
            f"{reviewer} has said yes to a visit at the same time. "
            "Ask which they would rather do, and take them off the visit first."
        )
    elif is_own and clash.leads:
        message = (
            f"You help to lead {where} at the same time. "
            "If you would rather come to this, ring us first."
        )
    elif is_own:
        message = (
            f"You have a place at {where} at the same time. "
            "If you would rather come to this, say first that you can’t come to the other."
        )
    elif clash.leads:
        message = (
            f"{reviewer} helps to lead {where} at the same time. "
            "Ask which they would rather come to, and change who leads first."
        )
    else:
        message = (
            f"{reviewer} has a place at {where} at the same time. "
            "Ask which they would rather come to, and cancel the other place first."
        )
    raise RuleBroken(message)


def check_can_lead(reviewer: Reviewer, clash: Clash | None) -> None:
    """Somebody who helps to lead a session is nowhere else at that time. Raises RuleBroken."""
    if clash is None:
        return
    where = clash.session.title if clash.session else ""
    if not where:
        message = f"{reviewer} has said yes to a visit at the same time. Choose somebody else."
    elif clash.leads:
        message = f"{reviewer} helps to lead {where} at the same time. Choose somebody else."
    else:
        message = (
            f"{reviewer} has a place at {where} at the same time. "
            "Choose somebody else to lead, or cancel that place first."
        )
    raise RuleBroken(message)


def check_checks_first(reviewer: Reviewer, *, waits: bool) -> None:
    """Offering a place to somebody whose checks come first at this trust. Raises RuleBroken."""
    if waits:
        message = (
            f"{reviewer}’s checks are under way. Training comes after the checks here, "
            "so offer a place once they are ready."
        )
        raise RuleBroken(message)


def check_open_to(session: Session, *, is_trained: bool, waits: bool, today: date) -> None:
    """Booking by the person themselves: from its day on, and what they need.

    ``waits``: their checks come first. Raises RuleBroken.
    """
    if session.booking_opens_on is None or session.booking_opens_on > today:
        message = "You cannot book this session yourself yet. Ring us if you would like to come."
        raise RuleBroken(message)
    if is_trained != (session.kind == Session.Kind.REFRESHER):
        message = (
            "You are trained already, so you do not need this session."
            if is_trained
            else "This session is for people who are trained already. Choose a workshop."
        )
        raise RuleBroken(message)
    if waits:
        message = "Your checks are under way. You can book training once they are ready."
        raise RuleBroken(message)


def check_booking_opens(opens_on: date | None, *, held_on: date, today: date) -> None:
    """A day from which people book themselves, at a session still to come. Raises RuleBroken."""
    if opens_on is None:
        return
    if held_on < today:
        message = "This session is in the past, so it cannot be opened for booking."
        raise RuleBroken(message)
    check_opens_before(opens_on, held_on=held_on)


def check_opens_before(opens_on: date | None, *, held_on: date) -> None:
    """Nobody books a session after it. Raises RuleBroken."""
    if opens_on is not None and opens_on > held_on:
        message = "Booking must open on the day of the session or before it."
        raise RuleBroken(message)


def check_stays_recorded(session: Session, *, held_on: date, kind: str, today: date) -> None:
    """A session of which it is written down who came: it was held, as what it was. RuleBroken."""
    if held_on > today:
        message = (
            "Who came is recorded, so this session has been held. Its day cannot be one that is "
            "still to come. Plan a new session instead."
        )
        raise RuleBroken(message)
    if kind != session.kind:
        message = (
            f"Who came is recorded as {session.get_kind_display().lower()}, and that says who is "
            "trained. Choose what is delivered from the same kind of course."
        )
        raise RuleBroken(message)


def check_answer_by(answer_by: date, *, held_on: date, today: date) -> None:
    """A last day to answer that still comes, and not after the session. Raises RuleBroken."""
    if not today <= answer_by <= held_on:
        message = f"Enter a day to answer by from today to {nhs_date(held_on)}, the session’s day."
        raise RuleBroken(message)


def check_room(room: int | None, *, wanted: int) -> None:
    """A free place for each who is invited. Raises RuleBroken."""
    if room is None or wanted <= room:
        return
    if room == 0:
        message = "The session is full. Add more places first, or put people on the waiting list."
    else:
        places = "1 place is" if room == 1 else f"{room} places are"
        message = f"Only {places} free and you chose {wanted} people. Choose fewer."
    raise RuleBroken(message)


def check_can_answer(place: Place, *, is_coming: bool, now: datetime) -> None:
    """Saying yes or no to an invitation. No may be said during a pause as well. RuleBroken."""
    if place.session.is_cancelled:
        message = "This session is cancelled, so there is nothing to answer."
    elif place.session.held_on < localtime(now).date():
        message = "This session is over."
    elif is_coming and has_begun(place.session, now=now):
        message = "This session has begun. Ring us if you would like to come to another one."
    elif place.outcome == Place.Outcome.EXPIRED:
        message = "This invitation has run out. Ring us if you would still like to come."
    elif place.outcome != Place.Outcome.INVITED:
        message = f"This invitation is closed: {place.get_outcome_display().lower()}."
    elif is_coming and place.reviewer.stage == Stage.PAUSED:
        message = "End the pause first. Then you can say yes."
    elif is_coming and place.reviewer.stage not in BOOKABLE:
        message = f"{place.reviewer} is not at the stage for training any more."
    else:
        return
    raise RuleBroken(message)


def check_is_in_doubt(*, is_in_doubt: bool) -> None:
    """A place whose person paused or left, at a session to come. Raises RuleBroken."""
    if not is_in_doubt:
        message = "There is nothing to decide about this place any more."
        raise RuleBroken(message)


def check_is_as_seen(now: str, *, seen: str) -> None:
    """Decided is what stood on the page. Raises RuleBroken."""
    if now != seen:
        message = "Something has changed since you opened this page. Look at it again."
        raise RuleBroken(message)


def check_can_cancel(place: Place, *, today: date) -> None:
    """Giving up an invited, booked or waiting place. Raises RuleBroken."""
    if place.outcome not in Place.OPEN:
        message = "This place is no longer booked, so there is nothing to cancel."
        raise RuleBroken(message)
    if place.session.held_on < today:
        message = "This session is over. Record who came instead."
        raise RuleBroken(message)


def check_can_cancel_session(*, is_recorded: bool) -> None:
    """Calling a session off, as long as nobody was recorded as there or not. Raises RuleBroken."""
    if is_recorded:
        message = "Who came is recorded, so this session took place. It cannot be cancelled."
        raise RuleBroken(message)


def check_can_record_attendance(session: Session, *, today: date) -> None:
    """Ticking off who came, from the day of the session on. Raises RuleBroken."""
    if session.is_cancelled:
        message = "This session was cancelled, so nobody came."
        raise RuleBroken(message)
    if session.held_on > today:
        message = f"This session is on {session.held_on:%-d %B %Y}. Record who came from that day."
        raise RuleBroken(message)


def check_says_why(place: Place, why: str) -> None:
    """Changing what was recorded of the day takes a reason. Raises RuleBroken."""
    if not why:
        message = (
            f"It was recorded before whether {place.reviewer} came. Say why that was not right."
        )
        raise RuleBroken(message)


def check_can_walk_in(reviewer: Reviewer, place: Place | None) -> None:
    """Somebody who came without a place on the list. Raises RuleBroken."""
    if place is not None and place.outcome in Place.ON_THE_LIST:
        message = f"{reviewer} is on the list. Record there that they came."
        raise RuleBroken(message)
    if reviewer.stage == Stage.LEFT:
        message = f"{reviewer} has left the programme."
        raise RuleBroken(message)


def check_can_take_back(place: Place) -> None:
    """Somebody who was added as a walk-in by mistake: they had no place to come to. RuleBroken."""
    if not place.walk_in_why or place.outcome not in Place.RECORDED:
        message = (
            f"{place.reviewer} was not added on the day. Correct on the list whether they came."
        )
        raise RuleBroken(message)


def check_can_follow_up(place: Place, on: date, *, held_on: date, today: date) -> None:
    """A day on which somebody got in touch after a person did not come. Raises RuleBroken."""
    if place.outcome != Place.Outcome.DID_NOT_ATTEND:
        message = f"{place.reviewer} is not recorded as somebody who did not come."
        raise RuleBroken(message)
    if not held_on <= on <= today:
        message = f"Enter a day from {nhs_date(held_on)}, the session’s day, to today."
        raise RuleBroken(message)


def check_capacity(capacity: int | None, *, booked: int) -> None:
    """A capacity that still holds everybody booked or invited. Raises RuleBroken."""
    if capacity is not None and capacity < booked:
        people = "1 person is" if booked == 1 else f"{booked} people are"
        message = f"{people} booked or invited. The number of places cannot be lower than that."
        raise RuleBroken(message)


def check_version_fits(session: Session, course: Course) -> None:
    """What an earlier session delivered is a course of its kind; a pilot, of any. RuleBroken."""
    if session.kind not in (Session.Kind.PILOT, course.kind):
        message = (
            f"This session is recorded as {session.get_kind_display().lower()}. "
            f"Choose a version of a course of that kind."
        )
        raise RuleBroken(message)


def check_course_kind(course: Course, kind: str, *, has_sessions: bool) -> None:
    """A course that people attended keeps its kind. Raises RuleBroken."""
    if has_sessions and kind != course.kind:
        message = (
            "This course has sessions, and its kind says whether they make people trained. "
            "Add a new course instead."
        )
        raise RuleBroken(message)


def check_version_day(made_on: date, *, latest: CourseVersion | None, today: date) -> None:
    """A version is made today or earlier, not before the one it follows. Raises RuleBroken."""
    if made_on > today:
        message = "A version is added once it is made. Enter today or an earlier day."
        raise RuleBroken(message)
    if latest is not None and made_on < latest.made_on:
        message = (
            f"Version {latest.number} was made on {nhs_date(latest.made_on)}. "
            "Enter that day or a later one."
        )
        raise RuleBroken(message)
