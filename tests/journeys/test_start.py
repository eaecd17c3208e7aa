"""A newcomer starts the portal on their machine, signs in, ends it, and starts it again."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.nets.browser import DESKTOP, HEIGHTS, PHONE, chromium, fits

__all__ = ["chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.embedded]
ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120  # seconds, of a slow machine


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Portal:
    """What ``make run`` starts once the environment is there, with data of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.running: subprocess.Popen[bytes] | None = None
        self.environment = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "PORT": str(self.port),
            "LXR_DATA_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "lxr_portal.settings.local",
        }

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def prepare(self, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", "prepare"],
            cwd=ROOT, env={**self.environment, **environment}, capture_output=True, text=True,
            check=False,
        )  # fmt: skip

    def start(self) -> str:
        """Start it and wait until it answers. Returns what was printed for the newcomer."""
        prepared = self.prepare()
        assert prepared.returncode == 0, prepared.stderr
        self.running = subprocess.Popen(
            [sys.executable, "manage.py", "up"],
            cwd=ROOT, env=self.environment, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            assert self.running.poll() is None, "It ended by itself."
            assert time.monotonic() < deadline, "It does not answer."
            time.sleep(0.2)
        return prepared.stdout

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(  # noqa: S310 - an address of this machine
                f"{self.address}/healthz", timeout=5
            ) as response:
                return bool(response.status == 200)
        except OSError:  # refused, reset, or slow to begin with
            return False

    def end(self) -> None:
        """Ctrl-C."""
        assert self.running is not None
        os.killpg(self.running.pid, signal.SIGINT)
        self.running.wait(timeout=30)
        self.running = None

    def emailed_code(self) -> str:
        """The code in the mail that comes."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for file in (self.folder / "mail").iterdir():
                mail = message_from_bytes(file.read_bytes(), policy=policy.default)
                body = mail.get_body()
                words = body.get_content() if body else ""
                if found := re.search(r"\b([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\b", words):
                    return found[1]
            time.sleep(0.2)
        raise AssertionError("No mail came.")

    def people(self) -> int:
        with closing(sqlite3.connect(self.folder / "portal.sqlite3")) as database:
            return int(database.execute("SELECT count(*) FROM reviewers_reviewer").fetchone()[0])


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Portal]:
    started = Portal(tmp_path)
    yield started
    if started.running is not None:
        os.killpg(started.running.pid, signal.SIGKILL)
        started.running.wait()


def test_a_newcomer_starts_signs_in_and_comes_back(portal: Portal, chromium: Browser) -> None:
    # Given a folder with nothing in it, when the portal is started
    printed = portal.start()

    # Then it says whom to sign in as, and the page at its address asks for that
    found = re.search(r"coordinator@demo\.example\.org\s+(\S+)", printed)
    assert found
    phone = window(chromium, PHONE)
    phone.goto(portal.address)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Sign in")

    # And a Lived Experience Reviewer signs in with the code that the worker mails
    phone.get_by_label("Email address").first.fill(lxr_address(printed))
    phone.get_by_role("button", name="Email me a code").click()
    phone.get_by_label("Code", exact=True).fill(portal.emailed_code())
    phone.get_by_role("button", name="Sign in").click()
    expect(phone.get_by_role("button", name="Sign out")).to_be_visible()
    assert fits(phone)

    # And a coordinator with the password that was printed finds what needs doing
    desk = window(chromium, DESKTOP)
    desk.goto(portal.address)
    desk.get_by_text("I work for the trust and have a password").click()
    desk.get_by_label("Email address").last.fill("coordinator@demo.example.org")
    desk.get_by_label("Password", exact=True).fill(found[1])
    desk.get_by_role("button", name="Sign in").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("What needs doing")

    # When it is ended and started again
    people = portal.people()
    assert people == 41
    portal.end()
    assert not portal.answers()
    again = portal.start()

    # Then everything is still there, and the accounts are the same
    assert portal.people() == people
    assert accounts(again) == accounts(printed)


def window(chromium: Browser, width: int) -> Page:
    return chromium.new_context(viewport={"width": width, "height": HEIGHTS[width]}).new_page()


def lxr_address(printed: str) -> str:
    found = re.search(r"LXR-020\s+(\S+@\S+)", printed)
    assert found
    return found[1]


def accounts(printed: str) -> list[str]:
    return [line for line in printed.splitlines() if "@" in line]


@pytest.mark.parametrize("port", ["abc", "0", "70000", "-1"])
def test_a_port_that_is_none_is_one_clear_line(portal: Portal, port: str) -> None:
    refused = portal.prepare(PORT=port)

    assert refused.returncode == 1
    assert refused.stderr.strip().splitlines() == [
        f"CommandError: PORT must be a number from 1 to 65535, not {port!r}."
    ]
