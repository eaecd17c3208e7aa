"""Delivering the outbox: once, at the right time, again after a crash."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from notifications import delivery
from notifications.channels import Senders
from notifications.delivery import deliver, is_quiet
from notifications.models import Message
from notifications.registry import KINDS, Kind
from organisation.models import TrustSettings
from tests.factories import NOW
from tests.races import race

Waiting = Callable[..., Message]
pytestmark = pytest.mark.django_db


def deliver_at(moment: datetime) -> int:
    return deliver(clock=lambda: moment)


def states() -> list[tuple[str, int]]:
    return list(Message.objects.order_by("pk").values_list("state", "attempts"))


@pytest.fixture
def kind(monkeypatch: pytest.MonkeyPatch) -> Callable[[Kind], None]:
    return lambda kind: monkeypatch.setitem(KINDS, kind.name, kind)


def test_message_is_sent_once_and_marked(trust: TrustSettings, waiting: Waiting) -> None:
    message = waiting(address="sam@example.org")

    assert deliver_at(NOW) == 1
    assert deliver_at(NOW + timedelta(hours=1)) == 0

    [sent] = mail.outbox
    assert (sent.to, sent.subject) == (["sam@example.org"], "Visit with the quality team")
    assert (sent.body, sent.reply_to) == (
        "Please say if you can come.",
        ["quality.team@trust.example.org"],
    )
    message.refresh_from_db()
    assert (message.state, message.sent_at, message.problem) == ("sent", NOW, "")
    assert message.body == "Please say if you can come."


def test_message_waits_until_it_is_due(trust: TrustSettings, waiting: Waiting) -> None:
    waiting(due_at=NOW + timedelta(seconds=1))

    assert deliver_at(NOW) == 0
    assert deliver_at(NOW + timedelta(seconds=1)) == 1


def test_more_than_a_batch_goes_in_one_delivery(trust: TrustSettings, waiting: Waiting) -> None:
    for _ in range(delivery.BATCH + 3):
        waiting()

    assert deliver_at(NOW) == 53
    assert len({each.to[0] for each in mail.outbox}) == 53


def test_number_of_queries_does_not_grow_within_a_batch(
    trust: TrustSettings, waiting: Waiting, django_assert_num_queries: Any
) -> None:
    for _ in range(delivery.BATCH):
        waiting()

    # four to begin with, four to claim, three to read and mark, three to find nothing more
    with django_assert_num_queries(14):
        assert deliver_at(NOW) == 50


def test_urgent_message_goes_first(trust: TrustSettings, waiting: Waiting) -> None:
    waiting(address="first@example.org", due_at=NOW - timedelta(hours=1))
    waiting(address="urgent@example.org", is_urgent=True)

    deliver_at(NOW)

    assert [each.to[0] for each in mail.outbox] == ["urgent@example.org", "first@example.org"]


def test_only_urgent_messages_go_while_sending_is_off(db: None, waiting: Waiting) -> None:
    waiting()
    waiting(is_urgent=True, address="urgent@example.org")

    assert deliver_at(NOW) == 1
    assert [each.to[0] for each in mail.outbox] == ["urgent@example.org"]


def test_calls_and_letters_are_left_to_people(trust: TrustSettings, waiting: Waiting) -> None:
    waiting(channel="phone")
    waiting(channel="post")

    assert deliver_at(NOW) == 0
    assert states() == [("waiting", 0), ("waiting", 0)]


def test_secret_body_is_erased_once_sent(trust: TrustSettings, waiting: Waiting) -> None:
    waiting(is_secret=True, is_urgent=True, body="Your code is 123456.")

    deliver_at(NOW)

    assert mail.outbox[0].body == "Your code is 123456."
    assert Message.objects.get().body == ""


def test_too_late_message_is_dropped_and_its_secret_erased(
    trust: TrustSettings, waiting: Waiting
) -> None:
    waiting(is_secret=True, too_late_at=NOW)
    waiting(channel="phone", too_late_at=NOW)
    waiting(too_late_at=NOW + timedelta(seconds=1))

    assert deliver_at(NOW) == 1
    assert states() == [("dropped", 0), ("dropped", 0), ("sent", 1)]
    assert Message.objects.order_by("pk")[0].body == ""


def test_message_that_no_longer_holds_is_not_sent(
    trust: TrustSettings, waiting: Waiting, kind: Callable[[Kind], None]
) -> None:
    asked: list[set[int]] = []

    def holding(about: set[int], now: datetime) -> set[int]:
        asked.append(about)
        return {2}

    kind(Kind("visit", still_true_of=holding))
    waiting(kind="visit", about_id=1, is_secret=True)
    waiting(kind="visit", about_id=2)
    waiting(kind="other", about_id=1)

    assert deliver_at(NOW) == 2
    assert asked == [{1, 2}]
    assert [state for state, _ in states()] == ["dropped", "sent", "sent"]
    assert Message.objects.get(kind="visit", about_id=1).body == ""


def test_kind_that_cannot_answer_holds_up_no_other(
    trust: TrustSettings, waiting: Waiting, kind: Callable[[Kind], None]
) -> None:
    def fails(about_id: int, now: datetime) -> bool:
        raise RuntimeError

    kind(Kind("visit", still_true=fails))
    waiting(kind="visit", about_id=1)
    waiting()

    assert deliver_at(NOW) == 1
    assert states() == [("waiting", 0), ("sent", 1)]
    assert Message.objects.get(kind="visit").due_at == NOW + timedelta(minutes=5)


def test_crash_before_the_mark_sends_again_under_the_same_message_id(
    trust: TrustSettings, waiting: Waiting
) -> None:
    waiting()
    with (
        patch.object(delivery, "_mark_sent", side_effect=SystemExit),
        pytest.raises(SystemExit),
    ):
        deliver_at(NOW)
    assert states() == [("claimed", 1)]

    assert deliver_at(NOW + delivery.LEASE) == 0  # the lease still holds
    assert deliver_at(NOW + delivery.LEASE + timedelta(seconds=1)) == 1

    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    assert states() == [("sent", 2)]


def test_delivery_that_lost_its_lease_marks_nothing(trust: TrustSettings, waiting: Waiting) -> None:
    message = waiting()
    real = Senders.sender

    def slow(self: Senders, channel: str) -> Any:
        delivery.release_expired(now=NOW + timedelta(minutes=6))
        Message.objects.update(due_at=NOW + timedelta(minutes=6))
        return real(self, channel)

    with patch.object(Senders, "sender", slow):
        deliver_at(NOW)

    message.refresh_from_db()
    assert (message.state, message.attempts) == ("waiting", 1)


def sends_while_sending(waiting: Waiting, trust: TrustSettings) -> int:
    """Deliver; while the first message is on its way, another worker delivers too."""
    waiting()
    second_worker = iter([True])
    real = Senders.sender

    def sender(self: Senders, channel: str) -> Any:
        if next(second_worker, False):
            deliver_at(NOW)
        return real(self, channel)

    with patch.object(Senders, "sender", sender):
        deliver_at(NOW)
    return len(mail.outbox)


def test_second_worker_leaves_a_claimed_message_alone(
    trust: TrustSettings, waiting: Waiting
) -> None:
    assert sends_while_sending(waiting, trust) == 1


def test_without_the_claims_condition_a_message_would_go_twice(
    trust: TrustSettings, waiting: Waiting
) -> None:
    with patch.object(delivery, "claimable", lambda *_: Message.objects.exclude(state="sent")):
        assert sends_while_sending(waiting, trust) == 2


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_message_once(trust: TrustSettings, waiting: Waiting) -> None:
    for _ in range(120):
        waiting()

    outcomes = race(lambda: deliver_at(NOW), lambda: deliver_at(NOW))

    assert sum(outcomes) == 120
    assert len(mail.outbox) == 120
    assert len({each.to[0] for each in mail.outbox}) == 120
    assert set(states()) == {("sent", 1)}


@pytest.mark.parametrize(
    ("moment", "quiet"),
    [
        # On 29 March 2026 clocks in London go from 01:00 to 02:00.
        (datetime(2026, 3, 28, 7, 59, tzinfo=UTC), True),
        (datetime(2026, 3, 28, 8, 0, tzinfo=UTC), False),
        (datetime(2026, 3, 29, 6, 59, tzinfo=UTC), True),
        (datetime(2026, 3, 29, 7, 0, tzinfo=UTC), False),
        (datetime(2026, 3, 29, 18, 59, tzinfo=UTC), False),
        (datetime(2026, 3, 29, 19, 0, tzinfo=UTC), True),
        # On 25 October 2026 they go back from 02:00 to 01:00.
        (datetime(2026, 10, 24, 7, 0, tzinfo=UTC), False),
        (datetime(2026, 10, 25, 7, 59, tzinfo=UTC), True),
        (datetime(2026, 10, 25, 8, 0, tzinfo=UTC), False),
        (datetime(2026, 10, 25, 19, 59, tzinfo=UTC), False),
        (datetime(2026, 10, 25, 20, 0, tzinfo=UTC), True),
    ],
)
def test_quiet_hours_follow_the_clock_in_london(moment: datetime, quiet: bool) -> None:
    assert is_quiet(TrustSettings(), moment) is quiet


def test_in_quiet_hours_an_lxr_gets_only_what_is_urgent(
    trust: TrustSettings, waiting: Waiting
) -> None:
    night = datetime(2026, 6, 10, 20, 30, tzinfo=UTC)
    waiting(recipient_kind="reviewer")
    waiting(recipient_kind="reviewer", is_urgent=True)
    waiting(recipient_kind="contact")

    assert deliver_at(night) == 2
    assert states() == [("waiting", 0), ("sent", 1), ("sent", 1)]
    assert deliver_at(datetime(2026, 6, 11, 7, 0, tzinfo=UTC)) == 1


def test_fault_in_one_message_holds_up_no_other(trust: TrustSettings, waiting: Waiting) -> None:
    poison = waiting()
    waiting()
    real = EmailMessage.message

    def message(self: EmailMessage) -> Any:
        if self.to == [poison.address]:
            raise RuntimeError
        return real(self)

    with patch.object(EmailMessage, "message", message):
        assert deliver_at(NOW) == 1

    poison.refresh_from_db()
    assert (poison.state, poison.attempts) == ("waiting", 1)
    assert poison.due_at == NOW + timedelta(minutes=1)
