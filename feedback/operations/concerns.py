"""Getting in touch with an LXR whose answer says that something was not right."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.operations import record
from feedback.models import Answer, Concern
from feedback.policies import is_worrying


def raise_if_worrying(answer: Answer, *, now: datetime) -> Concern | None:
    """Note that somebody has to get in touch, where the answer of an LXR says so.

    Call in the transaction of the answer, once its comments are written.
    """
    is_low, asks = is_worrying(answer, [each.text for each in answer.remarks.all()])
    if not (is_low or asks):
        return None
    return Concern.objects.create(
        answer=answer, raised_at=now, is_low_rating=is_low, asks_for_help=asks
    )


@transaction.atomic
def say_in_touch(*, concern: Concern, by: User, now: datetime) -> Concern:
    """Somebody has been in touch with the person. Said again, the first stays."""
    concern = Concern.objects.select_for_update().select_related("answer").get(pk=concern.pk)
    if concern.in_touch_at is None:
        concern.in_touch_at, concern.in_touch_by = now, by
        concern.save(update_fields=["in_touch_at", "in_touch_by"])
        about = concern.answer.author_id
        record("got in touch after feedback", on=concern, by=by, now=now, about=about)
    return concern
