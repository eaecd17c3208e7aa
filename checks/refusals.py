"""What was refused is in the audit: who tried what on whose checks, and which rule stopped it.

The change itself is undone with its transaction; the refusal is recorded in one of its own.
"""

import enum
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar, cast

from django.db import transaction

from accounts.models import User
from audit.operations import record
from checks.whose import person_of
from rules import RuleBroken

Operation = TypeVar("Operation", bound=Callable[..., Any])
_SUBJECTS = ("assessment", "check", "clearance", "reviewer")


class Reason(enum.StrEnum):
    """Which rule stopped it, as the audit names it."""

    SKIPPED_STEP = "a step was skipped"
    OWN_DECISION = "their own decision"
    ABOUT_THEMSELVES = "about themselves"
    AFTER_APPROVAL = "after approval"
    OLD_FORM = "an old form"
    NO_RIGHT = "not allowed"
    OTHER = "does not make sense"


class Refused(RuleBroken):
    """A rule about checks was broken. ``reason``: which, for the audit."""

    def __init__(self, sentence: str, reason: Reason) -> None:
        super().__init__(sentence)
        self.reason = reason


def refusals_recorded(operation: Operation) -> Operation:
    """Wrap an operation on an ``assessment``, a ``check``, a ``clearance`` or a ``reviewer``.

    What it refuses is recorded, then raised again.
    """

    @wraps(operation)
    def recorded(**given: Any) -> Any:
        try:
            return operation(**given)
        except RuleBroken as broken:
            _record(operation.__name__, broken, **given)
            raise

    return cast("Operation", recorded)


def _record(name: str, broken: RuleBroken, *, by: User, now: datetime, **given: Any) -> None:
    reason = broken.reason if isinstance(broken, Refused) else Reason.OTHER
    on = next(given[name] for name in _SUBJECTS if name in given)
    with transaction.atomic():
        record(
            f"refused: {name.replace('_', ' ')}",
            on=on,
            by=by,
            now=now,
            about=person_of(on).pk,
            why=str(reason),
        )
