"""Messages about feedback: the request, and one reminder after seven days (see tasks.py)."""

from datetime import datetime

from feedback.models import Asking
from feedback.operations import REMINDER, REQUEST
from feedback.queries import NOT_NOW
from notifications.registry import Kind, register


def _still_open(asking_ids: set[int], now: datetime) -> set[int]:
    still = Asking.objects.filter(pk__in=asking_ids, state=Asking.State.OPEN)
    return set(still.exclude(reviewer__stage__in=NOT_NOW).values_list("pk", flat=True))


register(Kind(REQUEST, still_true_of=_still_open, label="Feedback request"))
register(Kind(REMINDER, still_true_of=_still_open, label="Feedback reminder"))
