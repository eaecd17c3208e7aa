"""The frame of a page: ways by permission, the current one marked."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from accounts.permissions import ROLES
from programme.navigation import site
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def frame(user: Any, path: str = "/") -> dict[str, Any]:
    request = RequestFactory().get(path)
    request.user = user
    shown: dict[str, Any] = site(request)["site"]
    return shown


def texts(*roles: str) -> list[str]:
    return [line["text"] for line in frame(UserFactory(roles=list(roles)))["navigation"]]


WAYS = {
    "lxr": ["My next visit", "My visits", "My training", "My checks", "My feedback", "About me"],
    "visit_lead": ["Home", "My visits"],
    "observer": ["Home", "Figures"],
    "second_approver": ["Home", "Approvals"],
    "governance": ["Home", "Access log", "Retention"],
}


@pytest.mark.parametrize("role", WAYS)
def test_ways_follow_the_roles(role: str) -> None:
    assert texts(role) == WAYS[role]


def test_nobody_sees_a_way_twice() -> None:
    all_of_it = texts(*[role.key for role in ROLES if role.key != "lxr"])

    assert len(all_of_it) == len(set(all_of_it))


def test_stranger_has_no_ways_but_the_team_to_ask() -> None:
    shown = frame(AnonymousUser())

    assert "navigation" not in shown
    assert shown["team"]["phone"] == "020 7946 0100"


def test_demonstration_leads_to_the_codes_and_production_does_not(settings: Any) -> None:
    assert frame(AnonymousUser())["local_mail_url"] == "/messages/local-mail/"
    assert "local_mail_url" not in frame(UserFactory())

    settings.SHOWS_LOCAL_MAIL = False
    assert "local_mail_url" not in frame(AnonymousUser())


def test_user_without_roles_has_an_account_and_no_ways() -> None:
    shown = frame(UserFactory(name="Sam Hill"))

    assert shown["navigation"] == []
    assert shown["account"]["name"] == "Sam Hill"


@pytest.mark.parametrize(
    ("path", "current"),
    [("/", ["Home"]), ("/reviews/5/", ["Reviews"]), ("/account/2fa/", [])],
)
def test_line_of_this_part_is_current(path: str, current: list[str]) -> None:
    lines = frame(UserFactory(roles=["coordinator"]), path)["navigation"]

    assert [line["text"] for line in lines if line["current"]] == current
