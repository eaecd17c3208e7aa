"""When somebody may be erased, and by whom."""

from accounts.models import User
from programme.models import Erasure
from reviewers.models import Reviewer, Stage
from rules import RuleBroken


def check_can_erase(
    reviewer: Reviewer, *, is_held: bool, has_coming_visit: bool, has_coming_place: bool
) -> None:
    """Raise RuleBroken unless this person left, is on nothing to come, and no hold stands."""
    if reviewer.is_erased:
        message = "This person was erased already."
        raise RuleBroken(message)
    if reviewer.stage != Stage.LEFT:
        message = f"{reviewer} has not left. Record that they left first."
        raise RuleBroken(message)
    if is_held:
        message = f"The data of {reviewer} must be kept for now. Ask information governance."
        raise RuleBroken(message)
    if has_coming_visit:
        message = f"{reviewer} is on a coming visit. Take them off its team first."
        raise RuleBroken(message)
    if has_coming_place:
        message = f"{reviewer} has a place at a training session to come. Cancel it first."
        raise RuleBroken(message)


def check_can_confirm(erasure: Erasure, *, by: User) -> None:
    """Raise RuleBroken for whoever asked, and for one that was called off."""
    if erasure.state == Erasure.State.CALLED_OFF:
        message = "This was called off. Nothing was erased."
        raise RuleBroken(message)
    if erasure.asked_by_id == by.pk:
        message = "You asked for this. A second person must confirm it."
        raise RuleBroken(message)


def check_can_call_off(erasure: Erasure) -> None:
    """Raise RuleBroken once it is done."""
    if erasure.state == Erasure.State.DONE:
        message = "This person was erased already. That cannot be undone."
        raise RuleBroken(message)
