"""When a visit may be recorded, and asked about. Pure: the review and its team have been loaded."""

from collections.abc import Mapping
from datetime import date

from nhsuk.words import nhs_date, nhs_day
from reviews.models import Review, TeamMember
from rules import RuleBroken

CAME, REMOTE, DID_NOT_COME = "came", "remote", "did not come"

# Why a record is changed; the audit keeps one of these and no other words.
CORRECTIONS = (
    ("recorded by mistake", "It was recorded by mistake"),
    ("heard later", "Somebody told us more later"),
)

# Whoever of these comes is the LXR of a visit: a reserve who was there was one of the team.
COUNTING = (TeamMember.Role.LXR, TeamMember.Role.RESERVE)

# Nobody who said no, or from whom it was taken back, is asked about.
EXPECTED = (TeamMember.Response.ACCEPTED, TeamMember.Response.INVITED)


def check_can_ask(member: TeamMember) -> None:
    """Raise RuleBroken unless the visit is still to come."""
    if not member.review.is_coming:
        message = "This visit is over or called off. Please ring us with your question."
        raise RuleBroken(message)


def check_can_record(review: Review, *, today: date) -> None:
    """Raise RuleBroken before the day of the visit, or when it was called off."""
    if review.status == Review.Status.CANCELLED:
        message = "This visit was called off. There is nothing to record."
        raise RuleBroken(message)
    if review.visit_on > today:
        message = (
            f"The visit is on {nhs_day(review.visit_on)}. Record who came on that day or later."
        )
        raise RuleBroken(message)


def check_can_correct(review: Review, correction: str) -> None:
    """Raise RuleBroken for changing what was recorded without saying why."""
    if review.is_visited and correction not in dict(CORRECTIONS):
        message = f"The visit on {nhs_date(review.visit_on)} was recorded. Say why you change it."
        raise RuleBroken(message)


def check_everyone_is_recorded(team: list[TeamMember], came: Mapping[int, str]) -> None:
    """Raise RuleBroken unless each of the team, and nobody else, is said to have come or not."""
    if {member.pk for member in team} != set(came):
        message = "The team has changed in the meantime. Look at the names and record it again."
        raise RuleBroken(message)


def check_says_why_no_lxr(*, has_lxr: bool, gap_reason: str) -> None:
    """Raise RuleBroken for a visit without a Lived Experience Reviewer and without a reason."""
    if not has_lxr and gap_reason not in Review.GapReason.values:
        message = "Select why no Lived Experience Reviewer took part."
        raise RuleBroken(message)
