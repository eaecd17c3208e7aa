"""A person's readiness on their page for staff: the words that everybody may know, no more."""

from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from accounts.models import User
from accounts.permissions import Permission
from checks.readiness import readiness_of_one
from organisation.queries import trust_settings
from reviewers.models import Reviewer
from reviewers.person_page import Section, register


def readiness(reviewer: Reviewer, user: User, now: datetime) -> dict[str, Any]:
    """Ready, or with the checks team since a day."""
    return {
        "readiness": readiness_of_one(reviewer, on=localdate(now), trust=trust_settings()),
        "person": reviewer,
        "may_open": user.may(Permission.EDIT_CHECKS) and reviewer.user_id != user.pk,
    }


register(Section("checks", 10, Permission.SEE_READINESS, "checks/person_section.html", readiness))
