"""Visits, as training asks of them: who has said yes to one that overlaps with a time."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from reviews.models import TeamMember
from training.elsewhere import register


def on_a_visit(start: datetime, end: datetime) -> QuerySet[Any]:
    """The ids of people who said yes to a visit that overlaps."""
    said_yes = TeamMember.objects.filter(
        reviewer__isnull=False,
        response=TeamMember.Response.ACCEPTED,
        holds_from__lt=end,
        holds_until__gt=start,
    )
    return said_yes.values("reviewer")


register(on_a_visit)
