"""The outbox's pages, for those who send messages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from notifications.addressees import what_is_missing
from notifications.models import Message
from notifications.queries import todo
from notifications.registry import KINDS, Due, Kind
from organisation.models import TrustSettings
from tests.factories import NOW, ReviewerFactory
from tests.notifications.letters import write_local_mail
from tests.notifications.test_falling_due import DAY, SAM

Waiting = Callable[..., Message]
pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_as: Any, time_machine: Any) -> Client:
    time_machine.move_to(NOW, tick=False)
    signed_in: Client = client_as("coordinator")
    return signed_in


def page_of(client: Client, name: str, *args: Any, **params: str) -> str:
    response = client.get(reverse(f"notifications:{name}", args=args), params)
    assert response.status_code == 200
    return response.content.decode()


def test_outbox_is_narrowed_by_state_channel_and_kind(
    client: Client, trust: TrustSettings, waiting: Waiting
) -> None:
    waiting(recipient_name="Ann Email")
    waiting(recipient_name="Pip Phone", channel="phone")
    waiting(recipient_name="Fay Failed", state="failed")
    waiting(recipient_name="Una User", kind="account")

    def names(**params: str) -> list[str]:
        page = page_of(client, "list", **params)
        every = ["Ann Email", "Pip Phone", "Fay Failed", "Una User"]
        return [name for name in every if name in page]

    assert names() == ["Ann Email", "Pip Phone", "Fay Failed", "Una User"]
    assert names(state="failed") == ["Fay Failed"]
    assert names(channel="phone") == ["Pip Phone"]
    assert names(kind="account") == ["Una User"]


def test_coordinator_reads_no_sign_in_code(client: Client, waiting: Waiting) -> None:
    code = waiting(recipient_kind="user", is_secret=True, is_urgent=True, body="Code 123456")
    link = waiting(recipient_kind="contact", is_secret=True, body="Link abcdef")

    for message, secret in ((code, "123456"), (link, "abcdef")):
        page = page_of(client, "detail", message.pk)
        assert secret not in page
        assert "Only the person it is for can read this message." in page


def test_call_list_says_whom_to_ring_and_what_to_say(
    client: Client, trust: TrustSettings, waiting: Waiting
) -> None:
    waiting(channel="phone", recipient_name="Pip Phone", address="07700 900001", is_secret=True)
    waiting(channel="phone", recipient_name="Later", due_at=NOW + DAY)

    page = page_of(client, "calls")

    assert "Pip Phone" in page
    assert "tel:07700900001" in page
    assert "Please say if you can come." in page
    assert "Later" not in page


@pytest.mark.parametrize(
    ("channel", "action", "back", "said"),
    [
        ("phone", "spoken", "calls", "The call is recorded."),
        ("phone", "no_answer", "calls", "back on the list in 2 hours"),
        ("post", "posted", "letters", "marked as posted"),
    ],
)
def test_doing_it_by_hand_takes_it_off_the_list_once(
    channel: str, action: str, back: str, said: str, client: Client, waiting: Waiting
) -> None:
    message = waiting(channel=channel, recipient_name="Pip Phone")
    url = reverse(f"notifications:{action}", args=[message.pk])

    page = client.post(url, follow=True).content.decode()
    assert said in page
    assert "Pip Phone" not in page

    if action != "no_answer":
        assert "This has been done already" in client.post(url, follow=True).content.decode()


def test_pages_say_why_a_message_does_not_go_the_way_a_person_likes(
    client: Client, waiting: Waiting
) -> None:
    person = ReviewerFactory(preferred_contact="post", address="", phone="", email="", user=None)
    why = what_is_missing(preferred="post")
    rung = waiting(channel="phone", note=why, recipient_kind="reviewer", recipient_id=person.pk)

    assert why in page_of(client, "list")
    assert why in page_of(client, "calls")
    detail = page_of(client, "detail", rung.pk)
    assert why in detail
    assert reverse("reviewers:details", args=[person.pk]) in detail


def test_failed_message_is_sent_again_from_its_page(client: Client, waiting: Waiting) -> None:
    message = waiting(state="failed", address="sma@example.org", problem="Refused.")
    url = reverse("notifications:try_again", args=[message.pk])

    assert "sma@example.org" in page_of(client, "detail", message.pk)
    for nonsense in ("", "no address", "a\x00@example.org", "x" * 400):
        response = client.post(url, {"address": nonsense})
        assert (response.status_code, Message.objects.get().state) == (200, "failed")
    client.post(url, {"address": "sam@example.org"})

    message.refresh_from_db()
    assert (message.state, message.address) == ("waiting", "sam@example.org")
    again = client.post(url, {"address": "sam@example.org"}, follow=True)
    assert "Only a message that could not be sent" in again.content.decode()


def test_sending_is_switched_on_after_a_look_at_what_would_go(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch, waiting: Waiting
) -> None:
    def due(moment: Any) -> list[Due]:
        waiting(key="written while telling")
        days = (-1, 2, 9)
        return [
            Due(f"{day}d", day, SAM, f"Visit in {day}", "Soon.", NOW + day * DAY) for day in days
        ]

    for name in list(KINDS):
        monkeypatch.delitem(KINDS, name)
    monkeypatch.setitem(KINDS, "visit", Kind("visit", due=due, label="Visit coming up"))

    page = page_of(client, "sending")
    assert "Visit coming up" in page
    assert "Visit in 2" in page
    assert "Visit in -1" not in page
    assert "Visit in 9" not in page
    assert Message.objects.count() == 0

    client.post(reverse("notifications:switch_on"))
    assert TrustSettings.objects.get().sending_on_since == NOW
    assert "Switch sending off" in page_of(client, "sending")

    client.post(reverse("notifications:switch_off"))
    assert TrustSettings.objects.get().sending_on_since is None


def test_local_mail_is_read_by_anyone_in_the_demonstration(settings: Any, tmp_path: Any) -> None:
    settings.EMAIL_FILE_PATH = str(tmp_path)
    write_local_mail("1.log", "The oldest")
    write_local_mail("2.log", "An older one", "The newest")

    page = page_of(Client(), "local_mail")
    positions = [page.index(each) for each in ("The newest", "An older one", "The oldest")]
    assert positions == sorted(positions)
    assert "Zoë, this is The newest." in page_of(Client(), "local_mail_message", "2.log", 2)


def test_local_mail_opens_nothing_but_its_mails(settings: Any, tmp_path: Any) -> None:
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    write_local_mail("1.log")
    (tmp_path / "secret.log").write_text("Subject: secret\n\nsecret")

    for name, number in (("..%2Fsecret.log", 1), ("1.log", 2), ("none.log", 1)):
        url = f"{reverse('notifications:local_mail')}{name}/{number}/"
        assert Client().get(url).status_code == 404


def test_there_is_no_local_mail_in_production(settings: Any) -> None:
    settings.SHOWS_LOCAL_MAIL = False
    name = write_local_mail("1.log")

    assert Client().get(reverse("notifications:local_mail")).status_code == 404
    url = reverse("notifications:local_mail_message", args=[name, 1])
    assert Client().get(url).status_code == 404


def test_empty_lists_say_what_to_do_next(client: Client, trust: TrustSettings) -> None:
    assert "No messages here." in page_of(client, "list")
    assert "Nobody to ring now." in page_of(client, "calls")
    assert "No letters to post now." in page_of(client, "letters")


def test_a_confined_kind_is_listed_and_counted_nowhere(
    client: Client, trust: TrustSettings, waiting: Waiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(KINDS, "inner", Kind("inner", label="An inner matter", is_confined=True))
    hidden = waiting(recipient_name="Olu Officer", kind="inner", state="failed")

    page = page_of(client, "list")

    assert "Olu Officer" not in page
    assert "An inner matter" not in page
    assert todo(NOW).failed == 0
    assert client.get(reverse("notifications:detail", args=[hidden.pk])).status_code == 404
    assert "An inner matter" not in page_of(client, "sending")
