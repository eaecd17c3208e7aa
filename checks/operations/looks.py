"""Looking: each look at check detail is recorded, with what for."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.models import Event
from audit.operations import record
from reviewers.models import Reviewer


@transaction.atomic
def look(*, on: Reviewer, by: User, now: datetime, purpose: str) -> None:
    """Record that ``by`` looks at this person's check detail, and what for."""
    record(
        "looked at checks",
        on=on,
        by=by,
        now=now,
        about=on.pk,
        why=purpose,
        kind=Event.Kind.LOOKED,
    )


@transaction.atomic
def look_at_list(*, by: User, now: datetime, purpose: str) -> None:
    """Record that ``by`` looks at the checks team's work list."""
    record(
        "looked at the checks work list",
        on=by,
        by=by,
        now=now,
        why=purpose,
        kind=Event.Kind.LOOKED,
    )
