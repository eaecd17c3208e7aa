"""What people say to an invitation, themselves or through a coordinator."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from audit.operations import record
from reviews import policies
from reviews.changed import mark
from reviews.holds import hold_of
from reviews.models import Review, TeamMember
from reviews.operations.locks import lock_member


@transaction.atomic
def answer(
    *,
    member: TeamMember,
    answer: TeamMember.Response,
    how: TeamMember.How,
    by: User,
    now: datetime,
) -> TeamMember:
    """Accept or decline an invitation, or say that one can no longer come (withdrawn).

    The same answer again changes nothing. Raises RuleBroken once the visit has begun or is called
    off, or when the invitation is not open.
    """
    member = lock_member(member.pk)
    if member.response == answer:
        return member
    policies.check_can_answer(member, answer, now)
    member.response = answer
    member.answered_at = now
    member.answered_how = how
    if answer not in TeamMember.LIVE:
        member.holds_from = member.holds_until = None
    member.save()
    record(
        "answered an invitation", on=member, by=by, now=now, about=member.reviewer_id,
        fields=["response"], why=how,
    )  # fmt: skip
    mark(member.review)
    return member


def expire_invitations(*, now: datetime) -> int:
    """Let every invitation run out that has no answer when its visit begins; how many there were.

    The portal does this by itself. Each on its own, so that a rerun goes on where the last one
    stopped. Who came all the same is still written down with the visit.
    """
    waiting = TeamMember.objects.filter(
        response=TeamMember.Response.INVITED,
        reviewer__isnull=False,
        review__status__in=Review.COMING,
        review__visit_on__lte=localdate(now),
    )
    return sum(_expire(pk, now) for pk in waiting.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _expire(pk: int, now: datetime) -> bool:
    member = lock_member(pk)
    is_open = member.response == TeamMember.Response.INVITED and member.review.is_coming
    if not is_open or now < hold_of(member.review)[0]:
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
