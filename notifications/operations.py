"""Writing to the outbox. Call inside the transaction of what the message tells about."""

from datetime import datetime
from functools import partial

from django.db import IntegrityError, transaction

from jobs.wake import wake
from notifications.addressees import Addressee, sends_texts
from notifications.discretion import check_discreet
from notifications.models import Channel, Message
from notifications.words import short_text
from organisation.models import TrustSettings
from organisation.queries import trust_settings

# The subject of a message is one line; its column's width is the limit.
SUBJECT_LIMIT = 150
DELIVER = "notifications.tasks.deliver"


def queue(
    *,
    key: str,
    kind: str,
    to: Addressee,
    subject: str,
    body: str,
    now: datetime,
    about_id: int | None = None,
    due_at: datetime | None = None,
    too_late_at: datetime | None = None,
    is_urgent: bool = False,
    is_secret: bool = False,
    text: str = "",
) -> Message | None:
    """Put one message into the outbox, once under its key, in the caller's transaction.

    None if the key is there already, or if sending is not switched on (an urgent message goes
    all the same). A text message says ``text``, or else the subject, where to look and whom to
    ring; never the body. Raises Indiscreet if the subject or the text says a sensitive word.
    """
    trust = trust_settings()
    if not is_urgent and not is_sending_on(trust, now):
        return None
    if Message.objects.filter(key=key).exists():
        return None
    message = write_message(
        trust=trust, key=key, kind=kind, to=to, subject=subject, body=body, now=now,
        about_id=about_id, due_at=due_at or now, too_late_at=too_late_at, is_urgent=is_urgent,
        is_secret=is_secret, text=text,
    )  # fmt: skip
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:  # another one queued it in this moment
        return None
    if is_urgent:
        transaction.on_commit(partial(wake, DELIVER), robust=True)
    return message


def is_sending_on(trust: TrustSettings, now: datetime) -> bool:
    """Whether messages that are not urgent are sent by now."""
    return trust.sending_on_since is not None and trust.sending_on_since <= now


def write_message(
    *,
    trust: TrustSettings,
    key: str,
    kind: str,
    to: Addressee,
    subject: str,
    body: str,
    now: datetime,
    about_id: int | None,
    due_at: datetime,
    too_late_at: datetime | None,
    is_urgent: bool = False,
    is_secret: bool = False,
    text: str = "",
) -> Message:
    """A message that is not saved yet. Raises Indiscreet."""
    channel = Channel(to.channel)
    if channel == Channel.TEXT and not sends_texts():
        channel = Channel.PHONE
    subject = " ".join(subject.split())[:SUBJECT_LIMIT]
    check_discreet(subject)
    if channel == Channel.TEXT:
        body = text or short_text(subject, trust)
        check_discreet(body)
    return Message(
        key=key, kind=kind, about_id=about_id, recipient_kind=to.kind, recipient_id=to.id,
        recipient_name=to.name, channel=channel, address=to.address, note=to.note,
        subject=subject, body=body, is_secret=is_secret, is_urgent=is_urgent, queued_at=now,
        due_at=due_at, too_late_at=too_late_at,
    )  # fmt: skip
