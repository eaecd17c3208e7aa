"""A person's training on their page for staff: since when they are trained, and until when."""

from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from accounts.models import User
from accounts.permissions import Permission
from reviewers.models import Reviewer
from reviewers.person_page import Section, register
from training.of_person import in_date_until, sessions_led_by, trained_on
from training.queries.library import to_read_by
from training.queries.refreshers import is_due


def training_of(reviewer: Reviewer, user: User, now: datetime) -> dict[str, Any]:
    """Trained on and in date until, how often they led, and what to read.

    The sessions themselves stand in the person's story.
    """
    today, until = localdate(now), in_date_until(reviewer)
    return {
        "trained_on": trained_on(reviewer),
        "until": until,
        "is_due": is_due(until, today=today),
        "has_lapsed": until is not None and until < today,
        "led": sum(each.held_on < today for each in sessions_led_by(reviewer)),
        "to_read": list(to_read_by(reviewer)),
    }


register(
    Section("training", 20, Permission.RUN_TRAINING, "training/person_section.html", training_of)
)
