"""When attendees may say what they think, and when others may read it. Pure: no clock, no SQL."""

from datetime import date, timedelta

from nhsuk.words import nhs_date
from rules import RuleBroken
from training.models import RoomLink, Session

DAYS_OPEN = 14
AT_LEAST = 5  # people, below which nothing is shown


def last_day(session: Session) -> date:
    """The last day on which attendees may answer."""
    return session.held_on + timedelta(days=DAYS_OPEN)


def is_open(link: RoomLink, session: Session, *, today: date) -> bool:
    """Whether whoever has the link may answer."""
    return (
        link.closed_at is None
        and not session.is_cancelled
        and session.held_on <= today <= last_day(session)
    )


def is_closed(link: RoomLink | None, session: Session, *, today: date) -> bool:
    """Whether nobody can answer any more."""
    was_closed = link is not None and link.closed_at is not None
    return was_closed or today > last_day(session)


def people(*, answers: int, attended: int) -> int:
    """By how many people at least these answers were given, as far as is known.

    A link can be used twice, and by somebody who was not there: no more answered than attended.
    """
    return min(answers, attended)


def stands_alone(*, answers: int, attended: int) -> bool:
    """Whether the answers to one session are read by themselves.

    Not where there are more answers than attendees: then some of them are one person's.
    """
    return answers <= attended and answers >= AT_LEAST


def check_can_close(*, is_recorded: bool) -> None:
    """Closing a form for good: how it is read depends on who was there. Raises RuleBroken."""
    if not is_recorded:
        message = (
            "Record first who came. Whether the answers can be read depends on how many were there."
        )
        raise RuleBroken(message)


def check_version_stays(session: Session, version_id: int | None, *, has_answers: bool) -> None:
    """Answers are about what was delivered, and are read with others about it. RuleBroken."""
    if has_answers and session.version_id is not None and session.version_id != version_id:
        message = (
            "People have said what they think of this session, as a session of "
            f"{session.version}. So what was delivered stays as it is."
        )
        raise RuleBroken(message)


def check_is_not_read(link: RoomLink | None) -> None:
    """Calling off a session whose answers are read with others'. Raises RuleBroken."""
    if link is not None and link.read_with_id is not None:
        message = (
            "What people said of this session has been read, so it took place. "
            "It cannot be cancelled."
        )
        raise RuleBroken(message)


def check_can_open(session: Session, link: RoomLink | None, *, today: date) -> None:
    """Showing a form in the room, or another link to it. Raises RuleBroken."""
    if session.is_cancelled:
        message = "This session was cancelled, so there is nothing to ask."
    elif today < session.held_on:
        message = f"The session is on {nhs_date(session.held_on)}. Open the form on that day."
    elif today > last_day(session):
        message = f"People could answer until {nhs_date(last_day(session))}."
    elif link is not None and link.closed_at is not None:
        message = (
            "The form is closed, and the answers may have been read. "
            "A new answer could be told apart from them, so it stays closed."
        )
    else:
        return
    raise RuleBroken(message)
