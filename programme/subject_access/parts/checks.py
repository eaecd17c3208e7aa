"""Checks, in plain words. Nothing that an officer has still to tell the person is in here.

A decision that was not in their favour reads like one that has not been made: "with the checks
team", until it is recorded that they were told, and how to ask again.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from checks.models import ClearanceTick, Condition, DBSCheck, RiskAssessment, SiteClearance
from programme.subject_access.part import INNER_WORKING, SOMEBODY_ELSE, Part, left_out
from reviewers.models import Reviewer

Decision = RiskAssessment.Decision
DECISION = (
    "decision", "decided_on", "is_in_force", "approved_until", "review_on", "told_on",
    "replaced_at",
)  # fmt: skip


# Decisions a person may read: it counted, and is all for them or was told.
MAY_BE_TOLD = (Q(is_in_force=True) | Q(replaced_at__isnull=False)) & (
    Q(decision=Decision.APPROVED, approved_until__isnull=True) | Q(told_on__isnull=False)
)


def _assessments(person: Reviewer) -> QuerySet[RiskAssessment]:
    later = RiskAssessment.objects.filter(
        check_made=OuterRef("check_made"), round__gt=OuterRef("round")
    )
    return (
        RiskAssessment.objects.filter(check_made__reviewer=person)
        .annotate(
            may_be_told=ExpressionWrapper(MAY_BE_TOLD, BooleanField()),
            is_asked_again=Exists(later.exclude(MAY_BE_TOLD)),
        )
        .order_by("opened_on", "pk")
    )


def _untold(assessment: Any) -> Iterable[str]:
    """What reads alike while it waits and while nobody has told them.

    Whether a decision still counts would tell of the one that took its place.
    """
    if not assessment.may_be_told:
        return DECISION
    return ("is_in_force", "replaced_at") if assessment.is_asked_again else ()


def _conditions(person: Reviewer) -> QuerySet[Condition]:
    counted = Q(assessment__is_in_force=True) | Q(assessment__replaced_at__isnull=False)
    found = Condition.objects.filter(
        counted, assessment__told_on__isnull=False, assessment__check_made__reviewer=person
    )
    return found.select_related("not_service", "not_directorate").order_by("pk")


def _undecided(clearance: SiteClearance) -> Iterable[str]:
    """What a site has not answered, and a limit nobody told them, read alike: to the letter."""
    is_untold = clearance.rung in SiteClearance.TO_BE_TOLD and clearance.told_on is None
    is_in_progress = clearance.rung == SiteClearance.Rung.IN_PROGRESS
    return ("rung", "decided_on", "told_on") if is_untold or is_in_progress else ()


def _checks(person: Reviewer) -> QuerySet[DBSCheck]:
    return person.dbs_checks.all()


def _documents(check: DBSCheck) -> list[str]:
    labels = dict(DBSCheck.Document.choices)
    return [str(labels.get(each, each)) for each in check.documents_seen]


def _ticks(person: Reviewer) -> QuerySet[ClearanceTick]:
    return ClearanceTick.objects.filter(clearance__reviewer=person).select_related(
        "clearance__site", "item"
    )


CHECKS: tuple[Part, ...] = (
    Part(
        "checks.dbscheck",
        "Your DBS checks",
        _checks,
        {
            "level": "Level",
            "workforce": "For work with",
            "asked_on": "You were asked for documents",
            "id_check_at": "Appointment to show documents",
            "id_check_how": "How",
            "id_check_place": "Where",
            "documents_seen": "Documents seen",
            "identity_seen_on": "Seen on",
            "applied_on": "Applied for",
            "reminded_on": "We last asked how it gets on",
            "withdrawn_on": "Application withdrawn",
            "issued_on": "Certificate issued",
            "reference_number": "Certificate number",
            "result": "Certificate",
            "renewal_due_on": "Renewal due",
            "update_consent_on": "You agreed to Update Service checks",
            "status_checked_on": "Update Service last asked",
            "status_result": "It answered",
            "status_due_on": "To be asked again",
            "waiting_since": "We look at what came, since",
            "recorded_at": "Recorded",
        },
        left_out(
            recorded_by=SOMEBODY_ELSE,
            identity_seen_by=SOMEBODY_ELSE,
            rank="Follows from the level.",
        ),
        made={"documents_seen": _documents},
        free_text=frozenset({"id_check_place"}),
    ),
    Part(
        "checks.riskassessment",
        "Decisions after a check",
        _assessments,
        {
            "opened_on": "Opened on",
            "decision": "Decision",
            "decided_on": "Decided on",
            "is_in_force": "Counts now",
            "approved_until": "Counts until",
            "review_on": "Looked at again on",
            "told_on": "You were told on",
            "replaced_at": "A later decision took its place",
        },
        left_out(
            check_made="Says that the row is about this person.",
            round=INNER_WORKING,
            is_missing_conditions=INNER_WORKING,
            version=INNER_WORKING,
            owner=SOMEBODY_ELSE,
            document_reference="Where HR keeps the document; HR gives a copy of it.",
            decided_by=SOMEBODY_ELSE,
            approved_by=SOMEBODY_ELSE,
            approved_at="Is part of how somebody else decided.",
        ),
        withheld=_untold,
    ),
    Part(
        "checks.condition",
        "Visits we do not ask you to go on",
        _conditions,
        {
            "not_service": "Not to this service",
            "not_directorate": "Not to these services",
            "not_setting": "Not in this setting",
            "accompanied_only": "Only with somebody of the trust",
            "words": "In words",
            "until": "Until",
        },
        left_out(assessment="Says that the row is about this person."),
        free_text=frozenset({"words"}),
    ),
    Part(
        "checks.siteclearance",
        "Sites that ask for more",
        lambda person: person.clearances.select_related("site"),
        {
            "site": "Site",
            "rung": "Where it stands",
            "applied_on": "Applied for",
            "reminded_on": "We last asked how it gets on",
            "decided_on": "Decided on",
            "told_on": "You were told on",
        },
        left_out(decided_by=SOMEBODY_ELSE, version=INNER_WORKING),
        withheld=_undecided,
    ),
    Part(
        "checks.clearancetick",
        "What you have done for a site",
        _ticks,
        {"clearance.site": "Site", "item": "What", "done_on": "Done on"},
        left_out(by=SOMEBODY_ELSE),
    ),
)
