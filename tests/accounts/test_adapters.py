"""The trust's own sign-in opens existing staff accounts, and makes none."""

from types import SimpleNamespace
from typing import Any

import pytest
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest
from django.test import RequestFactory

from accounts.adapters import SignInAdapter, StaffSignInAdapter
from accounts.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_() -> HttpRequest:
    request = RequestFactory().get("/account/oidc/trust/login/callback/")
    request.session = {}  # type: ignore[assignment]
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    return request


def coming_from_trust(email: str, known: User | None = None) -> Any:
    connected: list[User] = []
    return SimpleNamespace(
        user=known or User(email=email),
        account=SimpleNamespace(extra_data={"userinfo": {"email": email}}),
        is_existing=known is not None,
        connected=connected,
        connect=lambda request, user: connected.append(user),
    )


def test_open_staff_account_with_the_address_is_connected(request_: HttpRequest) -> None:
    user = UserFactory(email="sam@trust.example.org", roles=["coordinator"])
    login = coming_from_trust("Sam@Trust.example.org")

    StaffSignInAdapter().pre_social_login(request_, login)

    assert login.connected == [user]


def test_account_that_came_before_is_let_in(request_: HttpRequest) -> None:
    user = UserFactory(email="sam@trust.example.org", roles=["coordinator"])
    login = coming_from_trust("", user)

    StaffSignInAdapter().pre_social_login(request_, login)

    assert login.connected == []


@pytest.mark.parametrize(
    ("roles", "active"), [(["lxr"], True), ([], True), (["coordinator"], False), (None, True)]
)
def test_everyone_else_is_sent_back(
    request_: HttpRequest, roles: list[str] | None, active: bool
) -> None:
    if roles is not None:
        UserFactory(email="sam@trust.example.org", roles=roles, is_active=active)

    with pytest.raises(ImmediateHttpResponse) as refusal:
        StaffSignInAdapter().pre_social_login(request_, coming_from_trust("sam@trust.example.org"))

    assert refusal.value.response["Location"] == "/account/login/"
    assert [str(message) for message in get_messages(request_)] == [
        "Your trust account has no account here. Ask an administrator for one."
    ]


def test_nobody_signs_up(request_: HttpRequest) -> None:
    assert StaffSignInAdapter().is_open_for_signup(request_, None) is False
    assert SignInAdapter().is_open_for_signup(request_) is False
