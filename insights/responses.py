"""Who answers: beside the response of each audience, who was reminded once and who declined.

Of the reviews that the figures count: those completed, by their visit date.
"""

from dataclasses import dataclass

from django.db.models import Count, Q

from feedback.models import Asking
from insights.periods import Period, month_of
from reviews.models import Review


@dataclass(frozen=True)
class Asked:
    """Of those who were asked: how many were reminded once, and how many do not want to answer."""

    reminded: int = 0
    declined: int = 0


def asked_by_directorate(period: Period, setting: str = "") -> dict[tuple[str, int], Asked]:
    """By audience and directorate, over the period's whole months. One query."""
    visited = Asking.objects.filter(
        review__status__in=Review.VISITED,
        review__visit_on__gte=month_of(period.since),
        review__visit_on__lte=period.until,
    )
    if setting:
        visited = visited.filter(review__service__setting=setting)
    rows = (
        visited.order_by()
        .values_list("audience", "review__service__directorate")
        .annotate(
            reminded=Count("reminded_at"),
            declined=Count("pk", filter=Q(state=Asking.State.DECLINED)),
        )
    )
    return {(audience, directorate): Asked(*numbers) for audience, directorate, *numbers in rows}
