"""What every operation on a person shares: the lock, and the event with how we were told."""

from collections.abc import Iterable
from datetime import datetime

from accounts.models import User
from audit.operations import record
from reviewers.how import How
from reviewers.models import Reviewer
from rules import RuleBroken


def locked(reviewer: Reviewer) -> Reviewer:
    """The person's row, kept from others until the transaction ends.

    Raises RuleBroken for somebody whose data were erased: nothing about them changes any more.
    """
    held = Reviewer.objects.select_for_update().get(pk=reviewer.pk)
    if held.is_erased:
        message = "This person’s data were erased. Add them anew if they come back."
        raise RuleBroken(message)
    return held


def record_on(
    reviewer: Reviewer,
    action: str,
    *,
    by: User | None,
    now: datetime,
    fields: Iterable[str],
    how: How | None = None,
) -> None:
    """Record what was done to this person; ``how`` they told us stands as the reason."""
    record(
        action,
        on=reviewer,
        by=by,
        now=now,
        about=reviewer.pk,
        fields=fields,
        why=how.value if how else "",
    )
