"""A person's training on their page for staff."""

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.permissions import Permission
from reviewers.models import Reviewer
from reviewers.person_page import Section, register
from training.models import Place, Session

SHOWN = 20


def training_of(reviewer: Reviewer, user: User, now: datetime) -> dict[str, Any]:
    """Sessions they attended or have a place at, latest first; and trained on."""
    told = [Place.Outcome.ATTENDED, Place.Outcome.BOOKED, Place.Outcome.WAITING]
    places = list(
        Place.objects.filter(reviewer=reviewer, outcome__in=told)
        .select_related("session")
        .order_by("-session__held_on", "-pk")[:SHOWN]
    )
    conferring = [
        place.session.held_on
        for place in places
        if place.outcome == Place.Outcome.ATTENDED and place.session.kind in Session.CONFERRING
    ]
    return {"places": places, "trained_on": min(conferring, default=None)}


register(
    Section("training", 20, Permission.RUN_TRAINING, "training/person_section.html", training_of)
)
