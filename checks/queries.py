"""Reads for the checks team's pages. Nobody else's page may ask these."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from accounts.models import User
from checks.models import Condition, DBSCheck, RiskAssessment, SiteClearance
from organisation.models import Site
from reviewers.models import Reviewer, Stage

LIST_LIMIT = 50
RENEWAL_DAYS = 90


def applications_waiting() -> QuerySet[DBSCheck]:
    """Applications without a certificate, longest waiting first."""
    return (
        DBSCheck.objects.filter(result=DBSCheck.Result.AWAITING)
        .exclude(reviewer__stage=Stage.LEFT)
        .select_related("reviewer")
        .order_by("applied_on", "pk")[:LIST_LIMIT]
    )


def assessments_to_decide() -> QuerySet[RiskAssessment]:
    """Assessments without a decision, longest waiting first."""
    return (
        RiskAssessment.objects.filter(decision=RiskAssessment.Decision.AWAITING)
        .exclude(check_made__reviewer__stage=Stage.LEFT)
        .select_related("check_made__reviewer")
        .order_by("opened_on", "pk")[:LIST_LIMIT]
    )


def assessments_to_approve() -> QuerySet[RiskAssessment]:
    """Decisions that wait for a second person, longest waiting first."""
    return (
        RiskAssessment.objects.filter(is_in_force=False)
        .exclude(decision=RiskAssessment.Decision.AWAITING)
        .select_related("check_made__reviewer", "decided_by")
        .prefetch_related(conditions())
        .order_by("decided_on", "pk")[:LIST_LIMIT]
    )


def people_to_tell() -> QuerySet[RiskAssessment]:
    """Decisions in force that a person decided here and that the person has not been told."""
    return (
        RiskAssessment.objects.filter(
            is_in_force=True, told_on__isnull=True, approved_by__isnull=False
        )
        .select_related("check_made__reviewer")
        .order_by("approved_at", "pk")[:LIST_LIMIT]
    )


def renewals_due(*, today: date) -> QuerySet[DBSCheck]:
    """Checks due for renewal within 90 days or overdue, where none newer has been applied for."""
    return (
        due_by(today + timedelta(days=RENEWAL_DAYS))
        .select_related("reviewer")
        .order_by("renewal_due_on", "pk")[:LIST_LIMIT]
    )


def due_by(day: date) -> QuerySet[DBSCheck]:
    """Each person's latest check, if its renewal is due on or before the day. Leavers excepted."""
    later = DBSCheck.objects.filter(
        reviewer=OuterRef("reviewer"), applied_on__gt=OuterRef("applied_on")
    )
    return DBSCheck.objects.filter(~Exists(later), renewal_due_on__lte=day).exclude(
        reviewer__stage=Stage.LEFT
    )


def conditions() -> "Prefetch[str, QuerySet[Condition], str]":
    """An assessment's conditions with what they name."""
    return Prefetch(
        "conditions", Condition.objects.select_related("not_service", "not_directorate")
    )


def find_people(words: str) -> QuerySet[Reviewer]:
    """People whose reference or a name starts with the words, by name; none without words."""
    words = words.strip()
    if not words:
        return Reviewer.objects.none()
    found = Q(reference__istartswith=words)
    for word in words.split()[:3]:
        found |= Q(last_name__istartswith=word) | Q(first_name__istartswith=word)
    return Reviewer.objects.filter(found)[:LIST_LIMIT]


def checks_of(reviewer: Reviewer) -> QuerySet[DBSCheck]:
    """One person's checks with their assessments, newest first."""
    return reviewer.dbs_checks.select_related("assessment").prefetch_related(
        Prefetch(
            "assessment__conditions",
            Condition.objects.select_related("not_service", "not_directorate"),
        )
    )


def clearances_of(reviewer: Reviewer) -> QuerySet[SiteClearance]:
    """Where one person stands with each site, by site."""
    return reviewer.clearances.select_related("site").order_by("site__name")


def sites_asking() -> QuerySet[Site]:
    """Sites that ask for more than DBS."""
    return Site.objects.exclude(asks=Site.Asks.NOTHING)


def get_person(pk: int) -> Reviewer | None:
    """The person with this id."""
    return Reviewer.objects.filter(pk=pk).first()


def get_check(pk: int) -> DBSCheck | None:
    """The check with its person."""
    return DBSCheck.objects.select_related("reviewer").filter(pk=pk).first()


def get_assessment(pk: int) -> RiskAssessment | None:
    """The assessment with its person and conditions."""
    return (
        RiskAssessment.objects.select_related("check_made__reviewer", "decided_by")
        .prefetch_related(conditions())
        .filter(pk=pk)
        .first()
    )


@dataclass(frozen=True)
class OwnCheck:
    """One check in plain words for the person it is about."""

    level: str
    applied_on: date
    words: str
    next_step: str


def own_checks(user: User) -> list[OwnCheck]:
    """The checks of the person who is signed in, newest first.

    A decision that is not in their favour is not told here before an officer has told them.
    """
    checks = DBSCheck.objects.filter(reviewer__user=user).select_related("assessment")
    return [
        OwnCheck(check.get_level_display(), check.applied_on, *_own_words(check))
        for check in checks
    ]


def _own_words(check: DBSCheck) -> tuple[str, str]:
    if check.result == DBSCheck.Result.CLEAR:
        return "This check is complete.", "You do not need to do anything."
    waiting = (
        "The checks team is working on this.",
        "You do not need to do anything. They will contact you if they need something from you.",
    )
    assessment = getattr(check, "assessment", None)
    if assessment is None or not assessment.is_in_force:
        return waiting
    if assessment.decision == RiskAssessment.Decision.APPROVED:
        return "This check is complete.", "You do not need to do anything."
    if assessment.told_on is None:
        return waiting
    if assessment.decision == RiskAssessment.Decision.CONDITIONS:
        return (
            "This check is complete. There are some visits we will not ask you to go on.",
            "The checks team has talked with you about this. You can ask them to look at it again.",
        )
    return (
        "You cannot go on visits for now.",
        "The checks team has talked with you about this. You can ask them to look at it again.",
    )
