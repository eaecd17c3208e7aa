"""Write the signed file of figures for other trusts."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from insights.partnership.operations import make_key, share_figures
from insights.partnership.signing import fingerprint
from insights.periods import add_months, month_of


def month(text: str) -> date:
    """The first day of a month written YYYY-MM; argparse's error otherwise."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as error:
        message = f"{text} is no month like 2026-04"
        raise argparse.ArgumentTypeError(message) from error


class Command(BaseCommand):
    """The same file as the page gives. Makes the portal's key where there is none."""

    help = (
        "Write a small signed file of figures for other trusts: counts of reviews, overall and by "
        "setting, and trained people where they are not few. No person and no service is in it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The months, and where the file goes."""
        parser.add_argument("--since", type=month, metavar="MONTH", help="the first month")
        parser.add_argument(
            "--until", type=month, metavar="MONTH", help="the last one; default: the last to end"
        )
        parser.add_argument("--to", metavar="FILE", help="default: print it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it, and say by which key it is signed."""
        now = timezone.now()
        today = timezone.localdate(now)
        until = options["until"] or add_months(month_of(today), -1)
        since = options["since"] or add_months(until, -11)
        if since > until:
            message = f"--since {since:%Y-%m} is after --until {until:%Y-%m}."
            raise CommandError(message)
        if until > today:
            message = f"--until {until:%Y-%m} has not begun."
            raise CommandError(message)
        key = make_key(by=None, now=now)
        document = share_figures(since=since, until=until, today=today, by=None, now=now)
        if options["to"]:
            try:
                Path(options["to"]).write_bytes(document)
            except OSError as error:
                message = f"{options['to']} cannot be written: {error.strerror}."
                raise CommandError(message) from error
        else:
            self.stdout.write(document.decode(), ending="")
        self.stderr.write(
            f"Signed by {key.public_key} (fingerprint {fingerprint(key.public_key)})."
        )
