"""When something may happen on the way to active. Pure: what is asked about has been loaded."""

from datetime import date, timedelta

from nhsuk.words import nhs_date
from reviewers.models import Enquiry, Interview, LeavingReason, Reviewer, Stage
from reviewers.stages import MAY_BE_ASKED_TO_SIGN, Move, move_between
from rules import RuleBroken

DAYS_IN_PEACE = 7  # between asking somebody to sign and asking again


def check_leaving_reason(to: str, why: str) -> None:
    """Raise RuleBroken for leaving without a reason from the list, or a reason without leaving."""
    if to == Stage.LEFT and why not in LeavingReason.values:
        message = "Say why they leave. “They prefer not to say” is an answer too."
        raise RuleBroken(message)
    if to != Stage.LEFT and why:
        message = "A reason for leaving is kept only of people who leave."
        raise RuleBroken(message)


def check_can_move_on(reviewer: Reviewer, *, start: str, to: str) -> None:
    """Raise RuleBroken unless this person is still at ``start`` and ``to`` leads on from there."""
    if reviewer.stage != start:
        at = Stage(reviewer.stage).label
        message = f"{reviewer} is at the stage “{at}” by now."
        raise RuleBroken(message)
    if move_between(start, to) is not Move.FORWARD:
        message = f"Nobody moves on from “{Stage(start).label}” to “{Stage(to).label}”."
        raise RuleBroken(message)


def check_is_open(enquiry: Enquiry) -> None:
    """Raise RuleBroken for an enquiry that is closed."""
    if enquiry.outcome != Enquiry.Outcome.OPEN:
        message = "This enquiry is closed already."
        raise RuleBroken(message)


def check_interview_day(*, outcome: str, held_on: date, today: date) -> None:
    """Raise RuleBroken for a plan in the past, or an outcome of what is still to come."""
    if outcome == Interview.Outcome.PLANNED and held_on < today:
        message = "This day is past. Say what came of the interview, or choose another day."
        raise RuleBroken(message)
    if outcome not in {Interview.Outcome.PLANNED, Interview.Outcome.DID_NOT_MEET} and (
        held_on > today
    ):
        message = "This day is still to come. Say what came of the interview after it."
        raise RuleBroken(message)


def check_can_be_interviewed(reviewer: Reviewer) -> None:
    """Raise RuleBroken for somebody who left."""
    if reviewer.stage == Stage.LEFT:
        message = f"{reviewer} has left the programme."
        raise RuleBroken(message)


def check_can_sign(reviewer: Reviewer, *, signed_on: date, today: date) -> None:
    """Raise RuleBroken for a signature to come, or of somebody who left."""
    if reviewer.stage == Stage.LEFT:
        message = f"{reviewer} has left the programme."
        raise RuleBroken(message)
    if signed_on > today:
        message = "This day is still to come. Enter the day on which they signed."
        raise RuleBroken(message)


def check_can_be_reminded(
    reviewer: Reviewer, *, is_signed: bool, asked_on: date | None, today: date
) -> None:
    """Raise RuleBroken for whoever signed, is not to sign now, or was asked less than a week ago.

    ``asked_on``: when they were asked last.
    """
    if reviewer.stage not in MAY_BE_ASKED_TO_SIGN:
        at = Stage(reviewer.stage).label
        message = f"{reviewer} is at the stage “{at}”: nobody signs the role description there."
        raise RuleBroken(message)
    if is_signed:
        message = f"{reviewer} has signed the role description."
        raise RuleBroken(message)
    if asked_on is not None and today < asked_on + timedelta(days=DAYS_IN_PEACE):
        message = f"{reviewer} was asked on {nhs_date(asked_on)}. Give them a week."
        raise RuleBroken(message)


def check_can_publish(*, is_first: bool, what_changed: str, needed_from: date, today: date) -> None:
    """Raise RuleBroken for a version that is needed before today, or does not say what is new.

    The first one here has nothing before it to compare.
    """
    if needed_from < today:
        message = "People cannot sign in the past. Choose today or a later day."
        raise RuleBroken(message)
    if not is_first and not what_changed.strip():
        message = "Say what changed, so that people need not look for it."
        raise RuleBroken(message)
