"""A private page asks for a fresh code when the sign-in was a while ago."""

import re

import pytest
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path, reverse

from accounts.access import signed_in
from accounts.fresh import fresh_sign_in
from notifications.models import Message
from tests.conftest import signed_in_client
from tests.factories import UserFactory


@signed_in
@fresh_sign_in
def private(request: HttpRequest) -> HttpResponse:
    return HttpResponse("private")


urlpatterns = [path("private/", private, name="private"), path("", include("lxr_portal.urls"))]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls(__name__),
    pytest.mark.usefixtures("trust"),
]
LONG_AGO = 16 * 60


@pytest.fixture
def stale() -> Client:
    cache.clear()
    return signed_in_client(UserFactory(roles=["lxr"]), seconds_ago=LONG_AGO)


def sent_code() -> str:
    found = re.search(r"\b([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\b", Message.objects.latest("id").body)
    assert found
    return found[1]


def test_recent_sign_in_opens_the_page() -> None:
    assert signed_in_client(UserFactory()).get("/private/").content == b"private"


def test_old_sign_in_is_asked_for_a_code_and_comes_back(stale: Client) -> None:
    asked = stale.get("/private/?a=1")
    assert asked["Location"] == f"{reverse('accounts:fresh')}?next=%2Fprivate%2F%3Fa%3D1"
    assert stale.get(asked["Location"]).status_code == 200
    assert Message.objects.count() == 0  # looking sends nothing

    sent = stale.post(asked["Location"])
    assert stale.get(sent["Location"]).status_code == 200
    done = stale.post(sent["Location"], {"code": sent_code().lower()})

    assert done["Location"] == "/private/?a=1"
    assert stale.get("/private/").content == b"private"


def test_wrong_codes_end_after_three(stale: Client) -> None:
    sent = stale.post(reverse("accounts:fresh"))
    for _ in range(2):
        wrong = stale.post(sent["Location"], {"code": "WRONG"})
        assert b"This is not the code we sent" in wrong.content

    assert stale.post(sent["Location"], {"code": "WRONG"})["Location"] == reverse("accounts:fresh")
    assert stale.post(sent["Location"], {"code": sent_code()}).status_code == 302
    assert stale.get("/private/").status_code == 302


def test_code_stands_nowhere_in_the_session(stale: Client) -> None:
    stale.post(reverse("accounts:fresh"))

    assert sent_code() not in str(dict(stale.session))


def test_codes_are_limited(stale: Client) -> None:
    for _ in range(3):
        assert stale.post(reverse("accounts:fresh")).status_code == 302

    refused = stale.post(reverse("accounts:fresh"))

    assert b"That was too often" in refused.content


def test_other_addresses_are_not_gone_to(stale: Client) -> None:
    sent = stale.post(f"{reverse('accounts:fresh')}?next=https://elsewhere.example/")

    assert sent["Location"] == reverse("accounts:confirm-fresh")
