"""Print who could go on which of the coming visits. Nothing is sent and nothing is kept."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from organisation.queries import trust_settings
from reviews.models import Review, ReviewQuerySet
from reviews.planner.queries import make_plan


class Command(BaseCommand):
    """``plan_reviews [--days 60]``: a line for each proposal, and for each visit still open."""

    help = "Print who could go on which of the coming visits. Nobody is asked."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How far ahead."""
        parser.add_argument("--days", type=int, default=60, choices=range(1, 367), metavar="DAYS")

    def handle(self, *args: Any, **options: Any) -> None:
        """Plan and print, a tab between the columns."""
        today = timezone.localdate()
        plan = make_plan(
            ReviewQuerySet(Review).select_related("service"),
            today=today,
            until=today + timedelta(days=options["days"]),
            trust=trust_settings(),
        )
        for line in plan.proposals:
            role = "with them" if line.is_company else "goes"
            self._print(line.review, line.reviewer.reference, role)
        for gap in plan.still_open:
            away = f": {gap.in_numbers}" if gap.one_away else ""
            self._print(
                gap.review, "nobody", f"{gap.ready} ready, {gap.one_away} one step away{away}"
            )
        self.stdout.write(
            f"{plan.covered} visits have somebody, {len(plan.still_open)} have nobody, "
            f"{len(plan.asked)} wait for an answer."
        )

    def _print(self, review: Review, *columns: str) -> None:
        self.stdout.write("\t".join((f"{review.visit_on}", review.reference, *columns)))
