"""When something about a person may change. Pure: what is asked about has been loaded."""

from collections.abc import Collection
from datetime import date

from notifications.models import Channel
from reviewers.how import How
from reviewers.models import AccessNeed, Reviewer, Stage
from reviewers.stages import NEEDS_REASON, Move, move_between
from rules import RuleBroken

MOST_TIMES_AWAY = 50


def check_can_move(reviewer: Reviewer, to: str, reason: str) -> None:
    """Raise RuleBroken unless a coordinator can move this person to that stage."""
    move = move_between(reviewer.stage, to)
    if move in {Move.PAUSE, Move.COME_BACK}:
        message = "Use “Pause” and “Come back” for a break."
        raise RuleBroken(message)
    if move is None:
        was, new = Stage(reviewer.stage).label, Stage(to).label
        message = f"{reviewer} is at the stage “{was}”. Nobody goes from there to “{new}”."
        raise RuleBroken(message)
    if move in NEEDS_REASON and not reason.strip():
        message = "Say why. A step back needs a reason."
        raise RuleBroken(message)


def check_can_pause(reviewer: Reviewer, *, until: date | None, today: date) -> None:
    """Raise RuleBroken for someone who left, or a last day of the pause that is not ahead."""
    if reviewer.stage == Stage.LEFT:
        message = f"{reviewer} has left the programme."
        raise RuleBroken(message)
    if until is not None and until <= today:
        message = "The pause must end after today."
        raise RuleBroken(message)


def check_can_come_back(reviewer: Reviewer) -> None:
    """Raise RuleBroken unless the person is paused."""
    if reviewer.stage != Stage.PAUSED:
        message = f"{reviewer} is not on a pause."
        raise RuleBroken(message)


def check_can_be_reached(*, preferred: str, email: str, phone: str, address: str) -> None:
    """Raise RuleBroken when the preferred way has no address."""
    needs = {
        Channel.EMAIL: (email, "an email address, or choose another way to hear from us"),
        Channel.TEXT: (phone, "a phone number, or choose another way to hear from us"),
        Channel.PHONE: (phone, "a phone number, or choose another way to hear from us"),
        Channel.POST: (address, "a postal address, or choose another way to hear from us"),
    }
    value, missing = needs[Channel(preferred)]
    if not value.strip():
        message = f"Enter {missing}."
        raise RuleBroken(message)


def check_emergency_contact(*, name: str, phone: str) -> None:
    """Raise RuleBroken for a name without a number, or a number without a name."""
    if name and not phone:
        message = f"Enter the phone number of {name}."
        raise RuleBroken(message)
    if phone and not name:
        message = "Enter the name of the person to ring."
        raise RuleBroken(message)


def check_need_is_said(kinds: Collection[str], words: str) -> None:
    """Raise RuleBroken for "something else" without saying what."""
    if AccessNeed.Kind.OTHER.value in kinds and not words:
        message = "You have ticked “Something else”. Write what it is."
        raise RuleBroken(message)


def check_person_agreed(reviewer: Reviewer, *, by_pk: int, how: How | None) -> None:
    """Raise RuleBroken unless the person agreed: online by themselves, or as they told us."""
    if how is None and by_pk != reviewer.user_id:
        message = f"Only {reviewer} can agree to this. Say how they told you."
        raise RuleBroken(message)


def check_keeps_sign_in(reviewer: Reviewer, email: str) -> None:
    """Raise RuleBroken for taking away the address that the person signs in with."""
    if reviewer.user_id is not None and not email.strip():
        message = f"{reviewer} signs in with their email address. Enter the new one."
        raise RuleBroken(message)


def check_can_have_account(reviewer: Reviewer, *, is_shared: bool) -> None:
    """Raise RuleBroken when a coordinator has to act for this person instead.

    ``is_shared``: somebody else in the programme has the same email address.
    """
    if reviewer.stage == Stage.LEFT:
        message = f"{reviewer} has left the programme."
        raise RuleBroken(message)
    if not reviewer.email:
        message = (
            f"{reviewer} has no email address, so they cannot sign in."
            " Record for them what they tell you by phone or on paper."
        )
        raise RuleBroken(message)
    if is_shared:
        message = (
            f"{reviewer} shares their email address with another person, so they cannot sign in"
            " with it. Record for them what they tell you by phone or on paper."
        )
        raise RuleBroken(message)


def check_account_closed_with_leaving(*, has_left: bool) -> None:
    """Raise RuleBroken for an account that an administrator closed: nobody else opens it."""
    if not has_left:
        message = "This person’s account is closed. An administrator can open it again."
        raise RuleBroken(message)


def check_can_be_away(*, starts_on: date, ends_on: date, today: date, held: int) -> None:
    """Raise RuleBroken for dates in the past or the wrong way round, or for too many of them."""
    if ends_on < starts_on:
        message = "The last day away must be on or after the first day."
        raise RuleBroken(message)
    if ends_on < today:
        message = "These days are past. Enter days that are still to come."
        raise RuleBroken(message)
    if held >= MOST_TIMES_AWAY:
        message = f"You can give {MOST_TIMES_AWAY} times away. Remove one first."
        raise RuleBroken(message)
