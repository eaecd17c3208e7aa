"""Print the programme's figures."""

import argparse
import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from insights.periods import Period
from insights.queries import Chosen, find_directorate
from insights.reporting import as_text, report
from organisation.models import Directorate, Service


def directorate(name: str) -> Directorate:
    """The directorate of that name; argparse's error otherwise."""
    found = find_directorate(name)
    if found is None:
        message = f"there is no directorate {name}"
        raise argparse.ArgumentTypeError(message)
    return found


def day(text: str) -> date:
    """A date as YYYY-MM-DD; argparse's error otherwise."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = f"{text} is no date like 2026-05-22"
        raise argparse.ArgumentTypeError(message) from error


class Command(BaseCommand):
    """Counted from the records themselves, exactly by day."""

    help = (
        "Print the figures as at a day: coverage and impact since another day, people over "
        "everything before. A directorate or a setting narrows coverage and impact alone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The days, and how it is printed."""
        parser.add_argument("--since", type=day, required=True, metavar="DATE")
        parser.add_argument("--as-at", type=day, required=True, metavar="DATE")
        parser.add_argument("--directorate", type=directorate, metavar="NAME")
        parser.add_argument("--setting", choices=Service.Setting.values, default="")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print them."""
        period = Period(options["since"], options["as_at"])
        if period.since > period.until:
            message = f"--since {period.since} is after --as-at {period.until}."
            raise CommandError(message)
        chosen = Chosen(options["directorate"], options["setting"])
        if options["format"] == "json":
            self.stdout.write(json.dumps(report(period, chosen), indent=1, ensure_ascii=False))
        else:
            self.stdout.write(as_text(period, chosen))
