"""Take the access log away once: how much memory grows over 100,000 rows, and how soon it begins.

A process of its own, in the database of 100,000 people. Prints MiB, and the share of the whole time
that passes before the first line.
"""

import os
import re
import time as clock
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from django.test import Client  # noqa: E402 - after setup

from accounts.models import User  # noqa: E402
from audit.models import Event  # noqa: E402
from bench.load import NOW  # noqa: E402
from bench.measure import at  # noqa: E402
from reviewers.models import Reviewer  # noqa: E402

DATABASE = "crowd"
ROWS = 100_000
EMAIL = "governance@trust.example.org"
ADDRESS = "/access-log/export/"


def load_looks() -> None:
    """One look at each of the people, by whoever governs; once."""
    if Event.objects.filter(kind=Event.Kind.LOOKED).exists():
        return
    by = User.objects.create_user(EMAIL, "Governance", roles=["governance"])
    people = Reviewer.objects.order_by("pk").values_list("pk", flat=True)[:ROWS]
    looks = (
        Event(
            at=NOW, kind=Event.Kind.LOOKED, action="looked at checks", actor_id=by.pk,
            object_type="reviewers.reviewer", object_id=str(pk), person_id=pk, why="chasing",
        )
        for pk in people.iterator()
    )  # fmt: skip
    Event.objects.bulk_create(looks, batch_size=5_000)


def _memory() -> int:
    """The peak of memory until now, in KiB."""
    # Not getrusage: that counts what the process this one was made from had.
    status = Path("/proc/self/status").read_text()
    return int(re.findall(r"VmHWM:\s+([0-9]+) kB", status)[0])


def take_away() -> tuple[int, float, int]:
    """By how many MiB memory grew, the share of time before the first line, and how many lines."""
    client = Client()
    client.force_login(User.objects.get(email=EMAIL))
    client.get("/")  # whatever a first page loads
    before, begun = _memory(), clock.perf_counter()
    lines = iter(client.get(ADDRESS).streaming_content)  # type: ignore[attr-defined]
    next(lines)
    first = clock.perf_counter() - begun
    number = 1 + sum(1 for _ in lines)
    whole = clock.perf_counter() - begun
    return (_memory() - before) // 1024, first / whole, number


if __name__ == "__main__":
    with at(DATABASE):
        print(*take_away())
