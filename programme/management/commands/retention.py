"""``manage.py retention``: what the nightly run does, or what it would do on a day."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from organisation.queries import trust_settings
from programme.retention import queries
from programme.retention.running import RetentionFailed, run


class Command(BaseCommand):
    """``manage.py retention [--dry-run [--as-at DATE]]``."""

    help = "Let everything go whose time is over, or say what would go."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """See the class."""
        parser.add_argument("--dry-run", action="store_true", help="say what would go; no more")
        parser.add_argument(
            "--as-at",
            type=date.fromisoformat,
            metavar="DATE",
            help="with --dry-run: what would go on that day (default: today)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each rule; exit status 1 if one could not be carried out."""
        if not options["dry_run"]:
            self._run(options["as_at"])
            return
        on = options["as_at"] or timezone.localdate()
        for each in queries.due(on=on, trust=trust_settings()):
            self.stdout.write(f"{each.label}: {each.count}. {each.sentence}")
        for hold in queries.live_holds():
            self.stdout.write(f"Held: {hold.reviewer.reference}, since {hold.placed_at:%Y-%m-%d}.")
        self.stdout.write(f"Dry run as at {on}: nothing was changed.")

    def _run(self, as_at: date | None) -> None:
        if as_at is not None:
            message = "--as-at goes with --dry-run: what goes, goes as at today."
            raise CommandError(message)
        try:
            done = run(now=timezone.now())
        except RetentionFailed as failed:
            message = f"Not carried out: {failed}. The rest was."
            raise CommandError(message) from failed
        for label, count in done.items():
            self.stdout.write(f"{label}: {count}")
