"""When somebody can be given longer to answer. Pure: objects in, a sentence out."""

from datetime import datetime

from nhsuk.words import nhs_deadline
from reviews.holds import hold_of
from reviews.models import TeamMember
from reviews.policies import check_can_ask_anyone
from rules import RuleBroken


def check_waits_for_answer(member: TeamMember, now: datetime) -> None:
    """Raise RuleBroken unless this person was asked to a visit to come and can still answer."""
    check_can_ask_anyone(member.review, now)
    if member.response != TeamMember.Response.INVITED or member.reviewer_id is None:
        message = "This invitation is no longer open."
        raise RuleBroken(message)


def check_is_longer(member: TeamMember, until: datetime, now: datetime) -> None:
    """Raise RuleBroken for a moment that gives them no more time than they have."""
    has = member.answer_by or hold_of(member.review)[0]
    if until <= max(now, has):
        message = f"Choose a later day. They have until {nhs_deadline(has)} already."
        raise RuleBroken(message)
