"""The tick: once, caught up, never before sending was switched on."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.core import mail

from notifications import tasks
from notifications.addressees import Addressee
from notifications.falling_due import drop_stale_by_hand, queue_due
from notifications.models import Message
from notifications.registry import KINDS, Due, Kind, label_of, register
from organisation.models import TrustSettings
from tests.factories import NOW
from tests.races import race

pytestmark = pytest.mark.django_db
SAM = Addressee("reviewer", 7, "Sam Field", "email", "sam@example.org")
ALEX = Addressee("reviewer", 8, "Alex Moor", "email", "alex@example.org")
DAY = timedelta(days=1)


def due(key: str, **changes: Any) -> Due:
    fields = {
        "key": key,
        "about_id": 1,
        "to": SAM,
        "subject": "Visit with the quality team",
        "body": "Soon.",
        "due_at": NOW,
    }
    return Due(**{**fields, **changes})


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """``says(due(…), due(…))``: a kind that says these are due, and no other kind."""
    for name in list(KINDS):
        monkeypatch.delitem(KINDS, name)

    def set_dues(*dues: Due, name: str = "visit") -> None:
        monkeypatch.setitem(KINDS, name, Kind(name, due=lambda now: dues))

    return set_dues


def keys() -> list[str]:
    return list(Message.objects.order_by("key").values_list("key", flat=True))


def test_what_is_due_is_queued_once(trust: TrustSettings, says: Callable[..., None]) -> None:
    says(due("a"), due("b", about_id=2))

    assert queue_due(now=NOW) == 2
    assert queue_due(now=NOW + timedelta(minutes=1)) == 0
    assert keys() == ["a", "b"]
    message = Message.objects.get(key="a")
    assert (message.kind, message.about_id, message.queued_at) == ("visit", 1, NOW)


@pytest.mark.django_db(transaction=True)
def test_two_ticks_at_once_queue_each_once(trust: TrustSettings, says: Callable[..., None]) -> None:
    says(*[due(f"n{n}", about_id=n) for n in range(60)])

    outcomes = race(lambda: queue_due(now=NOW), lambda: queue_due(now=NOW))

    assert all(isinstance(each, int) for each in outcomes)
    assert Message.objects.count() == 60


def test_what_lies_ahead_or_is_too_late_is_not_queued(
    trust: TrustSettings, says: Callable[..., None]
) -> None:
    says(
        due("ahead", about_id=1, due_at=NOW + timedelta(seconds=1)),
        due("too late", about_id=2, due_at=NOW - DAY, too_late_at=NOW),
        due("just right", about_id=3, due_at=NOW - DAY, too_late_at=NOW + DAY),
    )

    queue_due(now=NOW)

    assert keys() == ["just right"]


def test_after_downtime_only_the_latest_of_a_series_goes(
    trust: TrustSettings, says: Callable[..., None]
) -> None:
    series = [due(f"{days}d", due_at=NOW - days * DAY) for days in (90, 30, 60)]
    says(*series, due("alex 90d", to=ALEX, due_at=NOW - 90 * DAY))

    queue_due(now=NOW)
    assert keys() == ["30d", "alex 90d"]

    queue_due(now=NOW + DAY)
    assert keys() == ["30d", "alex 90d"]


def test_nothing_that_fell_due_before_sending_was_on_is_queued(
    says: Callable[..., None], trust: TrustSettings
) -> None:
    TrustSettings.objects.update(sending_on_since=NOW - DAY)
    says(
        due("before", about_id=1, due_at=NOW - DAY - timedelta(seconds=1)),
        due("after", about_id=2, due_at=NOW - DAY),
    )

    queue_due(now=NOW)

    assert keys() == ["after"]


def test_nothing_is_queued_while_sending_is_off(db: None, says: Callable[..., None]) -> None:
    says(due("a"))

    assert queue_due(now=NOW) == 0
    assert keys() == []


def test_kind_that_fails_holds_up_no_other(
    trust: TrustSettings, says: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(now: datetime) -> list[Due]:
        raise RuntimeError

    monkeypatch.setitem(KINDS, "broken", Kind("broken", due=fails))
    says(due("indiscreet", subject="Your DBS check"), due("fine", about_id=2))

    queue_due(now=NOW)

    assert keys() == ["fine"]


def test_words_are_written_only_for_what_is_new(
    trust: TrustSettings, says: Callable[..., None]
) -> None:
    written: list[str] = []

    def words(key: str) -> str:
        written.append(key)
        return f"Words of {key}"

    says(due("a", body=partial(words, "a")))
    queue_due(now=NOW)
    queue_due(now=NOW)

    assert written == ["a"]
    assert Message.objects.get().body == "Words of a"


def test_call_that_no_longer_holds_leaves_the_list(
    trust: TrustSettings, waiting: Callable[..., Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(
        KINDS, "visit", Kind("visit", still_true=lambda about_id, now: about_id == 2)
    )
    waiting(key="gone", kind="visit", channel="phone", about_id=1)
    waiting(key="holds", kind="visit", channel="post", about_id=2)
    waiting(key="late", channel="phone", too_late_at=NOW)

    drop_stale_by_hand(now=NOW)

    assert dict(Message.objects.values_list("key", "state")) == {
        "gone": "dropped",
        "holds": "waiting",
        "late": "dropped",
    }


def test_tick_queues_and_delivers(
    trust: TrustSettings, says: Callable[..., None], time_machine: Any
) -> None:
    time_machine.move_to(NOW)
    says(due("a"))

    tasks.tick()
    tasks.tick()

    assert [each.to for each in mail.outbox] == [["sam@example.org"]]


def test_kind_is_registered_once(says: Callable[..., None]) -> None:
    register(Kind("visit", label="Your visit"))

    assert label_of("visit") == "Your visit"
    assert label_of("visit-reminder") == "Visit reminder"
    with pytest.raises(ValueError, match="already"):
        register(Kind("visit"))
