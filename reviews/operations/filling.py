"""When the places of a visit are filled: whoever still has to answer is told, kindly."""

from datetime import datetime

from audit.operations import record
from reviews import words
from reviews.models import Review, TeamMember
from reviews.operations.invitations import take_back
from reviews.queries.places import is_filled


def end_if_filled(review: Review, *, now: datetime) -> None:
    """End the open invitations once everybody who is wanted has said yes. Under the review's lock.

    Whoever accepted stays, and so do shadows and reserves.
    """
    if not is_filled(review):
        return
    waiting = TeamMember.objects.lxrs().filter(review=review, response=TeamMember.Response.INVITED)
    for member in waiting.select_related("reviewer").order_by("pk"):
        member.review = review
        take_back(member, why=TeamMember.TakenBack.FILLED)
        record(
            "ended an invitation", on=member, by=None, now=now, about=member.reviewer_id,
            fields=["response"], why=TeamMember.TakenBack.FILLED,
        )  # fmt: skip
        words.tell_filled(member, now=now)
