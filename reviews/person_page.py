"""The way to a first visit, on a person's page for staff."""

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.permissions import Permission
from reviewers.models import Reviewer
from reviewers.person_page import Section, register
from reviews.of_person import is_waiting


def first_visit(reviewer: Reviewer, user: User, now: datetime) -> dict[str, Any]:
    """Whether they wait for a first visit. Why, and what would help, stands a page away."""
    return {"person": reviewer, "is_waiting": is_waiting(reviewer)}


register(
    Section(
        "first visit",
        25,
        Permission.PLAN_REVIEWS,
        "reviews/first_visits/person_section.html",
        first_visit,
    )
)
