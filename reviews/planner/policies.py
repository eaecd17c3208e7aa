"""When a line of a plan may be kept, or its person asked. Pure."""

from collections.abc import Collection, Sequence

from nhsuk.words import nhs_date
from reviewers.models import Reviewer
from reviews.eligibility import Missing
from reviews.models import Review
from reviews.planner.models import KeptProposal
from rules import RuleBroken


class Moved(RuleBroken):
    """A visit has another day than the one that somebody was planned for."""


def check_has_not_moved(review: Review, *, planned_for: str) -> None:
    """Raise Moved unless the visit is on the day it was planned for; empty: on whatever day."""
    if planned_for and planned_for != review.visit_on.isoformat():
        message = "The visit has moved to another day since it was planned. Look at the new plan."
        raise Moved(message)


def check_wants_another(review: Review, *, lxrs: int) -> None:
    """Raise RuleBroken where as many people are asked, or can come, as the review wants."""
    if lxrs >= review.lxrs_wanted:
        people = "1 person" if lxrs == 1 else f"{lxrs} people"
        have = "has" if lxrs == 1 else "have"
        message = f"{people} {have} been asked to this visit or can come, and it wants no more."
        raise RuleBroken(message)


def check_can_keep(
    review: Review,
    reviewer: Reviewer,
    *,
    missing: Sequence[Missing],
    taken: int,
    others: Collection[KeptProposal],
    room: int,
    rest_days: int,
) -> None:
    """Raise RuleBroken unless this person can be kept for this visit.

    ``missing``: the rules they do not meet, but for company. ``taken``: how many are asked, can
    come or are kept for it. ``others``: the visits they are kept for already; ``room``: how many
    more they take that month.
    """
    if missing:
        raise RuleBroken(" ".join(f"{each.sentence} {each.next_step}" for each in missing))
    if taken >= review.lxrs_wanted:
        message = "There is somebody for each place on this visit. Let one of them go first."
        raise RuleBroken(message)
    near = next(
        (
            each.review
            for each in others
            if abs((each.review.visit_on - review.visit_on).days) <= rest_days
        ),
        None,
    )
    if near is not None:
        message = (
            f"{reviewer.first_name} is kept for {near.service.name} on {nhs_date(near.visit_on)},"
            " too close to this visit. Let them go from there first."
        )
        raise RuleBroken(message)
    month = review.visit_on.replace(day=1)
    if sum(each.review.visit_on.replace(day=1) == month for each in others) >= room:
        message = f"{reviewer.first_name} has as many visits that month as they want."
        raise RuleBroken(message)
