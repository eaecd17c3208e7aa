"""What the checks team has to do, kind by kind. Nothing of people who left the programme."""

from datetime import date, timedelta
from functools import cache

from django.db.models import (
    CharField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
)

from accounts.models import User
from checks.models import Condition, DBSCheck, RiskAssessment, SiteClearance
from organisation.models import (
    LEVELS_BY_WORKFORCE,
    DBSLevel,
    Workforce,
    workforces_that_do_for,
)
from reviewers.models import Stage

RENEWAL_DAYS = 90
STATUS_DAYS = 30
REVIEW_DAYS = 30
SITE_DAYS = 28  # a site is reminded when it has been silent this long

# What an approval says; the rest is not read, and nothing but the reference is decrypted.
OF_DECISION = (
    "version",
    "decision",
    "document_reference",
    "round",
    "decided_on",
    "approved_until",
    "review_on",
    "check_made__reviewer_id",
    "check_made__reviewer__first_name",
    "check_made__reviewer__last_name",
    "decided_by__name",
    "decided_by__email",
)


def _waiting() -> QuerySet[DBSCheck]:
    return DBSCheck.objects.filter(
        result=DBSCheck.Result.AWAITING, withdrawn_on__isnull=True
    ).exclude(reviewer__stage=Stage.LEFT)


def id_checks_to_hold() -> QuerySet[DBSCheck]:
    """People who were asked for an ID check and whose application is not made yet."""
    return _waiting().filter(applied_on__isnull=True)


def applications_to_chase() -> QuerySet[DBSCheck]:
    """Applications without a certificate."""
    return _waiting().filter(applied_on__isnull=False)


def outcomes_to_settle(*, today: date) -> QuerySet[DBSCheck]:
    """What came for people who were ready and may count again: blank, unchanged, or allowed."""
    allowed = RiskAssessment.objects.filter(
        Q(approved_until__isnull=True) | Q(approved_until__gte=today),
        is_in_force=True,
        is_missing_conditions=False,
        decision__in=RiskAssessment.ALLOWING,
    )
    return (
        DBSCheck.objects.filter(
            Q(result=DBSCheck.Result.CLEAR) | Q(pk__in=allowed.values("check_made")),
            waiting_since__isnull=False,
        )
        .exclude(status_result=DBSCheck.Status.CHANGED)
        .exclude(reviewer__stage=Stage.LEFT)
    )


@cache  # the same every time, and long to put together
def _renewed() -> Q:
    """Checks after which another was begun that does for the same level and workforce.

    What was meant for adults and children is renewed by one of both, or by one of each.
    """
    later = DBSCheck.objects.alias(
        for_level=ExpressionWrapper(OuterRef("level"), CharField()),
        for_workforce=ExpressionWrapper(OuterRef("workforce"), CharField()),
    ).filter(
        Q(applied_on__gt=OuterRef("applied_on")) | Q(applied_on__isnull=True),
        reviewer=OuterRef("reviewer"),
        withdrawn_on__isnull=True,
        rank__gte=OuterRef("rank"),
    )
    does_alone = ~Q(for_level__in=LEVELS_BY_WORKFORCE)
    together = Q()
    for workforce in Workforce.values:
        groups = workforces_that_do_for(DBSLevel.ENHANCED, workforce)
        alone = set.intersection(*map(set, groups))
        does_alone |= Q(for_workforce=workforce, workforce__in=alone)
        if len(groups) > 1:
            each = Q(workforce=workforce, level__in=LEVELS_BY_WORKFORCE)
            for group in groups:
                each &= Q(Exists(later.filter(workforce__in=group)))
            together |= each
    return Q(Exists(later.filter(does_alone))) | together


def due_by(day: date) -> QuerySet[DBSCheck]:
    """Checks whose renewal is due on or before the day and is not begun. Leavers excepted."""
    return DBSCheck.objects.filter(~_renewed(), renewal_due_on__lte=day).exclude(
        reviewer__stage=Stage.LEFT
    )


def renewals_due(*, today: date) -> QuerySet[DBSCheck]:
    """Checks due for renewal within 90 days or overdue, where no renewal has been begun."""
    return due_by(today + timedelta(days=RENEWAL_DAYS))


def status_checks_due(*, today: date) -> QuerySet[DBSCheck]:
    """Certificates whose next status check with the Update Service is due within 30 days."""
    due = DBSCheck.objects.filter(status_due_on__lte=today + timedelta(days=STATUS_DAYS))
    return due.exclude(reviewer__stage=Stage.LEFT)


def _assessments() -> QuerySet[RiskAssessment]:
    return RiskAssessment.objects.exclude(check_made__reviewer__stage=Stage.LEFT)


def assessments_to_decide() -> QuerySet[RiskAssessment]:
    """Assessments without a decision."""
    return _assessments().filter(
        decision=RiskAssessment.Decision.AWAITING, replaced_at__isnull=True
    )


def people_to_tell() -> QuerySet[RiskAssessment]:
    """Decisions in force that the person has not been told.

    What was decided elsewhere and allows everything needs no telling: they go on visits already.
    Conditions are told when they are known.
    """
    all_for_them = Q(
        approved_by__isnull=True,
        decision=RiskAssessment.Decision.APPROVED,
        approved_until__isnull=True,
    )
    return _assessments().filter(
        ~all_for_them, is_in_force=True, is_missing_conditions=False, told_on__isnull=True
    )


def conditions_to_record() -> QuerySet[RiskAssessment]:
    """Decisions that were brought in without what they ask of visits: they allow none so long.

    Without those whose conditions wait for a second person.
    """
    return _assessments().filter(~_begun(), is_in_force=True, is_missing_conditions=True)


@cache
def _begun() -> Exists:
    """Whether another round is open."""
    return Exists(
        RiskAssessment.objects.filter(
            check_made=OuterRef("check_made"), is_in_force=False, replaced_at__isnull=True
        )
    )


def review_due_by(day: date) -> QuerySet[RiskAssessment]:
    """Decisions in force to be looked at again by that day, where nobody has begun to."""
    return _assessments().filter(~_begun(), is_in_force=True, review_on__lte=day)


def assessments_to_review(*, today: date) -> QuerySet[RiskAssessment]:
    """Decisions to be looked at again within 30 days, or overdue."""
    return review_due_by(today + timedelta(days=REVIEW_DAYS))


def _clearances() -> QuerySet[SiteClearance]:
    return SiteClearance.objects.exclude(reviewer__stage=Stage.LEFT)


def site_forms_to_chase(*, today: date) -> QuerySet[SiteClearance]:
    """Applications to sites that have been silent for four weeks, nor reminded since."""
    silent = today - timedelta(days=SITE_DAYS)
    return _clearances().filter(
        Q(reminded_on__isnull=True) | Q(reminded_on__lte=silent),
        rung=SiteClearance.Rung.IN_PROGRESS,
        applied_on__lte=silent,
    )


def people_to_tell_of_sites() -> QuerySet[SiteClearance]:
    """What sites decided with a limit, and the person has not been told."""
    return _clearances().filter(
        rung__in=SiteClearance.TO_BE_TOLD, told_on__isnull=True, decided_on__isnull=False
    )


def conditions() -> "Prefetch[str, QuerySet[Condition], str]":
    """An assessment's conditions with what they name."""
    return Prefetch(
        "conditions", Condition.objects.select_related("not_service", "not_directorate")
    )


def assessments_to_approve(user: User) -> QuerySet[RiskAssessment]:
    """Decisions that wait for a second person, without those about this user.

    ``is_brought_in``: HR decided it before it was brought in, and its conditions are new.
    """
    lacking = RiskAssessment.objects.filter(
        check_made=OuterRef("check_made"), is_in_force=True, is_missing_conditions=True
    )
    return (
        RiskAssessment.objects.filter(is_in_force=False, replaced_at__isnull=True)
        .exclude(decision=RiskAssessment.Decision.AWAITING)
        .exclude(check_made__reviewer__user=user)
        .select_related("check_made__reviewer", "decided_by")
        .only(*OF_DECISION)
        .annotate(is_brought_in=Exists(lacking))
        .prefetch_related(conditions())
    )
