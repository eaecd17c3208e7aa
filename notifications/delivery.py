"""Delivering the outbox: claim a batch, ask whether it still holds, send, mark.

Sending happens outside any transaction. A crash before the mark leaves the rows claimed; when
their lease runs out they are sent again under the same Message-ID or reference.
"""

import logging
import time
import uuid
from collections.abc import Callable, Collection, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from notifications.channels import Refused, Senders, Unreachable
from notifications.models import Channel, Message
from notifications.operations import is_sending_on
from notifications.registry import KINDS, Attachment
from organisation.models import TrustSettings
from organisation.queries import trust_settings

logger = logging.getLogger(__name__)

LONDON = ZoneInfo("Europe/London")
BATCH = 50
LEASE = timedelta(minutes=5)
SECONDS_A_BATCH = 120  # well inside the lease; what is left goes back
ATTEMPTS = 8
LONGEST_DELAY = timedelta(hours=1)
ASK_AGAIN_AFTER = timedelta(minutes=5)
BY_THEMSELVES = frozenset({Channel.EMAIL, Channel.TEXT})
TOO_LATE = "It came too late to be of use."
NOT_TRUE = "What it says no longer holds."


@dataclass
class Outcome:
    """What became of one batch."""

    claimed: int = 0
    sent: list[int] = field(default_factory=list)
    unreachable: set[str] = field(default_factory=set)


def deliver(*, clock: Callable[[], datetime]) -> int:
    """Send everything that is due, batch by batch; how many went.

    A channel that cannot be reached is left for the next tick; the other goes on.
    """
    trust = trust_settings()
    release_expired(now=clock())
    drop_too_late(now=clock())
    channels: set[str] = set(BY_THEMSELVES)
    sent = 0
    with closing(Senders(trust)) as senders:
        while channels:
            outcome = deliver_batch(senders=senders, channels=channels, trust=trust, now=clock())
            sent += len(outcome.sent)
            if not outcome.claimed:
                break
            channels -= outcome.unreachable
    return sent


def deliver_batch(
    *, senders: Senders, channels: Collection[str], trust: TrustSettings, now: datetime
) -> Outcome:
    """Claim up to 50 messages and send those that still hold."""
    messages = claim_batch(channels=channels, trust=trust, now=now)
    outcome = Outcome(claimed=len(messages))
    if messages:
        holding = drop_what_no_longer_holds(messages, now=now)
        _send(holding, senders, outcome, now)
        _mark_sent([each for each in holding if each.pk in outcome.sent], now=now)
        if len(outcome.sent) < len(messages):
            _give_back(messages)
    return outcome


def claim_batch(*, channels: Collection[str], trust: TrustSettings, now: datetime) -> list[Message]:
    """Claim up to 50 due messages, urgent ones first, by a conditional update; none for none."""
    due = claimable(channels, trust, now)
    with transaction.atomic():
        chosen = due.order_by("-is_urgent", "due_at")  # as the index has them
        if connection.features.has_select_for_update_skip_locked:
            chosen = chosen.select_for_update(skip_locked=True)
        messages = sorted(
            chosen[:BATCH], key=lambda each: (not each.is_urgent, each.due_at, each.pk)
        )
        return _claimed(messages, due, now) if messages else []


def _claimed(messages: list[Message], due: QuerySet[Message], now: datetime) -> list[Message]:
    """Those of them that were still free: all of them, where rows can be locked."""
    claim, keys = uuid.uuid4(), [each.pk for each in messages]
    changes = {"state": Message.State.CLAIMED, "claim": claim, "lease_until": now + LEASE}
    taken = due.filter(pk__in=keys).update(**changes, attempts=F("attempts") + 1)
    if taken < len(messages):
        return list(
            Message.objects.filter(pk__in=keys, claim=claim).order_by("-is_urgent", "due_at", "pk")
        )
    for message in messages:
        message.attempts += 1
        for name, value in changes.items():
            setattr(message, name, value)
    return messages


def claimable(channels: Collection[str], trust: TrustSettings, now: datetime) -> QuerySet[Message]:
    """Messages that may go now by these channels.

    With sending switched off only urgent ones go, and in quiet hours nothing else to an LXR.
    """
    due = Message.objects.filter(
        state=Message.State.WAITING, due_at__lte=now, channel__in=sorted(channels)
    )
    if not is_sending_on(trust, now):
        return due.filter(is_urgent=True)
    if is_quiet(trust, now):
        to_lxr = Q(recipient_kind=Message.Recipient.REVIEWER)
        return due.filter(Q(is_urgent=True) | ~to_lxr)
    return due


def is_quiet(trust: TrustSettings, now: datetime) -> bool:
    """Whether this is a time of day, on the clock in London, at which LXRs are left in peace."""
    local = now.astimezone(LONDON).time()
    return not trust.send_from <= local < trust.send_until


def goes_on(trust: TrustSettings, now: datetime) -> date:
    """The day, in London, on which a message to an LXR goes out that is queued now."""
    local = now.astimezone(LONDON)
    return local.date() + timedelta(days=local.time() >= trust.send_until)


def release_expired(*, now: datetime) -> int:
    """Give back what a delivery claimed and never marked: its lease ran out."""
    expired = Message.objects.filter(state=Message.State.CLAIMED, lease_until__lt=now)
    return expired.update(state=Message.State.WAITING, claim=None, lease_until=None)


def drop_too_late(*, now: datetime) -> int:
    """Drop what would be of no use any more, to be rung or posted as well."""
    return _drop(
        Message.objects.filter(state=Message.State.WAITING, too_late_at__lte=now), TOO_LATE
    )


def drop_what_no_longer_holds(messages: Iterable[Message], *, now: datetime) -> list[Message]:
    """Ask each kind once which of its messages are still true; drop the others.

    A kind that cannot answer keeps its messages for the next try: better late than wrong.
    """
    holding: list[Message] = []
    gone: list[int] = []
    for name, group in _by_kind(messages):
        kind = KINDS.get(name)
        about = {each.about_id for each in group if each.about_id is not None}
        try:
            true = kind.holding(about, now) if kind else about
        except Exception:  # one kind's fault must not hold up the others
            logger.exception("Whether messages of kind %s still hold could not be told.", name)
            unsure = Message.objects.filter(pk__in=[each.pk for each in group])
            unsure.filter(state=Message.State.CLAIMED).update(due_at=now + ASK_AGAIN_AFTER)
            continue
        for each in group:
            if each.about_id is None or each.about_id in true:
                holding.append(each)
            else:
                gone.append(each.pk)
    if gone:
        _drop(Message.objects.filter(pk__in=gone), NOT_TRUE)
    return holding


def attachments_of(messages: Iterable[Message], *, now: datetime) -> dict[int, Attachment]:
    """The files that go with these emails as things are now, by the message's id.

    Each kind is asked once. Of a kind that cannot answer the words go without: they say it all.
    """
    found: dict[int, Attachment] = {}
    for name, group in _by_kind(each for each in messages if each.channel == Channel.EMAIL):
        kind = KINDS.get(name)
        if kind is None or kind.attached_to is None:
            continue
        about = {each.about_id for each in group if each.about_id is not None}
        try:
            made = kind.attached_to(about, now)
        except Exception:  # one kind's fault must not hold up the others
            logger.exception("Files of messages of kind %s could not be made.", name)
            continue
        found |= {each.pk: made[each.about_id] for each in group if each.about_id in made}
    return found


def _by_kind(messages: Iterable[Message]) -> Iterable[tuple[str, list[Message]]]:
    by_kind: dict[str, list[Message]] = {}
    for message in messages:
        by_kind.setdefault(message.kind, []).append(message)
    return by_kind.items()


def _drop(messages: QuerySet[Message], why: str) -> int:
    changes = {"state": Message.State.DROPPED, "claim": None, "lease_until": None, "problem": why}
    with transaction.atomic():
        secrets = messages.filter(is_secret=True).update(body="", **changes)
        return secrets + messages.update(**changes)


def _send(messages: list[Message], senders: Senders, outcome: Outcome, now: datetime) -> None:
    began = time.monotonic()
    attachments = attachments_of(messages, now=now)
    for message in messages:
        if message.channel in outcome.unreachable:
            continue
        if time.monotonic() - began > SECONDS_A_BATCH:
            break
        try:
            senders.sender(message.channel).send(message, attachments.get(message.pk))
        except Unreachable as error:
            outcome.unreachable.add(message.channel)
            Message.objects.filter(claim=message.claim, channel=message.channel).exclude(
                pk__in=outcome.sent
            ).update(problem=str(error))
        except Refused as error:
            _record_refusal(message, error, now)
        except Exception:  # one message's fault must not hold up the others
            logger.exception("Message %s could not be sent.", message.pk)
            wrong = Refused("Something went wrong while it was sent.", is_final=False)
            _record_refusal(message, wrong, now)
        else:
            outcome.sent.append(message.pk)


def _record_refusal(message: Message, error: Refused, now: datetime) -> None:
    """Try again later, later each time; after the last attempt it has failed."""
    row = Message.objects.filter(pk=message.pk, claim=message.claim)
    free = {"claim": None, "lease_until": None, "problem": str(error)}
    if error.is_final or message.attempts >= ATTEMPTS:
        erased = {"body": ""} if message.is_secret and message.is_urgent else {}
        row.update(state=Message.State.FAILED, **free, **erased)
        return
    delay = min(timedelta(minutes=2 ** (message.attempts - 1)), LONGEST_DELAY)
    row.update(state=Message.State.WAITING, due_at=now + delay, **free)


def _mark_sent(sent: list[Message], *, now: datetime) -> None:
    changes = {
        "state": Message.State.SENT, "sent_at": now, "claim": None, "lease_until": None,
        "problem": "",
    }  # fmt: skip
    rows = _still_ours(sent)
    if not any(each.is_secret for each in sent):
        rows.update(**changes)
        return
    with transaction.atomic():
        rows.filter(is_secret=True).update(body="", **changes)
        rows.update(**changes)


def _give_back(messages: list[Message]) -> None:
    """What was neither sent nor refused waits again, its attempt not counted."""
    _still_ours(messages).update(
        state=Message.State.WAITING, claim=None, lease_until=None, attempts=F("attempts") - 1
    )


def _still_ours(messages: list[Message]) -> QuerySet[Message]:
    """Those of a batch that nobody else has claimed since, found by their keys: sent ones stay."""
    return Message.objects.filter(
        pk__in=[each.pk for each in messages], claim__in={each.claim for each in messages}
    )
