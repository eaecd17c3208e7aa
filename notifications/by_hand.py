"""Writes by people: calls made, letters posted, failed messages sent again."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts.models import User
from audit import operations as audit
from notifications.models import Message
from notifications.policies import check_can_finish, check_can_try_again
from rules import RuleBroken

RING_AGAIN_AFTER = timedelta(hours=2)


def record_call(*, message: Message, by: User, now: datetime) -> None:
    """The person was rung and told. Raises RuleBroken if that is done already."""
    _finish(message, "rang a person", by=by, now=now)


def record_posted(*, message: Message, by: User, now: datetime) -> None:
    """The letter is on its way. Raises RuleBroken if that is done already."""
    _finish(message, "posted a letter", by=by, now=now)


def record_no_answer(*, message: Message, by: User, now: datetime) -> None:
    """Nobody answered: the call comes back in two hours. Raises RuleBroken."""
    check_can_finish(message)
    if message.due_at > now:
        raise RuleBroken("This call is already put off until later.")
    with transaction.atomic():
        _change(
            message,
            Message.State.WAITING,
            attempts=F("attempts") + 1,
            due_at=now + RING_AGAIN_AFTER,
            problem="Nobody answered.",
        )
        audit.record("rang without an answer", on=message, by=by, now=now, about=about(message))


def try_again(*, message: Message, address: str, by: User, now: datetime) -> None:
    """Send a failed message again, to this address. Raises RuleBroken."""
    check_can_try_again(message)
    with transaction.atomic():
        _change(
            message,
            Message.State.FAILED,
            state=Message.State.WAITING,
            address=address,
            due_at=now,
            attempts=0,
            problem="",
        )
        changed = ["address"] if address != message.address else []
        audit.record(
            "sent a message again", on=message, by=by, now=now, about=about(message), fields=changed
        )


def about(message: Message) -> int | None:
    """The reviewer the message is for, if it is for one."""
    is_lxr = message.recipient_kind == Message.Recipient.REVIEWER
    return message.recipient_id if is_lxr else None


def _finish(message: Message, action: str, *, by: User, now: datetime) -> None:
    check_can_finish(message)
    erased = {"body": ""} if message.is_secret else {}
    with transaction.atomic():
        _change(
            message,
            Message.State.WAITING,
            state=Message.State.SENT,
            sent_at=now,
            sent_by=by,
            problem="",
            **erased,
        )
        audit.record(action, on=message, by=by, now=now, about=about(message))


def _change(message: Message, was: Message.State, **changes: Any) -> None:
    """Change the row if nobody else did since it was read. Raises RuleBroken."""
    if not Message.objects.filter(pk=message.pk, state=was).update(**changes):
        raise RuleBroken("Somebody else did this a moment ago.")
