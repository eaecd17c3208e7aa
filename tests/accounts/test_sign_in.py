"""Signing in: by code, by password, with an authenticator; for how long; and what strangers see."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import User
from notifications.models import Message
from tests.authenticator import code_shown
from tests.conftest import signed_in_client
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("trust")]
PASSWORD = "three-random-words"
HOUR = 3600


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def lxr() -> User:
    return UserFactory(email="ada@example.org", roles=["lxr"])


@pytest.fixture
def coordinator() -> User:
    user = UserFactory(email="sam@trust.example.org", roles=["coordinator"])
    user.set_password(PASSWORD)
    user.save()
    return user


def sent_code() -> str:
    """The code in the newest message."""
    body = Message.objects.latest("id").body
    found = re.search(r"\b([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\b", body)
    assert found, body
    return found[1]


def ask_for_code(client: Client, email: str, **sends: str) -> Any:
    return client.post(reverse("account_request_login_code"), {"email": email, **sends})


def confirm(client: Client, code: str) -> Any:
    return client.post(reverse("account_confirm_login_code"), {"code": code})


def signed_in_as(client: Client) -> int | None:
    user_id = client.session.get("_auth_user_id")
    return int(user_id) if user_id else None


def test_lxr_signs_in_with_a_code_and_no_password(client: Client, lxr: User) -> None:
    asked = ask_for_code(client, "ADA@example.org")
    assert (asked.status_code, asked["Location"]) == (302, reverse("account_confirm_login_code"))

    answer = confirm(client, sent_code())

    assert (answer.status_code, answer["Location"]) == (302, reverse("home"))
    assert signed_in_as(client) == lxr.pk
    assert client.session.get_expire_at_browser_close() is True


def test_ticked_device_is_remembered_for_90_days(client: Client, lxr: User) -> None:
    ask_for_code(client, lxr.email, remember="on")
    confirm(client, sent_code())

    assert client.session.get_expire_at_browser_close() is False
    assert client.session.get_expiry_age() == pytest.approx(90 * 24 * HOUR, abs=60)


def test_wrong_code_is_told_and_the_third_ends_it(client: Client, lxr: User) -> None:
    ask_for_code(client, lxr.email)

    for _ in range(2):
        answer = confirm(client, "WRONG-1")
        assert answer.status_code == 200
        assert b"This is not the code we sent" in answer.content
    assert confirm(client, "WRONG-1").status_code == 302
    assert confirm(client, sent_code()).status_code == 302
    assert signed_in_as(client) is None


def test_code_is_too_old_after_15_minutes(client: Client, lxr: User) -> None:
    ask_for_code(client, lxr.email)
    code = sent_code()

    with time_machine.travel(timedelta(minutes=16)):
        confirm(client, code)

    assert signed_in_as(client) is None


def test_unknown_and_closed_addresses_look_the_same_and_get_no_mail(client: Client) -> None:
    UserFactory(email="known@example.org", roles=["lxr"])
    UserFactory(email="closed@example.org", roles=["lxr"], is_active=False)

    pages = {}
    for email in ("known@example.org", "nobody@example.org", "closed@example.org"):
        stranger = Client()
        asked = ask_for_code(stranger, email)
        page = stranger.get(asked["Location"])
        text = re.sub(r'value="[^"]*"|nonce="[^"]*"', "", page.content.decode())
        pages[text.replace(email, "ADDRESS")] = asked["Location"]

    assert len(pages) == 1
    assert Message.objects.count() == 1


def test_new_code_replaces_the_first(client: Client, lxr: User) -> None:
    ask_for_code(client, lxr.email)
    first = sent_code()
    again = client.post(reverse("account_confirm_login_code"), {"action": "resend"})
    assert again.status_code == 302

    confirm(client, first)
    assert signed_in_as(client) is None
    confirm(client, sent_code())
    assert signed_in_as(client) == lxr.pk


def test_codes_are_limited_by_address(client: Client, lxr: User) -> None:
    for _ in range(3):
        assert ask_for_code(Client(), lxr.email).status_code == 302

    refused = ask_for_code(Client(), lxr.email)

    assert refused.status_code == 200
    assert b"That was too often" in refused.content


@pytest.mark.parametrize("email", ["", "a\0b@example.org", "\ud800@example.org", "x" * 300])
def test_nonsense_addresses_are_form_errors(client: Client, email: str) -> None:
    data = f"email={email}".encode("utf-8", "surrogatepass")

    answer = client.post(
        reverse("account_request_login_code"),
        data,
        content_type="application/x-www-form-urlencoded",
    )

    assert answer.status_code in {200, 302}
    assert signed_in_as(client) is None


def test_staff_sign_in_with_a_password_for_twelve_hours(client: Client, coordinator: User) -> None:
    answer = client.post(
        reverse("account_login"), {"login": coordinator.email, "password": PASSWORD}
    )

    assert answer.status_code == 302
    assert signed_in_as(client) == coordinator.pk
    assert client.session.get_expiry_age() == pytest.approx(12 * HOUR, abs=60)


def test_staff_session_ends_after_twelve_hours_of_work_too(
    client: Client, coordinator: User
) -> None:
    client.post(reverse("account_login"), {"login": coordinator.email, "password": PASSWORD})
    with time_machine.travel(timedelta(hours=11)):
        assert client.get(reverse("mfa_index")).status_code == 200
    with time_machine.travel(timedelta(hours=13)):
        assert client.get(reverse("mfa_index")).status_code == 302


def test_wrong_password_says_the_same_for_unknown_people(client: Client, coordinator: User) -> None:
    for email in (coordinator.email, "nobody@example.org"):
        answer = client.post(reverse("account_login"), {"login": email, "password": "wrong"})
        assert answer.status_code == 200
        assert b"The email address or the password is not right." in answer.content
    assert signed_in_as(client) is None


def test_wrong_passwords_are_limited(client: Client, coordinator: User) -> None:
    for _ in range(6):
        answer = client.post(
            reverse("account_login"), {"login": coordinator.email, "password": "wrong"}
        )

    assert b"That was too often" in answer.content


def test_code_by_email_does_not_get_around_the_authenticator(client: Client) -> None:
    officer = UserFactory(email="officer@trust.example.org", roles=["checks_officer"])
    secret = generate_totp_secret()
    TOTP.activate(officer, secret)
    ask_for_code(client, officer.email)

    half = confirm(client, sent_code())
    assert half["Location"] == reverse("mfa_authenticate")
    assert signed_in_as(client) is None
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert (wrong.status_code, signed_in_as(client)) == (200, None)

    client.post(reverse("mfa_authenticate"), {"code": code_shown(secret)})
    assert signed_in_as(client) == officer.pk
    assert client.session.get_expiry_age() == pytest.approx(12 * HOUR, abs=60)


def test_password_does_not_get_around_the_authenticator(client: Client, coordinator: User) -> None:
    TOTP.activate(coordinator, generate_totp_secret())

    half = client.post(reverse("account_login"), {"login": coordinator.email, "password": PASSWORD})

    assert half["Location"] == reverse("mfa_authenticate")
    assert signed_in_as(client) is None


@pytest.mark.parametrize("role", ["checks_officer", "administrator", "second_approver"])
def test_roles_that_need_an_authenticator_set_it_up_first(role: str, settings: Any) -> None:
    settings.HOLDS_DEMONSTRATION = False
    user = UserFactory(roles=[role])
    client = signed_in_client(user)
    set_up = reverse("mfa_activate_totp")

    for name in ("home", "mfa_index", "checks:list"):
        answer = client.get(reverse(name))
        assert (answer.status_code, answer["Location"]) == (302, set_up)
    page = client.get(set_up)
    secret = page.context["form"].secret
    assert page.status_code == 200

    done = client.post(set_up, {"code": code_shown(secret)})

    assert done["Location"] == reverse("mfa_view_recovery_codes")
    assert client.get(reverse("mfa_index")).status_code == 200


def test_other_roles_and_the_demonstration_are_not_asked(settings: Any) -> None:
    administrator = UserFactory(roles=["administrator"])
    assert signed_in_client(administrator).get(reverse("mfa_index")).status_code == 200

    settings.HOLDS_DEMONSTRATION = False
    coordinator = UserFactory(roles=["coordinator"])
    assert signed_in_client(coordinator).get(reverse("mfa_index")).status_code == 200


def test_authenticator_secret_stands_encrypted() -> None:
    user = UserFactory(roles=["administrator"])
    secret = generate_totp_secret()
    TOTP.activate(user, secret)

    stored = Authenticator.objects.get(user=user).data["secret"]

    assert stored.startswith("enc:")
    assert secret not in stored
    assert Authenticator.objects.get(user=user).wrap().validate_code(code_shown(secret))


def test_who_must_have_an_authenticator_cannot_remove_it() -> None:
    user = UserFactory(roles=["administrator"])
    TOTP.activate(user, generate_totp_secret())

    answer = signed_in_client(user).post(reverse("mfa_deactivate_totp"))

    assert b"Your role needs an authenticator" in answer.content
    assert Authenticator.objects.filter(user=user).exists()


def test_reset_link_sets_a_password_once(client: Client, coordinator: User) -> None:
    sent = client.post(reverse("account_reset_password"), {"email": coordinator.email})
    assert sent["Location"] == reverse("account_reset_password_done")
    link = re.search(r"http://testserver(/\S+)", Message.objects.latest("id").body)
    assert link
    form = client.get(link[1])
    new = {"password1": "four more random words", "password2": "four more random words"}

    done = client.post(form["Location"], new)

    assert done["Location"] == reverse("account_reset_password_from_key_done")
    coordinator.refresh_from_db()
    assert coordinator.check_password("four more random words")
    assert b"This link does not work any more" in Client().get(link[1]).content


def test_sign_up_is_closed(client: Client) -> None:
    assert signed_in_client(UserFactory()).get("/account/signup/").status_code == 404
    assert client.post("/account/signup/", {"email": "x@example.org"}).status_code == 302
    assert not User.objects.filter(email="x@example.org").exists()


@pytest.mark.parametrize(
    "path",
    [
        "email/",
        "confirm-email/",
        "3rdparty/",
        "3rdparty/signup/",
        "2fa/webauthn/",
        "social/signup/",
    ],
)
def test_pages_of_allauth_that_are_not_used_do_not_exist(path: str) -> None:
    assert signed_in_client(UserFactory()).get(f"/account/{path}").status_code == 404


def test_closed_account_is_out_at_once(coordinator: User) -> None:
    client = signed_in_client(coordinator)
    assert client.get(reverse("mfa_index")).status_code == 200

    User.objects.filter(pk=coordinator.pk).update(is_active=False)

    assert client.get(reverse("mfa_index")).status_code == 302


def test_cache_that_is_down_breaks_no_sign_in(
    client: Client, lxr: User, coordinator: User, settings: Any
) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "nhsuk.cache.ForgivingRedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }

    assert client.get(reverse("account_login")).status_code == 200
    ask_for_code(client, lxr.email)
    confirm(client, sent_code())
    assert signed_in_as(client) == lxr.pk

    other = Client()
    other.post(reverse("account_login"), {"login": coordinator.email, "password": PASSWORD})
    assert signed_in_as(other) == coordinator.pk
