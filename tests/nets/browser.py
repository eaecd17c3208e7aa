"""A real browser for tests: Debian's chromium, driven by Playwright.

``browser_as(user)`` gives a page of a signed-in person, ``browser_as(None)`` of a stranger; at
DESKTOP or PHONE width, with or without JavaScript. Whatever the browser complains about (console
errors, broken scripts, the content security policy, requests to elsewhere) fails the test.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from tests.conftest import signed_in_client

DESKTOP = 1280
PHONE = 320
HEIGHTS = {DESKTOP: 900, PHONE: 640}
MISSING = "No browser: install one with `apt-get install chromium` and run these tests again."


def path_of_chromium() -> str | None:
    """Where the browser is; None when there is none. Without windows it takes a quarter less."""
    named = os.environ.get("LXR_CHROMIUM")
    names = (named,) if named else ("chromium-headless-shell", "chromium")
    return next((path for name in names if (path := shutil.which(name))), None)


def start_chromium() -> Iterator[Browser]:
    """The browser, until the caller is done with it."""
    path = path_of_chromium()
    if path is None:
        if os.environ.get("LXR_REQUIRE_BROWSER") == "1":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    # Playwright keeps a loop running in this thread; Django would take the ORM's caller for async.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
            yield browser
            browser.close()
    finally:
        if before is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
        else:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for a module: while it runs, no other test may start a loop of its own."""
    yield from start_chromium()


class Window:
    """A person's browser window on the live server, and what the browser complained about."""

    def __init__(
        self, browser: Browser, address: str, user: Any, width: int, javascript: bool
    ) -> None:
        self.complaints: list[str] = []
        self.context: BrowserContext = browser.new_context(
            base_url=address,
            viewport={"width": width, "height": HEIGHTS[width]},
            java_script_enabled=javascript,
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(10_000)
        if user is not None:
            self.sign_in(address, user)
        self.page: Page = self.context.new_page()
        self._host = urlsplit(address).netloc
        self.page.on("console", self._hear_console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("request", self._see_request)

    def sign_in(self, address: str, user: Any) -> None:
        """Put the person's session into the browser."""
        client = signed_in_client(user)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": address}]
        )

    def resize(self, width: int) -> None:
        """Make the window as wide as a phone or a desktop."""
        self.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})

    def _hear_console(self, message: Any) -> None:
        # A page that answers 404 on purpose is "logged" as an error by the browser.
        is_own_page = message.location.get("url", "") == self.page.url
        if message.type == "error" and not (is_own_page and "status of 4" in message.text):
            self.complaints.append(f"console: {message.text}")

    def _see_request(self, request: Any) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https"} and address.netloc != self._host:
            self.complaints.append(f"request to elsewhere: {request.url}")


@pytest.fixture
def browser_as(
    chromium: Browser, live_server: Any, javascript: bool
) -> Iterator[Callable[..., Page]]:
    """``browser_as(user, width=PHONE)``: a page on the live server, as the journey is walked."""
    windows: list[Window] = []

    def open_window(user: Any = None, *, width: int = DESKTOP) -> Page:
        windows.append(Window(chromium, live_server.url, user, width, javascript))
        return windows[-1].page

    yield open_window
    for window in windows:
        window.context.close()
    assert [complaint for window in windows for complaint in window.complaints] == []


def fits(page: Page) -> bool:
    """Whether nothing is wider than the window, once styles have come and the menu has folded."""
    # Asked again and again from here: a script of the page's own may not evaluate a string. A page
    # that is just being replaced by the next one cannot answer; it is asked again like the others.
    for _ in range(15):
        page.wait_for_load_state()
        with suppress(Error):
            if page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"):
                return True
        page.wait_for_timeout(100)
    return False
