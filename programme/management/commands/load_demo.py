"""Loads the demonstration programme and says whom to sign in as. Refused in production."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from programme.demonstration import load_demonstration
from rules import RuleBroken


class Command(BaseCommand):
    """``manage.py load_demo``: a second run changes nothing and says the same."""

    help = "Load the demonstration programme, dates moved to now, and print its accounts."

    def handle(self, *args: Any, **options: Any) -> None:
        """See the class."""
        try:
            accounts = load_demonstration(now=timezone.now())
        except RuleBroken as broken:
            raise CommandError(str(broken)) from broken
        widths = [max(len(getattr(each, name)) for each in accounts) for name in ("role", "email")]
        self.stdout.write("Sign in to the demonstration as:")
        for each in accounts:
            self.stdout.write(
                f"  {each.role:{widths[0]}}  {each.email:{widths[1]}}  {each.signs_in_with}"
            )
