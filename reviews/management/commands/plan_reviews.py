"""Print who could go on which of the coming visits. Nothing is sent and nothing is kept."""

import argparse
import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from organisation.queries import trust_settings
from reviews.models import Review, ReviewQuerySet
from reviews.planner.plans import make_plan
from reviews.planner.reporting import as_text, report


def day(text: str) -> date:
    """A date as YYYY-MM-DD; argparse's error otherwise."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = f"{text} is no date like 2026-05-22"
        raise argparse.ArgumentTypeError(message) from error


class Command(BaseCommand):
    """People by their reference, visits by theirs."""

    help = "Print who could go on which of the coming visits. Nobody is asked."

    def add_arguments(self, parser: CommandParser) -> None:
        """The days, and how it is printed."""
        parser.add_argument("--from", dest="first", type=day, required=True, metavar="DATE")
        parser.add_argument("--to", dest="last", type=day, required=True, metavar="DATE")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        """Plan and print."""
        first, last = options["first"], options["last"]
        if first > last:
            message = f"--from {first} is after --to {last}."
            raise CommandError(message)
        plan = make_plan(
            ReviewQuerySet(Review),
            today=timezone.localdate(),
            first=first,
            last=last,
            trust=trust_settings(),
        )
        found = report(plan, first=first, last=last)
        if options["format"] == "json":
            self.stdout.write(json.dumps(found, indent=1, ensure_ascii=False))
        else:
            self.stdout.write(as_text(found))
