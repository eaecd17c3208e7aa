"""The import of 10,000 reviewers and 50,000 on teams, in a process and on SQLite of its own."""

import csv
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

REVIEWERS, REVIEWS, ON_EACH = 10_000, 10_000, 5
FIRST_DAY = date(2016, 1, 1)


def seconds_of_lock() -> tuple[float, float]:
    """How long the whole import took, and for how long it held the write lock."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "lxr_portal.settings.local",
            "LXR_DATA_DIR": folder,
        }
        done = subprocess.run(
            [sys.executable, "-m", "bench.bring_in", folder],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
    whole, locked = done.stdout.split()[-2:]
    return float(whole), float(locked)


def _write(path: Path, head: str, rows: Iterable[tuple[object, ...]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(head.split(","))
        writer.writerows(rows)


def write_programme(folder: Path) -> None:
    """The files, in the import format."""
    folder.mkdir()
    _write(
        folder / "Services.csv",
        "Directorate,Service,Site,Setting,Clearance",
        (
            (f"Directorate {n % 10}", f"Service {n}", f"Site {n % 20}", "community", "enhanced")
            for n in range(200)
        ),
    )
    _write(folder / "Staff.csv", "Name,Email", [("Lee", "lee@trust.example.org")])
    _write(
        folder / "Reviewers.csv",
        "Reference,First name,Last name,Joined on,Stage",
        ((f"LXR-{n:05}", f"First {n}", f"Last {n}", FIRST_DAY, "active") for n in range(REVIEWERS)),
    )
    _write(
        folder / "Reviews.csv",
        "Reference,Service,Visit on,Status,Lead",
        (
            (
                f"R-{n:05}",
                f"Service {n % 200}",
                FIRST_DAY + timedelta(days=n % 3000),
                "completed",
                "Lee",
            )
            for n in range(REVIEWS)
        ),
    )
    _write(
        folder / "Teams.csv",
        "Review,Member,Role,Response,Attended",
        (
            (f"R-{n:05}", f"LXR-{(n * 7 + k * 1009) % REVIEWERS:05}", "lxr", "accepted", "yes")
            for n in range(REVIEWS)
            for k in range(ON_EACH)
        ),
    )


def main(folder: Path) -> None:
    """Bring the files in and print the seconds."""
    import django  # noqa: PLC0415 - this module is also imported where Django is set up otherwise

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - after setup
    from django.utils import timezone  # noqa: PLC0415

    from programme.importing.reading import opened_path  # noqa: PLC0415
    from programme.importing.running import carry_out  # noqa: PLC0415
    from programme.importing.taking import Taking  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    write_programme(folder / "programme")
    began = writing = time.perf_counter()

    def watch(_: int, step: str) -> None:
        nonlocal writing
        if step == "Writing":
            writing = time.perf_counter()

    outcome = carry_out(
        lambda: opened_path(folder / "programme"),
        taking=Taking.ALL,
        by=None,
        now=timezone.now(),
        progress=watch,
    )
    ended = time.perf_counter()
    if not outcome.is_good:
        sys.exit("\n".join(str(problem) for problem in outcome.batch.problems.first))
    print(ended - began, ended - writing)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
