"""Reviews as the rules ask about them, each loaded with its team: many at once in two queries."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch

from organisation.models import TrustSettings
from reviews.eligibility import Visit
from reviews.models import ReviewQuerySet, TeamMember
from reviews.queries.reviews import SERVICE


@dataclass(frozen=True)
class LoadedVisit(Visit):
    """A visit whose team has been loaded with its review."""

    @cached_property
    def _team(self) -> list[tuple[str, int | None, int | None]]:
        return [
            (each.role, each.reviewer_id, each.staff_id)
            for each in self.review.team.all()
            if each.response in TeamMember.LIVE
        ]


def loaded_visits(reviews: ReviewQuerySet, trust: TrustSettings) -> list[LoadedVisit]:
    """These reviews, soonest first, each with its service and team. Two queries."""
    team = TeamMember.objects.only(
        "review", "role", "response", "reviewer", "staff", "taken_back", "asked_for"
    )
    rows = reviews.select_related(*SERVICE).prefetch_related(Prefetch("team", team))
    return [LoadedVisit(review, trust) for review in rows.order_by("visit_on", "pk")]
