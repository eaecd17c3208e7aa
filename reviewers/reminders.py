"""Messages about being in the programme: the interview, the role description, signing in."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from notifications.registry import Due, Kind, register
from notifications.words import letter
from organisation.queries import trust_settings
from reviewers.contact import addressee
from reviewers.models import Interview, Reviewer, RoleDescription, Stage
from reviewers.operations.recruitment import INTERVIEW, INTERVIEW_OFF
from reviewers.role_descriptions import TO_SIGN, newest
from reviewers.stages import MAY_BE_ASKED_TO_SIGN
from reviewers.words import ASKS_TO_SIGN, CAN_SIGN_IN, asked_to_sign

LONDON = ZoneInfo("Europe/London")
ASKED_FOR_DAYS = 7  # after it was published, or the person came to checks
IN_PEACE = (Stage.PAUSED, Stage.LEFT)


def _still_planned(ids: set[int], now: datetime) -> set[int]:
    planned = Interview.objects.filter(
        pk__in=ids, outcome=Interview.Outcome.PLANNED, held_on__gte=localdate(now)
    ).exclude(reviewer__stage__in=IN_PEACE)
    return set(planned.values_list("pk", flat=True))


def _still_off(ids: set[int], now: datetime) -> set[int]:
    off = Interview.objects.filter(pk__in=ids, outcome=Interview.Outcome.DID_NOT_MEET)
    return set(off.values_list("pk", flat=True))


def due_interviews(now: datetime) -> Iterator[Due]:
    """A reminder of each interview, from 08:00 the day before until it begins."""
    today = localdate(now)
    coming = (
        Interview.objects.filter(
            outcome=Interview.Outcome.PLANNED,
            held_on__gte=today,
            held_on__lte=today + timedelta(days=1),
        )
        .exclude(reviewer__stage__in=IN_PEACE)
        .select_related("reviewer")
    )
    trust = trust_settings()
    for interview in coming:
        day = interview.held_on
        due_at = datetime.combine(day - timedelta(days=1), time(8), LONDON)
        begins_at = datetime.combine(day, interview.starts_at or time(8), LONDON)
        if due_at <= now < begins_at and interview.recorded_at < due_at:
            yield Due(
                key=f"interview-reminder:{interview.pk}:{day}",
                about_id=interview.pk,
                to=addressee(interview.reviewer),
                subject=f"Talking about the role on {day:%A %-d %B}",
                body=partial(
                    letter,
                    "reviewers/messages/interview_reminder.txt",
                    {"person": interview.reviewer, "interview": interview},
                    trust=trust,
                ),
                due_at=due_at,
                too_late_at=begins_at,
            )


def _still_to_sign(ids: set[int], now: datetime) -> set[int]:
    version = newest()
    if version is None:
        return set()
    people = _to_ask(version).filter(pk__in=ids)
    return set(people.values_list("pk", flat=True))


def due_role_descriptions(now: datetime) -> Iterator[Due]:
    """Who is to sign the newest version: asked when it is published, or when they reach checks.

    Within a week of that, so that each tick looks only at those who may be new.
    """
    version = newest()
    if version is None:
        return
    since = localdate(now) - timedelta(days=ASKED_FOR_DAYS)
    people = _to_ask(version)
    published_on = localdate(version.published_at)
    if published_on < since:
        people = people.filter(stage=Stage.CHECKS, stage_since__gte=since)
    trust = trust_settings()
    for person in people.iterator(500):
        reached = datetime.combine(person.stage_since, time(8), LONDON)
        due_at = max(version.published_at, reached)
        if due_at <= now:
            yield Due(
                key=f"{TO_SIGN}:{person.pk}:{version.number}",
                about_id=person.pk,
                to=addressee(person),
                subject=ASKS_TO_SIGN,
                body=partial(asked_to_sign, person, version, trust),
                due_at=due_at,
                too_late_at=due_at + timedelta(days=ASKED_FOR_DAYS),
            )


def _to_ask(version: RoleDescription) -> QuerySet[Reviewer]:
    unsigned = Q(role_description_signed_on__isnull=True) | Q(signed_version__lt=version.number)
    return Reviewer.objects.filter(unsigned, stage__in=MAY_BE_ASKED_TO_SIGN)


def _can_sign_in(ids: set[int], now: datetime) -> set[int]:
    people = Reviewer.objects.filter(pk__in=ids, user__is_active=True)
    return set(people.values_list("pk", flat=True))


register(Kind(CAN_SIGN_IN, still_true_of=_can_sign_in, label="How to sign in"))
register(Kind(INTERVIEW, still_true_of=_still_planned, label="Interview"))
register(Kind(INTERVIEW_OFF, still_true_of=_still_off, label="Interview called off"))
register(
    Kind(
        "interview-reminder",
        still_true_of=_still_planned,
        due=due_interviews,
        label="Interview reminder",
    )
)
register(
    Kind(
        TO_SIGN,
        still_true_of=_still_to_sign,
        due=due_role_descriptions,
        label="Role description to sign",
    )
)
