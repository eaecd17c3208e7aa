"""What people say to an invitation, themselves or through a coordinator."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.operations import record
from reviews import policies
from reviews.changed import mark
from reviews.models import TeamMember
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
