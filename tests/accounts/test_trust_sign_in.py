"""Staff sign in through the trust's own server, from the button to home and back."""

import importlib
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import clear_url_caches, reverse

import accounts.urls
import lxr_portal.urls
from accounts.models import User
from lxr_portal.settings import trust_sign_in
from tests.accounts.trust_server import CLIENT_ID, CLIENT_SECRET, TrustServer, running
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust_server() -> Iterator[TrustServer]:
    with running() as server:
        yield server


@pytest.fixture(autouse=True)
def _configured(
    trust_server: TrustServer, settings: Any, monkeypatch: pytest.MonkeyPatch, trust: Any
) -> Iterator[None]:
    """As the table of settings in the README says."""
    monkeypatch.setenv("OIDC_SERVER_URL", trust_server.address)
    monkeypatch.setenv("OIDC_CLIENT_ID", CLIENT_ID)
    monkeypatch.setenv("OIDC_CLIENT_SECRET", CLIENT_SECRET)
    settings.SOCIALACCOUNT_PROVIDERS = trust_sign_in.providers()
    _load_urls()
    yield
    settings.SOCIALACCOUNT_PROVIDERS = {}
    _load_urls()


def _load_urls() -> None:
    importlib.reload(accounts.urls)
    importlib.reload(lxr_portal.urls)
    clear_url_caches()


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def press_the_button(client: Client) -> Any:
    page = client.get(reverse("account_login"))
    assert "Sign in with your trust account" in text(page)
    return client.post(reverse("openid_connect_login", args=["trust"]))


def sign_in_there(response: Any) -> str:
    """Follow the browser to the trust's server; where that sends it back to."""
    assert response.status_code == 302
    there = urlsplit(response["Location"])
    connection = HTTPConnection(there.netloc, timeout=10)
    connection.request("GET", f"{there.path}?{there.query}")
    back = connection.getresponse().headers["Location"]
    connection.close()
    return back.removeprefix("http://testserver")


def come_in(client: Client, email: str, trust_server: TrustServer, **more: Any) -> Any:
    trust_server.person = {"sub": f"id of {email}", "email": email, "name": "Sam Reed", **more}
    return client.get(sign_in_there(press_the_button(client)), follow=True)


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_staff_with_a_known_address_are_in(client: Client, trust_server: TrustServer) -> None:
    user = UserFactory(email="sam@trust.example.org", name="Sam", roles=["coordinator"])

    page = come_in(client, "Sam@Trust.example.org", trust_server)

    assert page.wsgi_request.user == user
    assert page.redirect_chain[-1][0] == reverse("home")
    assert User.objects.count() == 1
    assert SocialAccount.objects.get().user == user


def test_who_came_before_is_known_also_by_another_address(
    client: Client, trust_server: TrustServer
) -> None:
    user = UserFactory(email="sam@trust.example.org", roles=["coordinator"])
    come_in(client, "sam@trust.example.org", trust_server, sub="1")
    client.post(reverse("account_logout"))
    assert not is_in(client)

    page = come_in(client, "sam.new@trust.example.org", trust_server, sub="1")

    assert page.wsgi_request.user == user
    user.refresh_from_db()
    assert user.email == "sam@trust.example.org"


@pytest.mark.parametrize(
    ("account", "told"),
    [
        (None, {}),
        ({"roles": ["lxr"]}, {}),
        ({"roles": ["coordinator"], "is_active": False}, {}),
        ({"roles": ["coordinator"]}, {"email_verified": False}),
    ],
)
def test_everyone_else_is_told_clearly_and_gets_no_account(
    client: Client,
    trust_server: TrustServer,
    account: dict[str, Any] | None,
    told: dict[str, Any],
) -> None:
    if account is not None:
        UserFactory(email="sam@trust.example.org", **account)
    before = User.objects.count()

    page = come_in(client, "sam@trust.example.org", trust_server, **told)

    assert not is_in(client)
    assert page.redirect_chain[-1][0] == reverse("account_login")
    assert "Your trust account has no account here. Ask an administrator for one." in text(page)
    assert (User.objects.count(), SocialAccount.objects.count()) == (before, 0)


def test_who_was_in_before_and_lost_the_role_is_refused(
    client: Client, trust_server: TrustServer
) -> None:
    user = UserFactory(email="sam@trust.example.org", roles=["coordinator"])
    come_in(client, "sam@trust.example.org", trust_server)
    client.post(reverse("account_logout"))
    User.objects.filter(pk=user.pk).update(is_active=False)

    page = come_in(client, "sam@trust.example.org", trust_server)

    assert not is_in(client)
    assert "has no account here" in text(page)


def test_who_stops_there_is_told_so(client: Client, trust_server: TrustServer) -> None:
    trust_server.refuses = True

    page = come_in(client, "sam@trust.example.org", trust_server)

    assert not is_in(client)
    assert "You are not signed in" in text(page)
    assert reverse("account_login") in text(page)


@pytest.mark.parametrize("name", ["socialaccount_login_error", "socialaccount_login_cancelled"])
def test_pages_of_a_sign_in_that_failed_can_be_opened(client: Client, name: str) -> None:
    assert "You are not signed in" in text(client.get(reverse(name)))


def test_token_for_another_client_opens_nothing(client: Client, trust_server: TrustServer) -> None:
    UserFactory(email="sam@trust.example.org", roles=["coordinator"])
    trust_server.audience = "another-client"

    page = come_in(client, "sam@trust.example.org", trust_server)

    assert not is_in(client)
    assert "You are not signed in" in text(page)


def test_answer_that_nobody_asked_for_opens_nothing(
    client: Client, trust_server: TrustServer
) -> None:
    UserFactory(email="sam@trust.example.org", roles=["coordinator"])
    trust_server.person = {"sub": "1", "email": "sam@trust.example.org"}
    back = sign_in_there(press_the_button(Client()))

    page = client.get(back, follow=True)

    assert not is_in(client)
    assert "You are not signed in" in text(page)


def test_server_that_cannot_be_reached_breaks_no_page(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OIDC_SERVER_URL", "http://127.0.0.1:1")
    settings.SOCIALACCOUNT_PROVIDERS = trust_sign_in.providers()

    response = press_the_button(client)

    assert response["Location"] == reverse("account_login")
    page = client.get(response["Location"])
    assert "Your trust’s sign-in cannot be reached now." in text(page)


def test_address_of_the_button_opened_by_hand_leads_to_the_sign_in_page(client: Client) -> None:
    response = client.get(reverse("openid_connect_login", args=["trust"]))

    assert response["Location"] == reverse("account_login")
