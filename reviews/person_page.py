"""A person's visits on their page for staff."""

from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from accounts.models import User
from accounts.permissions import Permission
from reviewers.models import Reviewer
from reviewers.person_page import Section, register
from reviews.models import TeamMember

SHOWN = 10


def visits_of(reviewer: Reviewer, user: User, now: datetime) -> dict[str, Any]:
    """Visits they can come to or came to, latest first, and those still without an answer.

    Who could not come, or did not come, is not told: it never counts against anybody.
    """
    today = localdate(now)
    members = list(
        TeamMember.objects.filter(reviewer=reviewer)
        .live()
        .exclude(review__status="cancelled")
        .exclude(attended=False)
        .select_related("review__service")
        .order_by("-review__visit_on", "-pk")[: SHOWN + 1]
    )
    return {
        "coming": [m for m in members[:SHOWN] if m.review.is_coming and m.review.visit_on >= today],
        "past": [m for m in members[:SHOWN] if m.review.is_visited],
        "has_more": len(members) > SHOWN,
    }


register(Section("visits", 30, Permission.PLAN_REVIEWS, "reviews/person_section.html", visits_of))
