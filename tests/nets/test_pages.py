"""Every page in a real browser, as everyone the table says: clean, accessible, fits a phone."""

from collections.abc import Iterator

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from django.db import connection, transaction
from playwright.sync_api import Browser
from playwright.sync_api import Page as BrowserPage
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from tests.factories import NOW
from tests.nets.browser import DESKTOP, PHONE, Window, chromium
from tests.nets.pages import Page, all_pages
from tests.nets.walk import url_of
from tests.nets.world import World

__all__ = ["chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.pages, pytest.mark.django_db]

AXE = Axe()
WCAG = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
ROWS = [(page, who) for page in all_pages() if page.method == "GET" for who in page.seen_by]


class Walk:
    """The one world that all pages are opened in, and one window for each person."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.world = World()
        self.windows = {
            who: Window(browser, address, getattr(self.world, who, None), DESKTOP, True)
            for who in sorted({who for _, who in ROWS})
        }

    def close(self) -> None:
        """Close all windows."""
        for window in self.windows.values():
            window.context.close()


@pytest.fixture(scope="module")
def walk(
    chromium: Browser, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Walk]:
    """Made once and taken back: the server shares this thread's connection to SQLite in memory."""
    if connection.vendor != "sqlite":
        pytest.skip("The page net runs once, on SQLite.")
    with django_db_blocker.unblock():
        server = LiveServer("localhost")
        with time_machine.travel(NOW), transaction.atomic():
            walk = Walk(chromium, server.url)
            yield walk
            walk.close()
            transaction.set_rollback(True)
        server.stop()


def problems_of(page: BrowserPage) -> list[str]:
    """What axe finds against WCAG 2.2 AA, a line for each element."""
    found = AXE.run(page, options=WCAG).response["violations"]
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in found
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize(("row", "who"), ROWS, ids=lambda each: getattr(each, "name", each))
def test_page_is_clean_accessible_and_fits_a_phone(walk: Walk, row: Page, who: str) -> None:
    window = walk.windows[who]
    window.complaints.clear()
    page = window.page
    window.resize(DESKTOP)
    response = page.goto(url_of(row, row.kwargs(walk.world)))
    assert response
    assert response.status == 200
    assert page.title().endswith(" – LXR Portal")
    assert page.title().removesuffix(" – LXR Portal").strip()
    assert page.locator("h1").count() == 1
    assert problems_of(page) == []
    window.resize(PHONE)
    page.reload()
    root = page.locator("html")
    assert root.evaluate("html => html.scrollWidth - html.clientWidth") <= 0, "scrolls sideways"
    assert problems_of(page) == []
    assert window.complaints == []
