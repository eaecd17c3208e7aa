"""Sign-in codes and new passwords go through the outbox."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from notifications.delivery import deliver
from notifications.models import Message
from tests.factories import NOW, UserFactory

pytestmark = pytest.mark.django_db


def ask_for_code(client: Client, email: str) -> Any:
    return client.post(reverse("account_request_login_code"), {"email": email})


@pytest.fixture
def at_ten(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


def test_sign_in_code_is_an_urgent_secret_message(at_ten: None, client: Client) -> None:
    user = UserFactory(email="sam@example.org", roles=["lxr"])

    assert ask_for_code(client, "Sam@example.org").status_code == 302

    message = Message.objects.get()
    assert (message.is_urgent, message.is_secret, message.state) == (True, True, "waiting")
    assert (message.recipient_kind, message.recipient_id) == ("user", user.pk)
    assert message.subject == "Your sign-in code"
    assert message.too_late_at == NOW + timedelta(minutes=15)
    assert mail.outbox == []


def test_code_from_the_email_signs_in_and_no_copy_is_left(
    at_ten: None, client: Client, settings: Any
) -> None:
    settings.LOGIN_REDIRECT_URL = "/"
    UserFactory(email="sam@example.org", roles=["lxr"])
    ask_for_code(client, "sam@example.org")

    deliver(clock=lambda: NOW)

    found = re.search(r"code is:\n\n(\S+)\n", str(mail.outbox[0].body))
    assert found
    assert Message.objects.get().body == ""
    client.post(reverse("account_confirm_login_code"), {"code": found.group(1)})
    assert "_auth_user_id" in client.session


def test_unknown_address_gets_no_mail_and_the_same_page(at_ten: None, client: Client) -> None:
    UserFactory(email="sam@example.org")

    known = ask_for_code(client, "sam@example.org")
    unknown = ask_for_code(Client(), "stranger@example.org")

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert Message.objects.count() == 1


def test_new_password_link_goes_through_the_outbox(at_ten: None, client: Client) -> None:
    UserFactory(email="lee@trust.example.org", roles=["coordinator"])

    client.post(reverse("account_reset_password"), {"email": "lee@trust.example.org"})

    message = Message.objects.get()
    assert (message.subject, message.is_secret) == ("Choose a new password", True)
    assert "http://testserver/account/password/reset/key/" in message.body


def test_nobody_signs_up(client: Client) -> None:
    response = client.post(
        reverse("account_signup"), {"email": "new@example.org", "password1": "a long password 1"}
    )

    assert response.status_code in {200, 302, 404}
    assert "_auth_user_id" not in client.session
    assert Message.objects.count() == 0
