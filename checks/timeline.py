"""Checks in a person's story, as readiness only: since when they are with the checks team.

When somebody became ready is not told: of a certificate that is the day it was issued, of a
decision the day it was approved, and so the day alone would tell one from the other. What stands
now is said by readiness, above the story.
"""

from django.db.models import Min
from django.db.models.functions import Coalesce

from accounts.models import User
from accounts.permissions import Permission
from checks.models import DBSCheck
from reviewers.models import Reviewer
from reviewers.story import Before, Entry, Source, register, start_of


def _with_the_team(reviewer: Reviewer, user: User, before: Before, limit: int) -> list[Entry]:
    """The day it all began."""
    begun = DBSCheck.objects.filter(reviewer=reviewer).order_by()
    since = begun.aggregate(first=Min(Coalesce("asked_on", "applied_on")))["first"]
    if since is None or not before.allows(start_of(since), reviewer.pk):
        return []
    return [Entry(start_of(since), reviewer.pk, "The checks team began their checks.")]


register(Source("checks", Permission.SEE_READINESS, _with_the_team))
