"""Signing in, as people do it: from a phone with a code, at a desk with a password."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from playwright.sync_api import Page, expect

from notifications.models import Message
from tests.factories import ReviewerFactory, UserFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("trust"),
]
PASSWORD = "three-random-words"
Opens = Callable[..., Page]


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def emailed_code() -> str:
    found = re.search(r"\b([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\b", Message.objects.latest("id").body)
    assert found
    return found[1]


def test_lxr_signs_in_with_a_code_by_email(browser_as: Opens, width: int) -> None:
    # Given somebody in the programme who has no password
    ReviewerFactory(email="ada@example.org", first_name="Ada")
    page = browser_as(None, width=width)

    # When they ask for a code and enter a wrong one
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.get_by_label("Email address").first.fill("ada@example.org")
    page.get_by_role("button", name="Email me a code").click()
    page.get_by_label("Code", exact=True).fill("WRONG")
    page.get_by_role("button", name="Sign in").click()

    # Then the page says so, in its title too
    expect(page.get_by_role("alert")).to_contain_text("This is not the code we sent")
    expect(page).to_have_title(re.compile("^Error: "))

    # When they enter the one they were sent
    page.get_by_label("Code", exact=True).fill(emailed_code())
    page.get_by_role("button", name="Sign in").click()

    # Then they are at their own start page, and can sign out
    expect(page).to_have_url(re.compile(r"/$"))
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Sign in")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_coordinator_signs_in_with_a_password(browser_as: Opens, width: int) -> None:
    # Given a coordinator with a password
    user: Any = UserFactory(email="sam@trust.example.org", roles=["coordinator"], name="Sam Hill")
    user.set_password(PASSWORD)
    user.save()
    page = browser_as(None, width=width)

    # When they open a page of the portal and sign in with a wrong password
    page.goto("/reviews/")
    page.get_by_text("I work for the trust and have a password").click()
    page.get_by_label("Email address").last.fill("sam@trust.example.org")
    page.get_by_label("Password", exact=True).fill("wrong")
    page.get_by_role("button", name="Sign in").click()

    # Then they are told, and the password form is still open
    expect(page.get_by_role("alert")).to_contain_text("the password is not right")

    # When they use the right one
    page.get_by_label("Email address").last.fill("sam@trust.example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()

    # Then they are on the page they wanted
    expect(page).to_have_url(re.compile(r"/reviews/$"))
    expect(page.get_by_role("link", name="Sam Hill")).to_have_count(1)


def test_checks_officer_sets_up_an_authenticator_first(
    browser_as: Opens, settings: Any, width: int
) -> None:
    # Given a portal that is not the demonstration, and a checks officer without an authenticator
    settings.HOLDS_DEMONSTRATION = False
    user: Any = UserFactory(email="officer@trust.example.org", roles=["checks_officer"])
    page = browser_as(user, width=width)

    # When they open any page
    page.goto("/checks/")

    # Then they are asked to set one up
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up an authenticator app")
    secret = page.locator("code").inner_text().replace(" ", "")
    counter = next(iter(yield_hotp_counters_from_time()))
    page.get_by_label("The 6-digit code").fill(format_hotp_value(hotp_value(secret, counter)))
    page.get_by_role("button", name="Set up the authenticator").click()

    # And they get recovery codes, and the portal opens
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    expect(page.locator("li code")).to_have_count(10)
    page.goto("/checks/")
    expect(page).to_have_url(re.compile(r"/checks/"))


def test_administrator_looks_after_users_in_the_django_admin(browser_as: Opens) -> None:
    # Given an administrator and an observer
    administrator: Any = UserFactory(email="root@trust.example.org", roles=["administrator"])
    observer: Any = UserFactory(name="Olive Park", roles=["observer"])
    page = browser_as(administrator)

    # When they find the observer and give them another role
    page.goto("/admin/")
    page.get_by_role("link", name="Users", exact=True).click()
    page.get_by_role("link", name="Olive Park").click()
    page.get_by_label(re.compile("Governance: ")).check()
    page.get_by_role("button", name="Save", exact=True).click()

    # Then the observer holds both, and nothing in the browser complained about the CSP
    expect(page.locator(".success")).to_contain_text("Olive Park")
    observer.refresh_from_db()
    assert observer.roles == ["observer", "governance"]

    # And a form with autocomplete opens cleanly too
    page.goto("/admin/organisation/service/add/")
    expect(page.get_by_role("heading", name="Add service")).to_be_visible()
