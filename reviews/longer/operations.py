"""Giving somebody longer to answer."""

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from audit.operations import record
from reviews import words
from reviews.longer.policies import check_is_longer, check_waits_for_answer
from reviews.models import TeamMember
from reviews.operations.locks import lock_member
from reviews.time_to_answer import until_end_of


@transaction.atomic
def give_longer(*, member: TeamMember, day: date, by: User, now: datetime) -> TeamMember:
    """Let them answer until the end of that day, at the longest until the visit begins.

    They are told. Raises RuleBroken where they cannot answer any more, or had as long before.
    """
    member = lock_member(member.pk)
    check_waits_for_answer(member, now)
    until = until_end_of(day, member.review)
    check_is_longer(member, until, now)
    member.answer_by = until
    member.save(update_fields=["answer_by"])
    record(
        "gave longer to answer", on=member, by=by, now=now, about=member.reviewer_id,
        fields=["answer_by"],
    )  # fmt: skip
    words.tell_longer(member, now=now)
    return member
