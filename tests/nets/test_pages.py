"""Every page in a real browser, as everyone the table says: clean, accessible, fits a phone.

An app at a time: ``pytest tests/nets/test_pages.py -k training``.
"""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from playwright.sync_api import Browser
from playwright.sync_api import Page as BrowserPage

from tests.factories import NOW
from tests.nets.browser import DESKTOP, PHONE, Window, chromium, fits
from tests.nets.pages import APPS, Page
from tests.nets.walk import url_of
from tests.nets.world import World

__all__ = ["chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.pages]

AXE = Axe()
WCAG = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
NAME = " – LXR Portal"


def rows_of(app: str) -> list[tuple[Page, str]]:
    """The app's pages, each with everyone who sees a full one; one person's after another."""
    pages = import_module(f"tests.{app}.pages").PAGES
    rows = [(page, who) for page in pages if page.method == "GET" for who in page.seen_by]
    return sorted(rows, key=lambda row: row[1])


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    """The programme, committed: the live server reads it over connections of its own."""
    with time_machine.travel(NOW):
        yield World.made()


@pytest.fixture
def windows(chromium: Browser, live_server: Any, world: Any) -> Iterator[Any]:
    """One window for each person, opened the first time."""
    if connection.vendor != "sqlite":
        pytest.skip("The page net runs once, on SQLite.")
    opened: dict[str, Window] = {}

    def window_of(who: str) -> Window:
        if who not in opened:
            user = getattr(world, who, None)
            opened[who] = Window(chromium, live_server.url, user, DESKTOP, True)
        return opened[who]

    yield window_of
    for window in opened.values():
        window.context.close()


def inaccessible(page: BrowserPage) -> list[str]:
    """What axe finds against WCAG 2.2 AA, a line for each element."""
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in AXE.run(page, options=WCAG).response["violations"]
        for node in violation["nodes"]
    ]


def problems_of(window: Window, url: str) -> list[str]:
    """Everything that is wrong with a page, at both widths."""
    page = window.page
    window.complaints.clear()
    window.resize(DESKTOP)
    response = page.goto(url)
    status = response.status if response else 0
    if status != 200:
        return [f"answers {status}"]
    problems = []
    title = page.title()
    if not title.endswith(NAME) or not title.removesuffix(NAME).strip():
        problems.append(f"title is {title!r}")
    if (headings := page.locator("h1").count()) != 1:
        problems.append(f"{headings} h1")
    problems += inaccessible(page)
    window.resize(PHONE)
    if not fits(page):
        problems.append(f"scrolls sideways at {PHONE} px")
    problems += [f"phone: {each}" for each in inaccessible(page)]
    return problems + window.complaints


@pytest.mark.parametrize("app", [app for app in APPS if rows_of(app)])
def test_pages_are_clean_accessible_and_fit_a_phone(windows: Any, world: Any, app: str) -> None:
    found = {}
    for page, who in rows_of(app):
        if page.after:
            windows(who).page.goto(page.after(world))
        problems = problems_of(windows(who), url_of(page, page.kwargs(world)))
        if problems:
            found[f"{page.name} as {who}"] = problems
    assert found == {}
