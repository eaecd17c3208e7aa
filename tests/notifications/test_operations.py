"""Putting messages into the outbox."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from kombu.exceptions import OperationalError

from notifications.addressees import Addressee, reach
from notifications.discretion import SENSITIVE, Indiscreet
from notifications.models import Channel, Message
from notifications.operations import queue
from organisation.models import TrustSettings
from reviewers.contact import addressee
from tests.factories import NOW, ReviewerFactory

pytestmark = pytest.mark.django_db

SAM = Addressee("reviewer", 7, "Sam Field", "email", "sam@example.org")


def queue_one(**changes: Any) -> Message | None:
    return queue(
        **{
            "key": "hello:7",
            "kind": "hello",
            "to": SAM,
            "subject": "Visit with the quality team",
            "body": "Please say if you can come.",
            "now": NOW,
            **changes,
        }
    )


def test_message_waits_in_the_outbox(trust: TrustSettings) -> None:
    message = queue_one(about_id=3)

    assert message is not None
    stored = Message.objects.get()
    assert (stored.state, stored.channel, stored.address) == ("waiting", "email", "sam@example.org")
    assert (stored.recipient_kind, stored.recipient_id, stored.about_id) == ("reviewer", 7, 3)
    assert (stored.queued_at, stored.due_at) == (NOW, NOW)
    assert stored.body == "Please say if you can come."


def test_same_key_is_queued_once(trust: TrustSettings) -> None:
    queue_one()

    assert queue_one(subject="Another") is None
    assert Message.objects.get().subject == "Visit with the quality team"


def test_key_taken_in_the_same_moment_is_no_error(
    trust: TrustSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue_one()
    monkeypatch.setattr("django.db.models.query.QuerySet.exists", lambda self: False)

    with transaction.atomic():
        assert queue_one() is None
        assert Message.objects.count() == 1


@pytest.mark.parametrize("since", [None, NOW + timedelta(seconds=1)])
def test_nothing_is_queued_before_sending_is_on(since: Any, trust: TrustSettings) -> None:
    TrustSettings.objects.update(sending_on_since=since)

    assert queue_one() is None
    assert Message.objects.count() == 0


def test_urgent_message_is_queued_although_sending_is_off(db: None) -> None:
    assert queue_one(is_urgent=True) is not None


def test_urgent_message_wakes_delivery_on_commit(
    trust: TrustSettings, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    woken: list[str] = []
    monkeypatch.setattr("notifications.operations.wake", woken.append)

    with django_capture_on_commit_callbacks(execute=True):
        queue_one(is_urgent=True)
        queue_one(key="later")
        assert woken == []

    assert woken == ["notifications.tasks.deliver"]


def test_broker_down_breaks_nothing(
    trust: TrustSettings, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def down(*_: Any, **__: Any) -> None:
        raise OperationalError

    monkeypatch.setattr("celery.current_app.send_task", down)

    with django_capture_on_commit_callbacks(execute=True):
        queue_one(is_urgent=True)

    assert Message.objects.count() == 1


@pytest.mark.parametrize("word", SENSITIVE)
def test_sensitive_word_in_a_subject_is_refused(word: str, trust: TrustSettings) -> None:
    with pytest.raises(Indiscreet):
        queue_one(subject=f"Your {word.upper()}")

    assert Message.objects.count() == 0


def test_text_message_says_subject_and_whom_to_ring_but_never_the_body(
    trust: TrustSettings, settings: Any
) -> None:
    settings.NOTIFY_API_KEY, settings.NOTIFY_TEXT_TEMPLATE_ID = "key", "template"
    to = Addressee("reviewer", 7, "Sam Field", "text", "07700 900001")

    message = queue_one(to=to, body="You are asked to visit Cedar Ward.")

    assert message is not None
    assert message.channel == Channel.TEXT
    assert message.body == (
        "Visit with the quality team. Please look at http://testserver or ring the quality team "
        "on 020 7946 0100."
    )


def test_sensitive_word_in_a_text_message_is_refused(trust: TrustSettings, settings: Any) -> None:
    settings.NOTIFY_API_KEY, settings.NOTIFY_TEXT_TEMPLATE_ID = "key", "template"
    to = Addressee("reviewer", 7, "Sam Field", "text", "07700 900001")

    with pytest.raises(Indiscreet):
        queue_one(to=to, text="Your prison visit is tomorrow")


def test_without_a_notify_key_a_text_message_becomes_a_call(trust: TrustSettings) -> None:
    message = queue_one(to=Addressee("reviewer", 7, "Sam Field", "text", "07700 900001"))

    assert message is not None
    assert (message.channel, message.address) == ("phone", "07700 900001")
    assert message.body == "Please say if you can come."


def test_subject_is_one_line(trust: TrustSettings) -> None:
    message = queue_one(subject="Your visit\r\nBcc: all@example.org" + "x" * 200)

    assert message is not None
    assert "\n" not in message.subject
    assert len(message.subject) == 150


@pytest.mark.parametrize(
    ("ways", "expected"),
    [
        ({"preferred": "email", "email": "a@example.org"}, ("email", "a@example.org")),
        ({"preferred": "email", "phone": "0770"}, ("phone", "0770")),
        ({"preferred": "email", "address": "1 High Street"}, ("post", "1 High Street")),
        ({"preferred": "text", "email": "a@example.org", "phone": "0770"}, ("phone", "0770")),
        ({"preferred": "text", "email": "a@example.org"}, ("email", "a@example.org")),
        ({"preferred": "post", "email": "a@example.org"}, ("email", "a@example.org")),
        ({"preferred": "post"}, ("phone", "")),
    ],
)
def test_way_without_an_address_is_passed_over(
    ways: dict[str, str], expected: tuple[str, str]
) -> None:
    assert reach(**ways) == expected


@pytest.mark.parametrize(
    ("way", "why"),
    [
        ("email", "They like email, but no email address is recorded."),
        ("text", "They like text messages, but no phone number is recorded."),
        ("phone", "They like to be rung, but no phone number is recorded."),
        ("post", "They like post, but no postal address is recorded."),
    ],
)
def test_message_that_goes_another_way_says_why(trust: TrustSettings, way: str, why: str) -> None:
    person = ReviewerFactory(preferred_contact=way, email="", phone="", address="", user=None)
    message = queue_one(to=addressee(person))

    assert message is not None
    assert (message.channel, message.note) == ("phone", why)


def test_message_that_goes_the_way_a_person_likes_says_nothing_of_it(trust: TrustSettings) -> None:
    person = ReviewerFactory(preferred_contact="post", address="1 High Street")
    message = queue_one(to=addressee(person))

    assert message is not None
    assert (message.channel, message.note) == ("post", "")


def test_text_message_where_it_can_be_sent(settings: Any) -> None:
    settings.NOTIFY_API_KEY, settings.NOTIFY_TEXT_TEMPLATE_ID = "key", "template"

    assert reach(preferred="text", phone="0770") == ("text", "0770")
