"""Pictures of every page, as each role that sees it, at both widths: ``make screens``.

They are put into ``var/screens/ROLE/``. The programme in them is the nets' world; the README's two
pictures show the demonstration. Both are made in a database of their own and thrown away.
"""

# ruff: noqa: E402 - models can be imported only after django.setup()

import os
import re
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lxr_portal.settings.test")

import django

django.setup()

import time_machine
from django.core.management import call_command
from django.db import connections
from django.test.utils import (
    setup_databases,
    setup_test_environment,
    teardown_databases,
    teardown_test_environment,
)
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from insights.tasks import nightly
from programme.demonstration import LXRS, load_demonstration
from tests.factories import NOW
from tests.nets.browser import DESKTOP, MISSING, PHONE, Window, path_of_chromium, start_chromium
from tests.nets.pages import all_pages
from tests.nets.walk import url_of
from tests.nets.world import World

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "var" / "screens"
SHOWN = ROOT / "docs" / "pictures"


def take_shown(browser: Browser, address: str, folder: Path) -> None:
    """The README's two pictures, of the demonstration."""
    load_demonstration(now=NOW)
    nightly()
    coordinator = User.objects.get(email="coordinator@demo.example.org")
    lxr = User.objects.get(reviewer__reference=LXRS[0])
    for name, user, url, width in (
        ("home", coordinator, "home", DESKTOP),
        ("next-visit", lxr, "own-reviews:next", PHONE),
    ):
        window = Window(browser, address, user, width, javascript=True)
        window.page.goto(reverse(url))
        window.page.screenshot(path=folder / f"{name}.png")
        window.context.close()


def take_all(browser: Browser, address: str, folder: Path) -> int:
    """Take every picture of the nets' world; how many there are."""
    pages = [page for page in all_pages() if page.method == "GET"]
    everyone = sorted({who for page in pages for who in page.seen_by})
    world = World.made()
    nightly()  # the world is made without marks
    taken = 0
    for who in everyone:
        window = Window(browser, address, getattr(world, who, None), DESKTOP, javascript=True)
        (folder / who).mkdir(parents=True, exist_ok=True)
        for page in [page for page in pages if who in page.seen_by]:
            name = re.sub(r"\W+", "-", f"{page.name} {page.about}".strip())
            if page.after:
                window.page.goto(page.after(world))
            for width in (DESKTOP, PHONE):
                window.resize(width)
                window.page.goto(url_of(page, page.kwargs(world)))
                path = folder / who / f"{name}-{width}.png"
                window.page.screenshot(path=path, full_page=True)
                taken += 1
        window.context.close()
    return taken


def main() -> int:
    """Take the pictures; exit status 1 without a browser."""
    if path_of_chromium() is None:
        sys.stderr.write(f"{MISSING}\n")
        return 1
    setup_test_environment()
    with tempfile.TemporaryDirectory() as place:
        connections["default"].settings_dict["TEST"]["NAME"] = f"{place}/screens.sqlite3"
        databases = setup_databases(verbosity=0, interactive=False)
        server = LiveServer("localhost")
        taken = 0
        try:
            with time_machine.travel(NOW):
                for browser in start_chromium():
                    take_shown(browser, server.url, SHOWN)
                    call_command("flush", interactive=False, verbosity=0)
                    taken = take_all(browser, server.url, FOLDER)
        finally:
            server.stop()
            connections.close_all()
            teardown_databases(databases, verbosity=0)
            teardown_test_environment()
    sys.stdout.write(f"{taken} pictures in {FOLDER}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
