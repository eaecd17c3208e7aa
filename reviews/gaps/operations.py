"""Asking the next people for a review, in the order in which they are proposed."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from organisation.queries import trust_settings
from reviewers.models import Reviewer
from reviews.eligibility import Visit
from reviews.models import Review
from reviews.operations import invite_reviewer
from reviews.queries import candidates_for
from rules import RuleBroken


@dataclass(frozen=True)
class Asked:
    """Who was asked, and why it ended before all were."""

    people: list[Reviewer]
    why_not: str = ""


def _next(review: Review, visit: Visit) -> Reviewer | None:
    """The first who is ready and was not asked before: who said no is not asked by the dozen."""
    before = set(review.team.values_list("reviewer_id", flat=True))
    ready = candidates_for(visit, shown=len(before) + 1).ready
    return next((each.reviewer for each in ready if each.reviewer.pk not in before), None)


def ask_next(*, review: Review, how_many: int, by: User, now: datetime) -> Asked:
    """Ask the next ``how_many`` who are ready, one after the other.

    Each invitation is made for itself: the rules are asked again before the next, as each changes
    who may go. It ends where nobody is ready any more.
    """
    trust = trust_settings()
    asked: list[Reviewer] = []
    while len(asked) < how_many:
        person = _next(review, Visit(review, trust))
        if person is None:
            return Asked(asked, "Nobody else is ready to go.")
        try:
            invite_reviewer(review=review, reviewer=person, by=by, now=now)
        except RuleBroken as broken:
            return Asked(asked, str(broken))
        asked.append(person)
    return Asked(asked)
