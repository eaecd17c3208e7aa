"""Invitations that run out: nobody waits for an answer for ever."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from audit.operations import record
from reviews.changed import mark
from reviews.holds import hold_of
from reviews.models import Review, TeamMember
from reviews.operations.locks import lock_member
from reviews.operations.next_in_line import keep_asking


def expire_invitations(*, now: datetime) -> int:
    """Let every invitation run out whose time to answer is over; how many there were.

    The latest is when the visit begins. The portal does this by itself, and asks whoever is next.
    Each on its own, so that a rerun goes on where the last one stopped. Who came all the same is
    still written down with the visit.
    """
    open_ones = TeamMember.objects.people().filter(
        response=TeamMember.Response.INVITED, review__status__in=Review.COMING
    )
    late = open_ones.filter(answer_by__lte=now)
    begun = open_ones.filter(review__visit_on__lte=localdate(now))
    pks = {*late.values_list("pk", flat=True), *begun.values_list("pk", flat=True)}
    over = [pk for pk in sorted(pks) if _expire(pk, now)]
    for review in Review.objects.filter(team__in=over).distinct().order_by("visit_on", "pk"):
        keep_asking(review, now=now)
    return len(over)


@transaction.atomic
def _expire(pk: int, now: datetime) -> bool:
    member = lock_member(pk)
    begins = hold_of(member.review)[0]
    is_open = member.response == TeamMember.Response.INVITED and member.review.is_coming
    if not is_open or now < min(member.answer_by or begins, begins):
        return False
    member.response = TeamMember.Response.EXPIRED
    member.holds_from = member.holds_until = None
    member.save(update_fields=["response", "holds_from", "holds_until"])
    record(
        "invitation ran out", on=member, by=None, now=now, about=member.reviewer_id,
        fields=["response"],
    )  # fmt: skip
    mark(member.review)
    return True
