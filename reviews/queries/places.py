"""How far the places of a visit are filled."""

from reviewers.models import Reviewer
from reviews.eligibility import has_been_on_a_visit
from reviews.models import Review, TeamMember


def count_lxrs(review: Review) -> int:
    """How many LXRs were asked to the review or can come."""
    return TeamMember.objects.lxrs().live().filter(review=review).count()


def is_filled(review: Review) -> bool:
    """Whether as many LXRs as are wanted have said yes.

    One alone who has never been on a visit is no full team, unless that is their wish: a first
    visit is not as the only LXR. Two queries at most.
    """
    accepted = TeamMember.objects.lxrs().filter(
        review=review, response=TeamMember.Response.ACCEPTED
    )
    number = accepted.count()
    if number < review.lxrs_wanted:
        return False
    new = Reviewer.objects.filter(
        pk__in=accepted.values("reviewer"), first_visit_anywhere=False
    ).exclude(has_been_on_a_visit())
    return number > 1 or not new.exists()


def not_to_ask(review: Review) -> set[int]:
    """Ids of the people nobody proposes: on the team already, or who said no to this very day.

    Whoever gave no answer, or was needed no more, may be asked. The team comes loaded.
    """
    return {
        each.reviewer_id
        for each in review.team.all()
        if each.reviewer_id is not None
        and (each.is_open or (each.said_no and each.was_asked_for(review.visit_on)))
    }
