"""The outbox against Django's own ``send_messages``, to the same local SMTP sink."""

import time
from datetime import timedelta
from statistics import median

from aiosmtpd.controller import Controller
from django.core.mail import EmailMessage, get_connection
from django.utils import timezone

from bench.measure import Ratio
from notifications.delivery import deliver
from notifications.models import Message
from organisation.models import TrustSettings

ROUNDS = 5


class Sink:
    """Takes every mail and keeps none."""

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:  # noqa: N802 - aiosmtpd's name
        """Say yes."""
        return "250 OK"


def _fill(number: int) -> None:
    now = timezone.now()
    Message.objects.all().delete()
    Message.objects.bulk_create(
        [
            Message(
                key=f"bench:{n}",
                kind="bench",
                recipient_kind="staff",
                recipient_id=n,
                recipient_name="Somebody",
                channel="email",
                address=f"person{n}@example.org",
                subject="Visit with the quality team",
                body="Dear somebody,\n\nthis is a message of usual length.\n" * 10,
                queued_at=now,
                due_at=now,
            )
            for n in range(number)
        ],
        batch_size=1000,
    )


def _by_hand(number: int) -> None:
    get_connection().send_messages(
        [
            EmailMessage(
                "Visit with the quality team",
                "Dear somebody,\n\nthis is a message of usual length.\n" * 10,
                to=[f"person{n}@example.org"],
            )
            for n in range(number)
        ]
    )


def against_send_messages(number: int) -> Ratio:
    """The outbox's mails a second in units of ``send_messages``' own; more is better."""
    now = timezone.now()
    TrustSettings.objects.filter(pk=1).update(sending_on_since=now - timedelta(days=1))
    sink = Controller(Sink(), hostname="127.0.0.1", port=2525)
    sink.start()
    try:
        pairs = [_pair(number) for _ in range(ROUNDS)]
    finally:
        sink.stop()
        Message.objects.all().delete()
        TrustSettings.objects.filter(pk=1).update(sending_on_since=None)
    rates = [theirs / ours for ours, theirs in pairs]
    milliseconds = median(ours for ours, _ in pairs) * 1000
    return Ratio(median(rates), min(rates), max(rates), milliseconds, 0)


def _pair(number: int) -> tuple[float, float]:
    _fill(number)
    start = time.perf_counter()
    sent = deliver(clock=timezone.now)
    ours = time.perf_counter() - start
    if sent != number:
        message = f"{sent} of {number} mails were sent."
        raise RuntimeError(message)
    start = time.perf_counter()
    _by_hand(number)
    return ours, time.perf_counter() - start
