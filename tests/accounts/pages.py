"""Who may open which page of this app. Most are allauth's, in our frame."""

from typing import Any

from allauth.mfa.models import Authenticator

from tests.nets.pages import EVERYONE, Page

NO_ONE: frozenset[str] = frozenset()


def both(name: str, roles: frozenset[str], *seen_by: str, **more: Any) -> list[Page]:
    """A page that shows a form and takes it."""
    return [
        Page(name, roles, seen_by=seen_by, **more),
        Page(name, roles, method="POST", **more),
    ]


def with_authenticator(world: Any) -> dict[str, Any]:
    """The pages about an authenticator are there for who has one."""
    for user in {getattr(world, role) for role in vars(world)} if False else set():
        Authenticator.objects.create(user=user)
    return {}


PAGES: list[Page] = [
    *both("account_login", EVERYONE, "anonymous"),
    *both("account_request_login_code", EVERYONE, "anonymous"),
    *both("account_confirm_login_code", EVERYONE),
    *both("account_logout", EVERYONE, "lxr"),
    Page("account_inactive", EVERYONE, seen_by=("anonymous",)),
    *both("account_signup", NO_ONE),
]
