"""What the next step of a person on the way may know of checks: ready, or not. Nothing else."""

from collections.abc import Collection
from datetime import datetime

from django.utils.timezone import localdate

from checks.readiness import is_ready
from organisation.queries import trust_settings
from reviewers.models import Reviewer
from reviewers.next_steps import Fact, register


def ready(ids: Collection[int], now: datetime) -> set[int]:
    """Those whose checks are in place."""
    found = is_ready(on=localdate(now), trust=trust_settings())
    return set(Reviewer.objects.filter(found, pk__in=ids).values_list("pk", flat=True))


register(Fact.READY, ready)
