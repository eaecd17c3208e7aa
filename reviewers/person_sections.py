"""What this floor adds to a person's page: interviews, the role description, what comes next."""

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.permissions import Permission
from reviewers.models import Interview, Reviewer, Stage
from reviewers.next_steps import known_of, next_step
from reviewers.person_page import Section, register
from reviewers.recruitment_queries import interviews_of
from reviewers.stages import MAY_BE_ASKED_TO_SIGN

BEFORE_CHECKS = (Stage.ENQUIRY, Stage.INTERVIEW)


def joining(reviewer: Reviewer, user: User, now: datetime) -> dict[str, Any]:
    """The next step, the interviews, and which version of the role description they signed."""
    interviews = interviews_of(reviewer)
    known = known_of([reviewer], now)[reviewer.pk]
    latest = interviews[0] if interviews else None
    return {
        "person": reviewer,
        "step": next_step(reviewer, known),
        "interviews": interviews,
        "may_interview": reviewer.stage in BEFORE_CHECKS,
        "goes_on": reviewer.stage == Stage.INTERVIEW
        and latest is not None
        and latest.outcome == Interview.Outcome.GO_ON,
        "is_signed": known.has_signed,
        "may_remind": not known.has_signed and reviewer.stage in MAY_BE_ASKED_TO_SIGN,
    }


register(Section("joining", 5, Permission.EDIT_PEOPLE, "reviewers/joining_section.html", joining))
