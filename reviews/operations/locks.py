"""The locks of this floor, always in this order: the review, then people by id.

On PostgreSQL rows are locked. On SQLite a transaction holds the one write lock from its start.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from reviewers.models import Reviewer
from reviews import policies
from reviews.models import Review, TeamMember
from rules import RuleBroken

NO_OVERLAP = "reviews_member_no_overlap"  # PostgreSQL's constraint, see migration 0002


def lock_review(pk: int) -> Review:
    """The review as it is now, with service, site and role variant, held until the commit."""
    return (
        Review.objects.select_for_update(of=("self",))
        .select_related("service__site", "service__role_variant", "service__directorate")
        .get(pk=pk)
    )


def lock_reviewers(pks: Iterable[int]) -> dict[int, Reviewer]:
    """These people as they are now, held until the commit, by id."""
    people = Reviewer.objects.select_for_update(of=("self",)).filter(pk__in=set(pks))
    return {person.pk: person for person in people.order_by("pk")}


def lock_member(pk: int) -> TeamMember:
    """A reviewer's place on a team as it is now, with its review and its reviewer held."""
    review_id, reviewer_id = TeamMember.objects.values_list("review_id", "reviewer_id").get(pk=pk)
    review = lock_review(review_id)
    people = lock_reviewers([reviewer_id] if reviewer_id else [])
    member = TeamMember.objects.select_related("staff").get(pk=pk)
    member.review = review
    member.reviewer = people.get(reviewer_id) if reviewer_id else None
    return member


@contextmanager
def no_overlap(name: str) -> Iterator[None]:
    """Raise RuleBroken, in the rule's words, where the database refuses an overlap."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if NO_OVERLAP in str(error):
            raise RuleBroken(policies.ALREADY_ON_A_VISIT.replace("{name}", name)) from error
        raise
