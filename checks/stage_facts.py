"""What the next step of a person on the way may know of checks: ready, or not. Nothing else."""

from datetime import datetime

from django.db.models import Q
from django.utils.timezone import localdate

from checks.readiness import is_ready
from organisation.queries import trust_settings
from reviewers.next_steps import Fact, register


def ready(now: datetime) -> Q:
    """Whose checks are in place."""
    return is_ready(on=localdate(now), trust=trust_settings())


register(Fact.READY, ready)
