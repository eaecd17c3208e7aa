"""Approving words as a quote, and not using them any more."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.operations import record
from feedback import policies
from feedback.models import Answer, Remark


@transaction.atomic
def approve_quote(*, remark: Remark, by: User, now: datetime) -> Remark:
    """The words may be used as a quote from now. Raises RuleBroken."""
    remark = _locked(remark)
    policies.check_can_quote(remark)
    if remark.approved_at is None:
        remark.approved_at, remark.approved_by = now, by
        remark.save(update_fields=["approved_at", "approved_by"])
        record("approved a quote", on=remark, by=by, now=now)
    return remark


@transaction.atomic
def withdraw_quote(*, remark: Remark, by: User, now: datetime) -> Remark:
    """The words are not used as a quote any more."""
    remark = _locked(remark)
    if remark.approved_at is not None:
        remark.approved_at, remark.approved_by = None, None
        remark.save(update_fields=["approved_at", "approved_by"])
        record("withdrew a quote", on=remark, by=by, now=now)
    return remark


def _locked(remark: Remark) -> Remark:
    # The answer's row is what withdrawing the permission locks as well
    answer = Answer.objects.select_for_update().get(pk=remark.answer_id)
    remark = Remark.objects.select_for_update().get(pk=remark.pk)
    remark.answer = answer
    return remark
