"""Keeping somebody on a visit, and forgetting that when it no longer matters."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.operations import record, record_rows
from programme.releasing.models import Keeping
from programme.releasing.queries import digest
from reviews.models import TeamMember
from reviews.operations.locks import lock_member
from reviews.policies import check_can_withdraw_invitation
from reviews.queries.doubts import doubts
from rules import RuleBroken


@transaction.atomic
def keep(*, member: TeamMember, seen: str, note: str, by: User, now: datetime) -> Keeping:
    """Decide that this person stays on the visit. The place rests until something changes.

    ``seen``: the digest of what stood on the page. Kept already as it stands: nothing changes.
    Raises RuleBroken where they are off the visit, nothing is in doubt any more, or it is
    something else than what was seen.
    """
    member = lock_member(member.pk)
    check_can_withdraw_invitation(member)
    doubt = next(doubts(now, member=member.pk), None)
    if doubt is None:
        message = "There is nothing to decide any more: they can go."
        raise RuleBroken(message)
    if not doubt.may_stay:
        message = "They would rather not go to this service. Please take them off the visit."
        raise RuleBroken(message)
    if digest(doubt) != seen:
        message = "Something has changed since you opened this page. Look at it again."
        raise RuleBroken(message)
    kept = Keeping.objects.filter(member=member).first()
    if kept is not None and kept.seen == seen:
        return kept
    kept = kept or Keeping(member=member)
    kept.seen, kept.note, kept.by, kept.at = seen, note.strip(), by, now
    kept.save()
    record("kept on a visit", on=member, by=by, now=now, about=member.reviewer_id, fields=["note"])
    return kept


@transaction.atomic
def forget_settled(*, now: datetime) -> int:
    """Delete decisions whose visit is over, or where nothing is in doubt as it was; how many.

    So that the next doubt, alike or not, is asked about again.
    """
    standing = {(doubt.member, digest(doubt)) for doubt in doubts(now)}
    settled = {
        kept.pk: kept.member.reviewer_id
        for kept in Keeping.objects.select_for_update(of=("self",)).select_related("member")
        if (kept.member_id, kept.seen) not in standing
    }
    if settled:
        Keeping.objects.filter(pk__in=settled).delete()
        record_rows("forgot a decision about a visit", model=Keeping, people=settled, now=now)
    return len(settled)
