"""A person's training on their page for staff: since when they are trained."""

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.permissions import Permission
from reviewers.models import Reviewer
from reviewers.person_page import Section, register
from training.queries import with_trained_on
from training.queries.library import to_read_by


def training_of(reviewer: Reviewer, user: User, now: datetime) -> dict[str, Any]:
    """Trained on, and what to read. The sessions themselves stand in the person's story."""
    found = with_trained_on(Reviewer.objects.filter(pk=reviewer.pk))
    return {
        "trained_on": found.values_list("trained_on", flat=True).first(),
        "to_read": list(to_read_by(reviewer)),
    }


register(
    Section("training", 20, Permission.RUN_TRAINING, "training/person_section.html", training_of)
)
