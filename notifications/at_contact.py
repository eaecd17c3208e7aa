"""What somebody needs of whoever rings or writes to them.

The floor that keeps needs answers, through :func:`register`: a call list says them, and a letter
for somebody who needs large print is printed large. No email and no text message says them.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from accounts.models import User
from notifications.models import Message


@dataclass(frozen=True)
class Needs:
    """One person's needs, as far as somebody may see them. ``words`` are never empty."""

    words: str
    is_large_print: bool = False


Answer = Callable[[Collection[int], User], Mapping[int, Needs]]
ANSWERS: dict[str, Answer] = {}


def register(recipient_kind: str, answer: Answer) -> None:
    """Who knows the needs of this kind of recipient. Raises ValueError for a second one."""
    if recipient_kind in ANSWERS:
        message = f"Somebody already answers for {recipient_kind}."
        raise ValueError(message)
    ANSWERS[recipient_kind] = answer


def needs_at(queued: Iterable[Message], *, user: User) -> dict[int, Needs]:
    """By message: what its recipient needs, as this user may see it. One query for each kind."""
    messages = list(queued)
    found: dict[int, Needs] = {}
    for kind, answer in ANSWERS.items():
        theirs = [each for each in messages if each.recipient_kind == kind]
        needs = answer({each.recipient_id for each in theirs}, user)
        found |= {
            each.pk: needs[each.recipient_id] for each in theirs if each.recipient_id in needs
        }
    return found
