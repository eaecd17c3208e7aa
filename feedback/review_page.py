"""Feedback on a review's page: who was asked about the visit, and who else could be."""

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.permissions import Permission
from feedback import queries
from reviews.models import Review
from reviews.review_page import Section, register


def _asked(review: Review, user: User, now: datetime) -> dict[str, Any] | None:
    if not review.is_visited:
        return None
    askings = list(queries.asked_about(review))
    return {
        "askings": askings,
        "review": review,
        "received": queries.received_on(review),
        "contacts": list(queries.contacts_not_asked(review)),
        "may_be_asked": queries.is_covered(review),
        "to": "review",
    }


register(Section("feedback", Permission.SEE_FEEDBACK, "feedback/review_section.html", _asked))
