"""When something may happen on the way to a first visit. Pure: objects in, a sentence out."""

from datetime import date, datetime, timedelta

from reviewers.models import Reviewer, Stage
from reviews.first_visits.models import FirstVisit
from rules import RuleBroken

DAYS_BETWEEN_ASKS = 30
Wish = FirstVisit.Wish


def says_not_now(first: FirstVisit | None, today: date) -> bool:
    """Whether the person has said not now, and the day they named has not come."""
    if first is None or first.wish != Wish.NOT_NOW:
        return False
    return first.not_before is None or first.not_before > today


def has_not_said(first: FirstVisit) -> bool:
    """Whether we asked how they would like to start, and they have not told us since."""
    if first.asked_at is None:
        return False
    return first.said_at is None or first.said_at < first.asked_at


def check_is_waiting(reviewer: Reviewer, *, is_trained: bool, has_been: bool) -> None:
    """Raise RuleBroken unless the person is trained, here, and has not been on a visit."""
    name = reviewer.first_name
    if reviewer.stage == Stage.LEFT:
        message = f"{name} has left the programme."
        raise RuleBroken(message)
    if not is_trained:
        message = f"{name} has not been trained yet."
        raise RuleBroken(message)
    if has_been:
        message = f"{name} has been on a visit."
        raise RuleBroken(message)


def check_can_ask(reviewer: Reviewer, first: FirstVisit, *, now: datetime, today: date) -> None:
    """The gentle ask: not of somebody on a break, who said not now, or asked in the last month.

    Raises RuleBroken.
    """
    name = reviewer.first_name
    if reviewer.stage == Stage.PAUSED:
        message = f"{name} is taking a break, so we do not ask them now."
        raise RuleBroken(message)
    if says_not_now(first, today):
        message = f"{name} has said not now, so we do not ask them."
        raise RuleBroken(message)
    if first.asked_at is not None and now - first.asked_at < timedelta(days=DAYS_BETWEEN_ASKS):
        message = f"We have asked {name} in the last {DAYS_BETWEEN_ASKS} days. Please wait a while."
        raise RuleBroken(message)


def check_not_before(wish: str, not_before: date | None, *, today: date) -> None:
    """A day for “not now” alone, and one to come. Raises RuleBroken."""
    if not_before is not None and wish == Wish.NOT_NOW and not_before <= today:
        message = "Choose a day that is still to come."
        raise RuleBroken(message)


def check_buddy(reviewer: Reviewer, buddy: Reviewer | None, *, have_agreed: bool) -> None:
    """An LXR who goes with somebody is another one, is here, and both want it. RuleBroken."""
    if buddy is None:
        return
    if buddy.pk == reviewer.pk:
        message = "Choose somebody else: nobody is their own buddy."
        raise RuleBroken(message)
    if buddy.stage != Stage.ACTIVE:
        message = f"{buddy} is not active at the moment. Choose somebody else."
        raise RuleBroken(message)
    if not have_agreed:
        both = f"{reviewer.first_name} and {buddy.first_name}"
        message = f"Ask {both} first: each is told the other’s name."
        raise RuleBroken(message)


def check_no_debrief(first: FirstVisit, *, first_visit_on: date | None) -> None:
    """Leaving out the talk after a first visit that there was. Raises RuleBroken."""
    if first_visit_on is None:
        message = "There has been no visit to talk about yet."
        raise RuleBroken(message)
    if first.debriefed_on is not None:
        message = f"You have talked with {first.reviewer.first_name} already."
        raise RuleBroken(message)


def check_debrief(held_on: date, *, first_visit_on: date | None, today: date) -> None:
    """A talk after the first visit, not before it and not to come. Raises RuleBroken."""
    if first_visit_on is None:
        message = "There has been no visit to talk about yet."
        raise RuleBroken(message)
    if held_on < first_visit_on:
        message = "The talk comes after the first visit. Choose a later day."
        raise RuleBroken(message)
    if held_on > today:
        message = "Choose a day that has come. Record the talk when you have had it."
        raise RuleBroken(message)
