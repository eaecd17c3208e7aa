"""Messages about checks: to officers what falls due, to a person alone their ID check."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from django.utils.timezone import localdate

from checks import queries
from checks.models import DBSCheck
from checks.telling import APPOINTMENT, APPOINTMENT_OFF
from notifications.addressees import for_user
from notifications.registry import Due, Kind, register
from notifications.words import letter
from organisation.queries import trust_settings
from reviewers.models import Stage

LONDON = ZoneInfo("Europe/London")
DAYS_BEFORE = (90, 60, 30)


def due_renewals(now: datetime) -> Iterator[Due]:
    """To each officer, 90, 60 and 30 days before a check's renewal day, at 08:00.

    The message names nobody: it says how to find who it is about. Of the three only the latest
    that is due goes, and none once the renewal day has passed: the work list has it then.
    """
    today = localdate(now)
    trust = trust_settings()
    people = queries.officers()
    soon = today + timedelta(days=max(DAYS_BEFORE))
    for check in queries.due_by(soon).only("renewal_due_on"):
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


def due_reviews(now: datetime) -> Iterator[Due]:
    """To each officer, 30 days before a decision is to be looked at again, at 08:00.

    None once the day has passed, or somebody has begun: the work list has it then.
    """
    today = localdate(now)
    trust = trust_settings()
    people = queries.officers()
    soon = today + timedelta(days=queries.REVIEW_DAYS)
    for assessment in queries.review_due_by(soon).only("review_on"):
        day = assessment.review_on
        if day is None or day < today:
            continue
        due_at = datetime.combine(day - timedelta(days=queries.REVIEW_DAYS), time(8), LONDON)
        if due_at > now:
            continue
        for officer in people:
            yield Due(
                key=f"decision-review:{assessment.pk}:{day}:{officer.pk}",
                about_id=assessment.pk,
                to=for_user(officer),
                subject="Something to look at again",
                body=partial(letter, "checks/messages/review.txt", {"day": day}, trust=trust),
                due_at=due_at,
                too_late_at=datetime.combine(day, time(20), LONDON),
            )


def _still_to_review(assessment_ids: set[int], now: datetime) -> set[int]:
    soon = localdate(now) + timedelta(days=queries.REVIEW_DAYS)
    due = queries.review_due_by(soon).filter(pk__in=assessment_ids)
    return set(due.values_list("pk", flat=True))


def _still_to_come(check_ids: set[int], now: datetime) -> set[int]:
    coming = DBSCheck.objects.filter(
        pk__in=check_ids,
        id_check_at__gt=now,
        identity_seen_on__isnull=True,
        applied_on__isnull=True,
        withdrawn_on__isnull=True,
    ).exclude(reviewer__stage__in=(Stage.PAUSED, Stage.LEFT))
    return set(coming.values_list("pk", flat=True))


def _still_off(check_ids: set[int], now: datetime) -> set[int]:
    off = DBSCheck.objects.filter(pk__in=check_ids, withdrawn_on__isnull=False, id_check_at__gt=now)
    return set(off.values_list("pk", flat=True))


def _still_due(check_ids: set[int], now: datetime) -> set[int]:
    soon = localdate(now) + timedelta(days=max(DAYS_BEFORE))
    return set(queries.due_by(soon).filter(pk__in=check_ids).values_list("pk", flat=True))


register(Kind(APPOINTMENT, still_true_of=_still_to_come, label="Appointment", is_confined=True))
register(
    Kind(
        APPOINTMENT_OFF, still_true_of=_still_off, label="Appointment called off", is_confined=True
    )
)
register(
    Kind("check-renewal", due=due_renewals, still_true_of=_still_due, label="Renewal coming up")
)
register(
    Kind(
        "decision-review",
        due=due_reviews,
        still_true_of=_still_to_review,
        label="Decision to look at again",
        is_confined=True,
    )
)
