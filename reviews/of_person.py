"""One person's visits, read once for their page."""

from django.db.models import Prefetch, prefetch_related_objects

from reviewers.models import Reviewer, Stage
from reviews.models import Review, TeamMember
from training.of_person import trained_on


def memberships_of(reviewer: Reviewer) -> list[TeamMember]:
    """Every visit they were asked to, with its service, by day."""
    members = TeamMember.objects.select_related("review__service").only(
        "reviewer", "role", "response", "attended", "is_remote", "invited_at", "answered_at",
        "review__status", "review__visit_on", "review__service__name",
    )  # fmt: skip
    prefetch_related_objects([reviewer], Prefetch("memberships", members))
    return sorted(reviewer.memberships.all(), key=lambda each: (each.review.visit_on, each.pk))


def is_waiting(reviewer: Reviewer) -> bool:
    """Whether they are trained, still here, and have been on no visit since they were trained.

    What ``first_visits.queries`` asks the database of everybody, from the rows of one.
    """
    since = trained_on(reviewer)
    if since is None or reviewer.stage == Stage.LEFT:
        return False
    return not any(
        member.role == TeamMember.Role.LXR
        and member.attended
        and member.review.status in Review.VISITED
        and member.review.visit_on > since
        for member in memberships_of(reviewer)
    )
