"""Messages about feedback: the request and one reminder (see tasks.py), and to the team itself."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from django.conf import settings
from django.urls import reverse

from feedback.concern_queries import open_concerns
from feedback.models import Asking
from feedback.operations import REMINDER, REQUEST
from feedback.policies import next_working_morning
from feedback.queries import NOT_NOW
from notifications.registry import Due, Kind, register
from notifications.words import letter
from organisation.contact import mailbox_of
from organisation.queries import trust_settings

CONCERN = "feedback-concern"


def _still_open(asking_ids: set[int], now: datetime) -> set[int]:
    still = Asking.objects.filter(pk__in=asking_ids, state=Asking.State.OPEN)
    return set(still.exclude(reviewer__stage__in=NOT_NOW).values_list("pk", flat=True))


register(Kind(REQUEST, still_true_of=_still_open, label="Feedback request"))
register(Kind(REMINDER, still_true_of=_still_open, label="Feedback reminder"))


def _due_concerns(now: datetime) -> Iterator[Due]:
    """The team hears of a concern at once, and again on the next working morning if need be."""
    trust = trust_settings()
    for concern in open_concerns():
        address = settings.PUBLIC_URL + reverse("feedback:concern", args=[concern.pk])
        morning = next_working_morning(concern.raised_at)
        for name, due_at in (("now", concern.raised_at), ("morning", morning)):
            yield Due(
                key=f"{CONCERN}:{concern.pk}:{name}",
                about_id=concern.pk,
                to=mailbox_of(trust),
                subject="Please get in touch with somebody",
                body=partial(letter, "feedback/messages/concern.txt", {"address": address}),
                due_at=due_at,
            )


def _nobody_in_touch(ids: set[int], now: datetime) -> set[int]:
    return set(open_concerns().filter(pk__in=ids).values_list("pk", flat=True))


register(
    Kind(
        CONCERN,
        due=_due_concerns,
        still_true_of=_nobody_in_touch,
        label="Somebody to get in touch with",
    )
)
