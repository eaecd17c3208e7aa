"""On a person's page: a copy of everything held on them, and erasing them once they left."""

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.permissions import Permission
from reviewers.models import Reviewer, Stage
from reviewers.person_page import Section, register


def their_data(reviewer: Reviewer, user: User, now: datetime) -> dict[str, Any]:
    """Where a copy is asked for, and where they are erased. No query."""
    has_left = reviewer.stage == Stage.LEFT and not reviewer.is_erased
    return {
        "person": reviewer,
        "may_erase": has_left and user.may(Permission.EDIT_PEOPLE),
    }


register(Section("data", 90, Permission.SEE_READINESS, "programme/person_section.html", their_data))
