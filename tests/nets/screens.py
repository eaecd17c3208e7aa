"""Pictures of every page, as each role that sees it, at both widths: ``make screens``.

They are put into ``var/screens/ROLE/``. The programme in them is the nets' world, made in a
database of its own and thrown away.
"""

# ruff: noqa: E402 - models can be imported only after django.setup()

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lxr_portal.settings.test")

import django

django.setup()

import time_machine
from django.db import connections
from django.test.utils import (
    setup_databases,
    setup_test_environment,
    teardown_databases,
    teardown_test_environment,
)
from pytest_django.live_server_helper import LiveServer

from insights.tasks import nightly
from tests.factories import NOW
from tests.nets.browser import DESKTOP, MISSING, PHONE, Window, path_of_chromium, start_chromium
from tests.nets.pages import all_pages
from tests.nets.walk import url_of
from tests.nets.world import World

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "var" / "screens"
# The README shows these two: ``make screens`` renews them.
SHOWN = {
    ("home", "coordinator", DESKTOP): ROOT / "docs" / "pictures" / "home.png",
    ("own-reviews:next", "lxr", PHONE): ROOT / "docs" / "pictures" / "next-visit.png",
}


def take_all(folder: Path) -> int:
    """Take every picture; how many there are."""
    server = LiveServer("localhost")
    pages = [page for page in all_pages() if page.method == "GET"]
    everyone = sorted({who for page in pages for who in page.seen_by})
    taken = 0
    with time_machine.travel(NOW):
        world = World.made()
        nightly()  # the world is made without marks
        for browser in start_chromium():
            for who in everyone:
                user = getattr(world, who, None)
                window = Window(browser, server.url, user, DESKTOP, javascript=True)
                (folder / who).mkdir(parents=True, exist_ok=True)
                for page in [page for page in pages if who in page.seen_by]:
                    for width in (DESKTOP, PHONE):
                        window.resize(width)
                        window.page.goto(url_of(page, page.kwargs(world)))
                        path = folder / who / f"{page.name.replace(':', '-')}-{width}.png"
                        window.page.screenshot(path=path, full_page=True)
                        if shown := SHOWN.get((page.name, who, width)):
                            shown.parent.mkdir(exist_ok=True)
                            window.page.screenshot(path=shown)
                        taken += 1
                window.context.close()
    server.stop()
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
        try:
            taken = take_all(FOLDER)
        finally:
            connections.close_all()
            teardown_databases(databases, verbosity=0)
            teardown_test_environment()
    sys.stdout.write(f"{taken} pictures in {FOLDER}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
