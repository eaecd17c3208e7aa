"""When something may happen at a session. Pure: no clock, no SQL."""

from datetime import date

from reviewers.models import Reviewer, Stage
from rules import RuleBroken
from training.models import Place, Session

BOOKABLE = frozenset({Stage.CHECKS, Stage.TRAINING, Stage.ACTIVE})


def check_can_book(session: Session, reviewer: Reviewer, *, today: date) -> None:
    """A place for this person at this session. Raises RuleBroken."""
    if session.held_on < today:
        message = "This session is over. Choose one that is still to come."
        raise RuleBroken(message)
    if reviewer.stage not in BOOKABLE:
        message = (
            f"{reviewer} is not at the stage for training: {reviewer.get_stage_display().lower()}."
        )
        raise RuleBroken(message)


def check_can_cancel(place: Place, *, today: date) -> None:
    """Giving up a booked or waiting place. Raises RuleBroken."""
    if place.outcome not in {Place.Outcome.BOOKED, Place.Outcome.WAITING}:
        message = "This place is no longer booked, so there is nothing to cancel."
        raise RuleBroken(message)
    if place.session.held_on < today:
        message = "This session is over. Record who came instead."
        raise RuleBroken(message)


def check_can_record_attendance(session: Session, *, today: date) -> None:
    """Ticking off who came, from the day of the session on. Raises RuleBroken."""
    if session.held_on > today:
        message = f"This session is on {session.held_on:%-d %B %Y}. Record who came from that day."
        raise RuleBroken(message)


def check_capacity(capacity: int | None, *, booked: int) -> None:
    """A capacity that still holds everybody booked. Raises RuleBroken."""
    if capacity is not None and capacity < booked:
        message = f"{booked} people are booked. The number of places cannot be lower than that."
        raise RuleBroken(message)
