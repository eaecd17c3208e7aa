"""What people are told about their ID check. Nobody else reads that there is such a message."""

from datetime import datetime

from django.utils.timezone import localtime

from checks.models import DBSCheck
from notifications.models import Channel, Message
from notifications.operations import queue
from notifications.words import letter
from reviewers.contact import addressee
from reviewers.models import Reviewer

APPOINTMENT = "id-check"
APPOINTMENT_OFF = "id-check-off"
WRITTEN = (Channel.EMAIL, Channel.TEXT)


def is_written_to(reviewer: Reviewer) -> bool:
    """Whether a message reaches them without a coordinator, who may not know of it."""
    return addressee(reviewer).channel in WRITTEN


def tell_appointment(check: DBSCheck, *, has_changed: bool, now: datetime) -> None:
    """Tell the person when and where to come; ``has_changed``: they had another one before."""
    if check.id_check_at is None or check.id_check_at <= now:
        return
    at = localtime(check.id_check_at)
    subject = f"Your appointment {'is now ' if has_changed else ''}on {at:%A %-d %B}"
    _tell(check, APPOINTMENT, subject, {"at": at, "has_changed": has_changed}, now)


def still_expects_them(check: DBSCheck, now: datetime) -> bool:
    """Whether the person has an ID check that is still to come."""
    return (
        check.id_check_at is not None and check.id_check_at > now and check.identity_seen_on is None
    )


def tell_off(check: DBSCheck, *, now: datetime) -> None:
    """Tell the person that the appointment they had is called off."""
    if check.id_check_at is None or not still_expects_them(check, now):
        return
    at = localtime(check.id_check_at)
    _tell(check, APPOINTMENT_OFF, f"You need not come on {at:%A %-d %B}", {"at": at}, now)


def _tell(
    check: DBSCheck, kind: str, subject: str, words: dict[str, object], now: datetime
) -> None:
    # What has not gone yet says what no longer holds.
    unsent = Message.objects.filter(
        kind=APPOINTMENT, about_id=check.pk, state=Message.State.WAITING
    )
    unsent.update(state=Message.State.DROPPED)
    if is_written_to(check.reviewer):
        queue(
            key=f"{kind}:{check.pk}:{now.isoformat()}",
            kind=kind,
            to=addressee(check.reviewer),
            subject=subject,
            body=letter(
                f"checks/messages/{kind.replace('-', '_')}.txt",
                {"person": check.reviewer, "check": check, **words},
            ),
            about_id=check.pk,
            now=now,
        )
