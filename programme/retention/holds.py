"""Legal holds: while one is live, nothing held on that person goes, by retention or by erasure."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from audit.operations import record
from programme.models import LegalHold
from reviewers.models import Reviewer
from rules import RuleBroken


def live() -> QuerySet[LegalHold]:
    """The holds that have not been lifted."""
    return LegalHold.objects.filter(lifted_at__isnull=True)


def held() -> QuerySet[Any, Any]:
    """The ids of everybody whose data are held, for ``pk__in`` and the like."""
    return live().values("reviewer")


def is_held(reviewer: Reviewer) -> bool:
    """Whether nothing of this person may go. Ask it after locking the person's row."""
    return live().filter(reviewer=reviewer).exists()


def not_held(person: str) -> Q:
    """The condition that the person at this path (``reviewer``, ``pk``) is not held.

    A row without a person is nobody's, and never held.
    """
    return ~Q(**{f"{person}__in": held()})


@transaction.atomic
def place(*, reviewer: Reviewer, reason: str, by: User, now: datetime) -> LegalHold:
    """Stop everything of this person from going. Raises RuleBroken while they are held already."""
    Reviewer.objects.select_for_update(of=("self",)).get(pk=reviewer.pk)
    if is_held(reviewer):
        message = f"There is a hold on {reviewer} already."
        raise RuleBroken(message)
    hold = LegalHold.objects.create(reviewer=reviewer, reason=reason, placed_by=by, placed_at=now)
    record("placed a legal hold", on=hold, by=by, now=now, about=reviewer.pk, fields=["reason"])
    return hold


@transaction.atomic
def lift(*, hold: LegalHold, by: User, now: datetime) -> LegalHold:
    """Let retention and erasure go on. Lifting twice is once."""
    hold = LegalHold.objects.select_for_update(of=("self",)).get(pk=hold.pk)
    if hold.lifted_at is None:
        hold.lifted_by, hold.lifted_at = by, now
        hold.save(update_fields=["lifted_by", "lifted_at"])
        record("lifted a legal hold", on=hold, by=by, now=now, about=hold.reviewer_id)
    return hold
