"""When attendees may say what they think, and when others may read it. Pure: no clock, no SQL."""

from datetime import date, timedelta

from nhsuk.words import nhs_date
from rules import RuleBroken
from training.models import RoomLink, Session

DAYS_OPEN = 14
AT_LEAST = 5  # answers, below which nothing is shown


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
