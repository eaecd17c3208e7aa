"""What the next step of a person on the way may know of checks: ready, or not. Nothing else."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q
from django.utils.timezone import localdate

from checks.readiness import is_ready
from organisation.models import TrustSettings
from reviewers.next_steps import Fact, register


def ready(now: datetime, people: Collection[int], trust: TrustSettings) -> Q:
    """Whose checks are in place."""
    return is_ready(on=localdate(now), trust=trust, among=people)


register(Fact.READY, ready)
