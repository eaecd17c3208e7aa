"""The outbox against Django's own ``send_messages``, to the same local SMTP sink."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from email.utils import parseaddr
from hashlib import sha256
from statistics import median

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import connection
from django.utils import timezone

from bench.measure import Ratio
from notifications.delivery import deliver
from notifications.models import Message
from organisation.models import TrustSettings
from organisation.queries import trust_settings

PORT = 2525
ROUNDS = 3
SUBJECT = "Visit with the quality team"
BODY = "Dear somebody,\n\nthis is a message of usual length.\n" * 10


@contextmanager
def _sink() -> Iterator[None]:
    """A server of its own process that takes every mail and keeps none."""
    command = [sys.executable, "-W", "ignore", "-m", "aiosmtpd", "-n"]
    command += ["-c", "aiosmtpd.handlers.Sink", "-l", f"127.0.0.1:{PORT}"]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with suppress(OSError), socket.create_connection(("127.0.0.1", PORT), 1):
                break
            time.sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait()


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
                subject=SUBJECT,
                body=BODY,
                queued_at=now,
                due_at=now,
            )
            for n in range(number)
        ],
        batch_size=1000,
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # as autovacuum does; what was deleted is no work
            cursor.execute(f"VACUUM ANALYZE {Message._meta.db_table}")


def _by_hand(number: int) -> None:
    """The same mails, header by header, without an outbox."""
    mailbox, sender = trust_settings().mailbox, settings.DEFAULT_FROM_EMAIL
    domain = parseaddr(sender)[1].rpartition("@")[2]
    get_connection().send_messages(
        [
            EmailMessage(
                SUBJECT,
                BODY,
                to=[f"person{n}@example.org"],
                reply_to=[mailbox],
                headers={
                    "Message-ID": f"<{sha256(f'bench:{n}'.encode()).hexdigest()[:40]}@{domain}>",
                    "Auto-Submitted": "auto-generated",
                },
            )
            for n in range(number)
        ]
    )


def against_send_messages(number: int) -> Ratio:
    """The outbox's mails a second in units of ``send_messages``' own; more is better."""
    now = timezone.now()
    TrustSettings.objects.filter(pk=1).update(sending_on_since=now - timedelta(days=1))
    try:
        with _sink():
            pairs = [_pair(number) for _ in range(ROUNDS)]
    finally:
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
