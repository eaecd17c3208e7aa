"""An administrator looks after accounts and lookups, and meets nobody's checks or words there."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from playwright.sync_api import Page, expect

from accounts.models import User
from audit.models import Event
from tests.authenticator import code_shown
from tests.factories import AnswerFactory, AssessmentFactory, ServiceFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "three-random-words"
NOT_THERE = ("check", "assessment", "clearance", "feedback", "answer", "message", "event", "secret")


@pytest.fixture
def administrator(trust: Any, settings: Any) -> Any:
    """With a password and an authenticator app, as a portal in use asks of them."""
    settings.HOLDS_DEMONSTRATION = False
    cache.clear()
    user: Any = UserFactory(email="root@trust.example.org", roles=["administrator"])
    user.set_password(PASSWORD)
    user.save()
    user.secret = generate_totp_secret()
    TOTP.activate(user, user.secret)
    return user


def test_administrator_signs_in_gives_a_role_and_finds_a_service(
    browser_as: Callable[..., Page], width: int, administrator: Any
) -> None:
    # Given an observer, some services, and things that are no administrator's business
    observer: User = UserFactory(name="Olive Park", roles=["observer"])
    ServiceFactory(name="Larch Ward")
    ServiceFactory(name="Memory Clinic")
    AssessmentFactory()
    AnswerFactory(comment="Kind words")
    page = browser_as(None, width=width)

    # When an administrator opens the administration and signs in at the portal's own door
    page.goto("/admin/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.get_by_text("I work for the trust and have a password").click()
    page.get_by_label("Email address").last.fill(administrator.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    code = code_shown(administrator.secret, for_seconds=10)
    page.get_by_label(re.compile("code", re.IGNORECASE)).first.fill(code)
    page.get_by_role("button", name=re.compile("^(Sign in|Continue)$")).click()

    # Then they are where they wanted to go, and it lists accounts, lookups and names alone
    expect(page.get_by_role("heading", name="What administrators look after")).to_be_visible()
    listed = page.locator("#content-main th a").all_inner_texts()
    assert listed == [
        "Users",
        "Directorates",
        "Role variants",
        "Service contacts",
        "Services",
        "Sites",
        "Staff members",
        "Reviewers",
    ]
    text = page.locator("#content-main").inner_text().lower()
    assert [word for word in NOT_THERE if word in text] == []

    # When they give the observer one more role
    page.get_by_role("link", name="Users", exact=True).first.click()
    page.get_by_role("link", name="Olive Park").click()
    page.get_by_label(re.compile("Governance: ")).check()
    page.get_by_role("button", name="Save", exact=True).click()

    # Then the observer holds it, and the trail says who gave it
    expect(page.locator(".success")).to_contain_text("Olive Park")
    observer.refresh_from_db()
    assert observer.roles == ["observer", "governance"]
    event = Event.objects.get(action="changed roles")
    assert (event.actor_id, event.object_id) == (administrator.pk, str(observer.pk))

    # When they look for a service by a part of its name
    page.goto("/admin/organisation/service/")
    page.locator("#searchbar").fill("larch")
    page.get_by_role("button", name="Search").click()

    # Then it alone is found
    rows = page.locator("#result_list tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Larch Ward")

    # And pages of what is not theirs are not there
    for path in ("/admin/checks/dbscheck/", "/admin/feedback/answer/", "/checks/", "/feedback/"):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 404, path
