"""Visits, as training asks of them: who has said yes to one, and when it is."""

from typing import Any

from django.db.models import QuerySet

from reviews.models import TeamMember
from training.elsewhere import register


def visits_said_yes_to() -> QuerySet[Any]:
    """Everybody's yes, past ones too."""
    return TeamMember.objects.filter(
        reviewer__isnull=False, response=TeamMember.Response.ACCEPTED
    ).order_by()


register(visits_said_yes_to)
