"""Messages about checks: renewals, to checks officers alone."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.timezone import localdate

from accounts.models import User
from accounts.permissions import Permission, roles_with
from checks import queries
from notifications.addressees import for_user
from notifications.registry import Due, Kind, register
from notifications.words import letter
from organisation.queries import trust_settings

LONDON = ZoneInfo("Europe/London")
DAYS_BEFORE = (90, 60, 30)


def officers() -> list[User]:
    """Everybody who records checks."""
    keys = roles_with(Permission.EDIT_CHECKS)
    people: QuerySet[User] = User.objects.filter(is_active=True).order_by("pk")
    return [each for each in people.exclude(roles=[]) if set(each.roles) & keys]


def due_renewals(now: datetime) -> Iterator[Due]:
    """To each officer, 90, 60 and 30 days before a check's renewal day, at 08:00.

    The message names nobody: it says how to find who it is about. Of the three only the latest
    that is due goes, and none once the renewal day has passed: the work list has it then.
    """
    today = localdate(now)
    trust = trust_settings()
    people = officers()
    for check in queries.due_by(today + timedelta(days=max(DAYS_BEFORE))):
        day = check.renewal_due_on
        if day is None or day < today:
            continue
        for before in DAYS_BEFORE:
            due_at = datetime.combine(day - timedelta(days=before), time(8), LONDON)
            if due_at > now:
                continue
            for officer in people:
                yield Due(
                    key=f"renewal:{check.pk}:{day}:{before}d:{officer.pk}",
                    about_id=check.pk,
                    to=for_user(officer),
                    subject="A renewal is coming up",
                    body=partial(letter, "checks/messages/renewal.txt", {"day": day}, trust=trust),
                    due_at=due_at,
                    too_late_at=datetime.combine(day, time(20), LONDON),
                )


def _still_due(check_ids: set[int], now: datetime) -> set[int]:
    soon = localdate(now) + timedelta(days=max(DAYS_BEFORE))
    return set(queries.due_by(soon).filter(pk__in=check_ids).values_list("pk", flat=True))


register(
    Kind("check-renewal", due=due_renewals, still_true_of=_still_due, label="Renewal coming up")
)
