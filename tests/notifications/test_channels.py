"""Email over a real SMTP connection, and text messages by a stand-in for GOV.UK Notify."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from email import message_from_bytes
from typing import Any

import pytest
import requests
from notifications_python_client.errors import HTTPError

from notifications.channels import reference_of
from notifications.delivery import ATTEMPTS, deliver
from notifications.models import Message
from organisation.models import TrustSettings
from tests.factories import NOW
from tests.notifications.conftest import MailServer

Waiting = Callable[..., Message]
pytestmark = pytest.mark.django_db


def deliver_after(**time: int) -> int:
    return deliver(clock=lambda: NOW + timedelta(**time))


def test_email_arrives_with_a_stable_id_and_the_teams_mailbox(
    trust: TrustSettings, waiting: Waiting, mail_server: MailServer
) -> None:
    message = waiting(address="sam@example.org", body="Zoë, please say if you can come.")

    assert deliver_after() == 1

    [envelope] = mail_server.received
    arrived = message_from_bytes(envelope.content)
    assert envelope.rcpt_tos == ["sam@example.org"]
    assert arrived["Message-ID"] == f"<{reference_of(message)}@trust.example.org>"
    assert arrived["Reply-To"] == "quality.team@trust.example.org"
    body: Any = arrived.get_payload(decode=True)
    assert body.decode().strip() == "Zoë, please say if you can come."
    assert message.key not in envelope.content.decode()


def test_many_emails_go_over_one_connection(
    trust: TrustSettings, waiting: Waiting, mail_server: MailServer
) -> None:
    for _ in range(60):
        waiting()

    assert deliver_after() == 60
    assert len(mail_server.received) == 60
    assert mail_server.connections == 1


def test_messages_wait_while_the_mail_server_is_down_and_go_when_it_is_back(
    trust: TrustSettings, waiting: Waiting, mail_server: MailServer
) -> None:
    for _ in range(3):
        waiting()
    mail_server.stop()

    for minute in range(ATTEMPTS + 2):
        assert deliver_after(minutes=minute) == 0
    assert (
        list(Message.objects.values_list("state", "attempts", "problem"))
        == [("waiting", 0, "The mail server could not be reached. We keep trying.")] * 3
    )

    mail_server.start()
    assert deliver_after(minutes=20) == 3
    assert list(Message.objects.values_list("state", "problem")) == [("sent", "")] * 3


def test_refused_address_fails_in_plain_words_and_holds_up_no_other(
    trust: TrustSettings, waiting: Waiting, mail_server: MailServer
) -> None:
    refused = waiting(address="gone@example.org", is_secret=True, is_urgent=True)
    waiting(address="here@example.org")
    mail_server.refusals["gone@example.org"] = "550 no such user"

    assert deliver_after() == 1

    refused.refresh_from_db()
    assert (refused.state, refused.problem) == (
        "failed",
        "The mail server does not take this address.",
    )
    assert refused.body == ""
    assert mail_server.addresses() == ["here@example.org"]


def test_busy_server_is_tried_again_later_and_later_and_then_given_up(
    trust: TrustSettings, waiting: Waiting, mail_server: MailServer
) -> None:
    message = waiting(address="full@example.org")
    mail_server.refusals["full@example.org"] = "450 mailbox busy"
    now, delays = NOW, []

    for _ in range(ATTEMPTS):
        deliver(clock=lambda: now)  # noqa: B023 - called at once
        message.refresh_from_db()
        delays.append(int((message.due_at - now).total_seconds() // 60))
        now = max(now, message.due_at)

    assert delays == [1, 2, 4, 8, 16, 32, 60, 0]
    assert (message.state, message.attempts) == ("failed", ATTEMPTS)


@pytest.mark.parametrize("address", ["not an address", "a@b\nBcc: all@example.org", ""])
def test_nonsense_address_fails_and_nothing_is_sent(
    address: str, trust: TrustSettings, waiting: Waiting, mail_server: MailServer
) -> None:
    message = waiting(address=address)

    deliver_after()

    message.refresh_from_db()
    assert message.state in {"failed", "sent"} if address == "not an address" else "failed"
    assert "all@example.org" not in mail_server.addresses()


class Notify:
    """What we use of GOV.UK Notify's client."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.asked: list[str] = []
        self.error: HTTPError | None = None
        self.request_session = requests.Session()

    def get_all_notifications(self, reference: str) -> dict[str, Any]:
        self.asked.append(reference)
        return {"notifications": [e for e in self.sent if e["reference"] == reference]}

    def send_sms_notification(self, **given: Any) -> None:
        if self.error:
            raise self.error
        self.sent.append(given)


@pytest.fixture
def notify(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Notify]:
    settings.NOTIFY_API_KEY, settings.NOTIFY_TEXT_TEMPLATE_ID = "key", "template-1"
    stand_in = Notify()
    monkeypatch.setattr("notifications.channels._notify", lambda key: stand_in)
    yield stand_in
    stand_in.request_session.close()


def refusal(status: int) -> HTTPError:
    response = requests.Response()
    response.status_code = status
    return HTTPError(response)


def test_text_message_goes_by_notify_with_its_reference(
    trust: TrustSettings, waiting: Waiting, notify: Notify
) -> None:
    message = waiting(channel="text", address="07700 900001", body="Your visit is on Monday.")

    assert deliver_after() == 1
    assert notify.sent == [
        {
            "phone_number": "07700 900001",
            "template_id": "template-1",
            "personalisation": {"body": "Your visit is on Monday."},
            "reference": reference_of(message),
        }
    ]
    assert notify.asked == []


def test_notify_is_asked_before_a_text_message_goes_again(
    trust: TrustSettings, waiting: Waiting, notify: Notify
) -> None:
    message = waiting(channel="text", address="07700 900001", attempts=1)
    notify.sent.append({"reference": reference_of(message)})

    assert deliver_after() == 1
    assert notify.asked == [reference_of(message)]
    assert len(notify.sent) == 1


def test_wrong_number_fails(trust: TrustSettings, waiting: Waiting, notify: Notify) -> None:
    message = waiting(channel="text", address="1")
    notify.error = refusal(400)

    deliver_after()

    message.refresh_from_db()
    assert (message.state, message.problem) == (
        "failed",
        "GOV.UK Notify does not take this number.",
    )


@pytest.mark.parametrize("error", [refusal(403), HTTPError(None)])
def test_text_messages_wait_while_notify_is_unreachable_and_emails_go(
    error: HTTPError, trust: TrustSettings, waiting: Waiting, notify: Notify
) -> None:
    message = waiting(channel="text", address="07700 900001")
    waiting()
    notify.error = error

    assert deliver_after() == 1
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("waiting", 0)


def test_busy_notify_is_tried_again(trust: TrustSettings, waiting: Waiting, notify: Notify) -> None:
    message = waiting(channel="text", address="07700 900001")
    notify.error = refusal(429)
    deliver_after()
    notify.error = None

    assert deliver_after(seconds=59) == 0
    assert deliver_after(minutes=1) == 1
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("sent", 2)
