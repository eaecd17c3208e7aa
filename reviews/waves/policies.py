"""When a line of people may be changed. Pure: objects in, a sentence out."""

from reviewers.models import Reviewer
from reviews.waves.models import Turn
from rules import RuleBroken

MOST_IN_LINE = 40


def check_is_in_line(turn: Turn) -> None:
    """Raise RuleBroken for somebody whose turn has come: there is nothing to move any more."""
    if turn.state == Turn.State.ASKED:
        message = f"{turn.reviewer} has been asked already."
        raise RuleBroken(message)


def check_was_passed_over(turn: Turn) -> None:
    """Raise RuleBroken unless the person could not be asked when their turn came."""
    if turn.state != Turn.State.SKIPPED:
        message = f"{turn.reviewer} is in the line, or has been asked already."
        raise RuleBroken(message)


def check_fits_in_line(number: int) -> None:
    """Raise RuleBroken for a line so long that nobody at its end would be asked."""
    if number > MOST_IN_LINE:
        message = f"A line has at most {MOST_IN_LINE} people. Take somebody out first."
        raise RuleBroken(message)


def check_was_not_asked_meanwhile(lxrs: int, *, most: int) -> None:
    """Raise RuleBroken where somebody else asked first. ``most``: how many may be asked by now."""
    if lxrs >= most:
        message = "Somebody was asked to this visit a moment ago. See who before you ask more."
        raise RuleBroken(message)


def check_somebody_waits(waiting: int) -> None:
    """Raise RuleBroken for starting to ask with nobody in the line."""
    if not waiting:
        message = "Nobody is in the line. Add the people to ask first."
        raise RuleBroken(message)


def check_is_here(reviewer: Reviewer) -> None:
    """Raise RuleBroken for somebody who has left: they are put in no line."""
    if reviewer.stage == "left":
        message = f"{reviewer} has left the programme. Please choose somebody else."
        raise RuleBroken(message)
