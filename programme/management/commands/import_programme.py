"""Brings the programme in from a workbook, a zip of CSV files or a folder of them."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from programme.importing.problems import FileRefused
from programme.importing.reading import opened_path
from programme.importing.running import Outcome, carry_out, read_and_compare
from programme.importing.taking import Taking


class Command(BaseCommand):
    """``manage.py import_programme PATH [--dry-run] [--leave-out NAME]``."""

    help = "Bring the programme in from a workbook, a zip of CSV files or a folder of them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """See the class."""
        parser.add_argument("path", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would change; no more")
        parser.add_argument(
            "--leave-out",
            action="append",
            default=[],
            metavar="NAME",
            help="an unknown sheet, or “Sheet: Column”, to pass over; may be repeated",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit status 1 with the problems on standard error; then nothing is stored."""
        path, now = options["path"], timezone.now()
        common: dict[str, Any] = {
            "taking": Taking.ALL,
            "by": None,
            "leave_out": options["leave_out"],
            "now": now,
        }
        try:
            if options["dry_run"]:
                outcome, _ = read_and_compare(lambda: opened_path(path), **common)
            else:
                outcome = carry_out(lambda: opened_path(path), **common)
        except FileRefused as refused:
            self.stderr.write(str(refused))
            raise SystemExit(1) from refused
        except OSError as error:
            self.stderr.write(f"{path} cannot be read: {error.strerror}.")
            raise SystemExit(1) from error
        if not outcome.is_good:
            self._say_problems(outcome)
            raise SystemExit(1)
        self._say_counts(outcome)
        if options["dry_run"]:
            self.stdout.write("Dry run: nothing was stored.")

    def _say_problems(self, outcome: Outcome) -> None:
        problems = outcome.batch.problems
        for problem in problems.first:
            self.stderr.write(str(problem))
        if problems.total > len(problems.first):
            self.stderr.write(f"… and {problems.total - len(problems.first):,} more.")
        for name in dict.fromkeys(each.can_leave_out for each in problems.first):
            if name:
                self.stderr.write(f'To leave it out: --leave-out "{name}"')
        self.stderr.write(f"Problems: {problems.total:,}. Nothing was stored.")

    def _say_counts(self, outcome: Outcome) -> None:
        self.stdout.write(f"{'':12}{'new':>8}{'changed':>9}{'unchanged':>11}")
        for name, counts in outcome.counts.items():
            self.stdout.write(
                f"{name:12}{counts['new']:>8,}{counts['changed']:>9,}{counts['unchanged']:>11,}"
            )
        for skipped in outcome.batch.skipped:
            self.stdout.write(f"Skipped: {skipped}.")
        for kept in outcome.plan.kept:
            self.stdout.write(
                f"Kept as edited in the portal: {kept.sheet}, row {kept.row}, "
                f"{kept.name}: {kept.column}"
            )
