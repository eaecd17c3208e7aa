"""What the outbox's data must keep, broken one by one."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from notifications.models import Message
from tests.factories import NOW

pytestmark = pytest.mark.django_db
CLAIM = UUID(int=1)


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("notifications_message_state", {"state": "lost"}),
        ("notifications_message_channel", {"channel": "fax"}),
        ("notifications_message_sent_at", {"state": "sent"}),
        ("notifications_message_sent_at", {"sent_at": NOW}),
        ("notifications_message_claim", {"state": "claimed"}),
        ("notifications_message_claim", {"claim": CLAIM, "lease_until": NOW}),
    ],
)
def test_constraint_refuses(
    constraint: str, changes: dict[str, Any], waiting: Callable[..., Message]
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        waiting(**changes)


def test_key_stands_once(waiting: Callable[..., Message]) -> None:
    waiting(key="a")

    with pytest.raises(IntegrityError), transaction.atomic():
        waiting(key="a")


def test_body_stands_encrypted(waiting: Callable[..., Message]) -> None:
    waiting(body="Your code is 123456.")

    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM notifications_message")
        assert cursor.fetchone()[0].startswith("enc:")


def test_by_hand_and_waiting(waiting: Callable[..., Message]) -> None:
    waiting(key="email")
    waiting(key="call", channel="phone")
    waiting(key="letter", channel="post", state="failed")
    waiting(key="claimed", state="claimed", claim=CLAIM, lease_until=NOW)

    assert set(Message.objects.by_hand().values_list("key", flat=True)) == {"call", "letter"}
    assert set(Message.objects.waiting().values_list("key", flat=True)) == {
        "email",
        "call",
        "claimed",
    }
