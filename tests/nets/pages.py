"""The table of pages: what each URL is, who may open it, and what it costs.

Every app's rows stand in ``tests/<app>/pages.py`` as ``PAGES``. A URL without a row fails the role
net; a row for a page is opened by the browser net; a list or detail row carries its query count.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

APPS = (
    "accounts", "jobs", "organisation", "notifications", "reviewers", "checks", "training",
    "reviews", "feedback", "insights", "programme", "nhsuk",
)  # fmt: skip

EVERYONE = frozenset({"anonymous"})
"""Open without sign-in; whoever signed in may open it too."""

SIGNED_IN = frozenset({"signed in"})
"""Open to everyone who signed in, whatever their roles."""


@dataclass(frozen=True)
class Page:
    """One URL name and method.

    ``roles``: who gets through; everyone else gets "not found" (or the sign-in page when nobody is
    signed in). ``kwargs``: the URL's arguments, from the world of ``tests/nets/world.py``.
    ``other``: arguments that name somebody else's object, not found even for the roles that may
    open their own. ``sends``: the form fields a POST sends. ``after``: an address that is opened
    first. ``bearer``: the token that is sent in the header. ``queries``: the exact number of SQL
    queries of a GET by the first of ``seen_by``. ``seen_by``: users of the world who see a full
    page in the browser net (names of world attributes); empty for what is not an HTML page.
    ``about`` tells a row from another of the same URL and method.
    """

    name: str
    roles: frozenset[str]
    method: str = "GET"
    kwargs: Callable[[Any], dict[str, Any]] = field(default=lambda world: {})
    other: Callable[[Any], dict[str, Any]] | None = None
    sends: Callable[[Any], dict[str, Any]] = field(default=lambda world: {})
    after: Callable[[Any], str] | None = None
    bearer: Callable[[Any], str] | None = None
    queries: int | None = None
    seen_by: tuple[str, ...] = ()
    about: str = ""


def all_pages() -> list[Page]:
    """The rows of every app, in the order of the floors."""
    return [page for app in APPS for page in import_module(f"tests.{app}.pages").PAGES]
