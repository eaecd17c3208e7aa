"""The tick: what has fallen due goes into the outbox, once, whatever was missed before."""

import logging
from collections.abc import Iterable
from datetime import datetime

from notifications.delivery import drop_too_late, drop_what_no_longer_holds
from notifications.discretion import Indiscreet
from notifications.models import Message
from notifications.operations import is_sending_on, write_message
from notifications.registry import KINDS, Due, Kind
from organisation.models import TrustSettings
from organisation.queries import trust_settings

logger = logging.getLogger(__name__)

CHUNK = 500


def queue_due(*, now: datetime) -> int:
    """Queue what every kind says is due: now or earlier, not too late, not yet queued.

    How many were new. A kind that fails is logged, and the others go on.
    """
    trust = trust_settings()
    if not is_sending_on(trust, now):
        return 0
    queued = 0
    for kind in list(KINDS.values()):
        if kind.due is None:
            continue
        try:
            queued += _queue_kind(kind, kind.due(now), trust=trust, now=now)
        except Exception:  # one kind's fault must not hold up the others
            logger.exception("What is due of kind %s could not be told.", kind.name)
    return queued


def drop_stale_by_hand(*, now: datetime) -> None:
    """Take calls and letters off the list when they are too late or no longer true."""
    drop_too_late(now=now)
    waiting = Message.objects.by_hand().filter(state=Message.State.WAITING)
    drop_what_no_longer_holds(waiting.iterator(CHUNK), now=now)


def latest_of_each_series(dues: Iterable[Due], *, trust: TrustSettings, now: datetime) -> list[Due]:
    """Of what is due, the latest about each thing for each person.

    Left out: what lies ahead, what is too late, and what fell due before sending was switched on.
    """
    since = trust.sending_on_since
    latest: dict[tuple[object, ...], Due] = {}
    for due in dues:
        if due.due_at > now or (since and due.due_at < since):
            continue
        series = (due.about_id if due.about_id is not None else due.key, due.to.kind, due.to.id)
        before = latest.get(series)
        if before is None or before.due_at < due.due_at:
            latest[series] = due
    return [each for each in latest.values() if each.too_late_at is None or each.too_late_at > now]


def _queue_kind(kind: Kind, dues: Iterable[Due], *, trust: TrustSettings, now: datetime) -> int:
    found = latest_of_each_series(dues, trust=trust, now=now)
    queued = 0
    for start in range(0, len(found), CHUNK):
        chunk = found[start : start + CHUNK]
        keys = Message.objects.filter(key__in=[each.key for each in chunk])
        known = set(keys.values_list("key", flat=True))
        new = [_written(kind, each, trust, now) for each in chunk if each.key not in known]
        messages = [each for each in new if each is not None]
        Message.objects.bulk_create(messages, ignore_conflicts=True)
        queued += len(messages)
    return queued


def _written(kind: Kind, due: Due, trust: TrustSettings, now: datetime) -> Message | None:
    try:
        return write_message(
            trust=trust, key=due.key, kind=kind.name, to=due.to, subject=due.subject,
            body=due.body if isinstance(due.body, str) else due.body(), now=now,
            about_id=due.about_id, due_at=due.due_at, too_late_at=due.too_late_at, text=due.text,
        )  # fmt: skip
    except Indiscreet:
        logger.exception("A message of kind %s was not queued.", kind.name)
        return None
