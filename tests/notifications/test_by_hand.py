"""Calls made, letters posted, failed messages sent again."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from audit.models import Event
from notifications import by_hand, queries
from notifications.models import Message
from rules import RuleBroken
from tests.factories import NOW, UserFactory

Waiting = Callable[..., Message]
pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(db: None) -> Any:
    return UserFactory(roles=["coordinator"])


def events() -> list[tuple[str, int | None, list[str]]]:
    return [(each.action, each.person_id, each.fields) for each in Event.objects.order_by("pk")]


def test_call_is_recorded_once_with_who_made_it(waiting: Waiting, coordinator: Any) -> None:
    call = waiting(channel="phone", recipient_kind="reviewer", is_secret=True)

    by_hand.record_call(message=call, by=coordinator, now=NOW)

    stored = Message.objects.get()
    assert (stored.state, stored.sent_at, stored.sent_by) == ("sent", NOW, coordinator)
    assert stored.body == ""
    assert events() == [("rang a person", 7, [])]
    with pytest.raises(RuleBroken, match="a moment ago"):
        by_hand.record_call(message=call, by=coordinator, now=NOW)
    with pytest.raises(RuleBroken, match="done already"):
        by_hand.record_call(message=stored, by=coordinator, now=NOW)


def test_posted_letter_keeps_its_words(waiting: Waiting, coordinator: Any) -> None:
    letter = waiting(channel="post")

    by_hand.record_posted(message=letter, by=coordinator, now=NOW)

    stored = Message.objects.get()
    assert (stored.state, stored.body) == ("sent", "Please say if you can come.")
    assert events() == [("posted a letter", None, [])]


def test_unanswered_call_comes_back_in_two_hours(waiting: Waiting, coordinator: Any) -> None:
    call = waiting(channel="phone")

    by_hand.record_no_answer(message=call, by=coordinator, now=NOW)

    assert list(queries.calls(NOW)) == []
    [again] = queries.calls(NOW + timedelta(hours=2))
    assert (again.attempts, again.problem) == (1, "Nobody answered.")
    assert events() == [("rang without an answer", None, [])]


@pytest.mark.parametrize("changes", [{"channel": "email"}, {"channel": "post", "state": "dropped"}])
def test_only_a_waiting_call_or_letter_can_be_finished(
    changes: dict[str, Any], waiting: Waiting, coordinator: Any
) -> None:
    message = waiting(**changes)

    for finish in (by_hand.record_call, by_hand.record_posted, by_hand.record_no_answer):
        with pytest.raises(RuleBroken, match="done already"):
            finish(message=message, by=coordinator, now=NOW)
    assert events() == []


def test_failed_message_goes_again_to_the_address_put_right(
    waiting: Waiting, coordinator: Any
) -> None:
    message = waiting(state="failed", attempts=8, problem="Refused.", address="sma@example.org")

    by_hand.try_again(message=message, address="sam@example.org", by=coordinator, now=NOW)

    stored = Message.objects.get()
    assert (stored.state, stored.attempts, stored.problem) == ("waiting", 0, "")
    assert (stored.address, stored.due_at) == ("sam@example.org", NOW)
    assert events() == [("sent a message again", None, ["address"])]


def test_only_a_failed_message_with_words_goes_again(waiting: Waiting, coordinator: Any) -> None:
    erased = waiting(state="failed", body="", is_secret=True)
    for message, why in ((waiting(), "could not be sent"), (erased, "erased")):
        with pytest.raises(RuleBroken, match=why):
            by_hand.try_again(message=message, address="a@example.org", by=coordinator, now=NOW)


def test_todo_counts_what_waits_for_a_person(
    waiting: Waiting, django_assert_num_queries: Any
) -> None:
    waiting(channel="phone")
    waiting(channel="phone", due_at=NOW + timedelta(hours=1))
    waiting(channel="post")
    waiting(channel="post", state="dropped")
    waiting(channel="email")
    waiting(channel="email", state="failed")
    waiting(channel="text", state="failed")

    with django_assert_num_queries(1):
        assert queries.todo(NOW) == queries.Todo(calls=1, letters=1, failed=2)
