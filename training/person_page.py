"""A person's training on their page for staff: since when they are trained, and until when."""

from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from accounts.models import User
from accounts.permissions import Permission
from reviewers.models import Reviewer
from reviewers.person_page import Section, register
from training.queries import with_in_date_until, with_trained_on
from training.queries.leading import count_led
from training.queries.library import to_read_by
from training.queries.refreshers import is_due


def training_of(reviewer: Reviewer, user: User, now: datetime) -> dict[str, Any]:
    """Trained on and in date until, how often they led, and what to read.

    The sessions themselves stand in the person's story.
    """
    today = localdate(now)
    found = with_in_date_until(with_trained_on(Reviewer.objects.filter(pk=reviewer.pk)))
    trained_on, until = found.values_list("trained_on", "in_date_until").get()
    return {
        "trained_on": trained_on,
        "until": until,
        "is_due": is_due(until, today=today),
        "has_lapsed": until is not None and until < today,
        "led": count_led(reviewer, today=today),
        "to_read": list(to_read_by(reviewer)),
    }


register(
    Section("training", 20, Permission.RUN_TRAINING, "training/person_section.html", training_of)
)
