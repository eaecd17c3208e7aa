"""Deciding after a disclosure: two people, round by round. What is refused is in the audit too."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.timezone import localdate

from accounts.models import User
from audit.operations import record
from checks import policies
from checks.models import Condition, DBSCheck, RiskAssessment
from checks.readiness import is_ready_now
from checks.refusals import refusals_recorded
from organisation.models import Directorate, Service
from organisation.queries import trust_settings


@dataclass(frozen=True)
class Conditions:
    """What an approval asks of visits: never these places, or never without company.

    ``words`` say how the person is accompanied.
    """

    services: tuple[Service, ...] = ()
    directorates: tuple[Directorate, ...] = ()
    settings: tuple[str, ...] = ()
    is_accompanied: bool = False
    words: str = ""
    until: date | None = None

    def rows(self, assessment: RiskAssessment) -> Iterable[Condition]:
        """One row for each thing named."""
        for service in self.services:
            yield Condition(assessment=assessment, not_service=service, until=self.until)
        for directorate in self.directorates:
            yield Condition(assessment=assessment, not_directorate=directorate, until=self.until)
        for setting in self.settings:
            yield Condition(assessment=assessment, not_setting=setting, until=self.until)
        if self.is_accompanied:
            yield Condition(
                assessment=assessment, accompanied_only=True, until=self.until, words=self.words
            )


def locked(assessment: RiskAssessment) -> RiskAssessment:
    """The assessment as it stands now, held until the transaction ends."""
    return (
        RiskAssessment.objects.select_for_update(of=("self",))
        .select_related("check_made__reviewer")
        .get(pk=assessment.pk)
    )


def _locked_with_check(assessment: RiskAssessment) -> RiskAssessment:
    """The same, with its check: nobody else opens another round meanwhile."""
    DBSCheck.objects.select_for_update(of=("self",)).get(pk=assessment.check_made_id)
    return locked(assessment)


def _rounds(assessment: RiskAssessment) -> QuerySet[RiskAssessment]:
    return RiskAssessment.objects.filter(check_made=assessment.check_made_id)


def _has_open(assessment: RiskAssessment) -> bool:
    return _rounds(assessment).filter(is_in_force=False, replaced_at__isnull=True).exists()


def _next_round(assessment: RiskAssessment, *, opened_on: date) -> RiskAssessment:
    latest: int = _rounds(assessment).aggregate(latest=Max("round"))["latest"]
    return RiskAssessment(
        check_made=assessment.check_made,
        round=latest + 1,
        opened_on=opened_on,
        owner=assessment.owner,
        document_reference=assessment.document_reference,
    )


def _save(
    assessment: RiskAssessment, action: str, *, by: User, now: datetime, fields: Iterable[str] = ()
) -> None:
    assessment.version += 1
    assessment.save()
    record(
        action,
        on=assessment,
        by=by,
        now=now,
        about=assessment.reviewer.pk,
        fields=fields,
    )


@refusals_recorded
@transaction.atomic
def take_on(
    *,
    assessment: RiskAssessment,
    owner: User | None,
    document_reference: str,
    version: int,
    by: User,
    now: datetime,
) -> RiskAssessment:
    """Say who looks after an assessment, and where HR keeps its document. Raises RuleBroken."""
    assessment = locked(assessment)
    policies.check_can_own(assessment, version=version, by=by)
    assessment.owner = owner
    assessment.document_reference = document_reference
    fields = ["owner", "document_reference"]
    _save(assessment, "took on a risk assessment", by=by, now=now, fields=fields)
    return assessment


@refusals_recorded
@transaction.atomic
def decide(
    *,
    assessment: RiskAssessment,
    decision: str,
    decided_on: date,
    conditions: Conditions,
    review_on: date | None,
    version: int,
    by: User,
    now: datetime,
    approved_until: date | None = None,
) -> RiskAssessment:
    """HR's decision after a disclosure. It counts once a second person has approved it.

    ``version`` is that of the assessment the form was shown for. Raises RuleBroken: decided
    already, changed meanwhile, about oneself, dates in the wrong order, or conditions that do not
    go with the decision.
    """
    assessment = locked(assessment)
    rows = list(conditions.rows(assessment))
    policies.check_can_decide(
        assessment,
        decision=decision,
        decided_on=decided_on,
        approved_until=approved_until,
        conditions_until=conditions.until,
        has_conditions=bool(rows),
        review_on=review_on,
        version=version,
        by=by,
        today=localdate(now),
    )
    assessment.decision = decision
    assessment.decided_on = decided_on
    assessment.decided_by = by
    assessment.approved_until = approved_until
    # An approval that ends is looked at again by then.
    assessment.review_on = min(filter(None, (review_on, approved_until)), default=None)
    Condition.objects.bulk_create(rows)
    fields = ["decision", "decided_on", "conditions", "approved_until", "review_on"]
    _save(assessment, "decided a risk assessment", by=by, now=now, fields=fields)
    return assessment


@refusals_recorded
@transaction.atomic
def approve(*, assessment: RiskAssessment, version: int, by: User, now: datetime) -> RiskAssessment:
    """A second person approves the decision: it counts from now, in place of the one before.

    Raises RuleBroken.
    """
    assessment = locked(assessment)
    policies.check_can_approve(assessment, version=version, by=by)
    _settle_or_wait(assessment, today=localdate(now))
    before = RiskAssessment.objects.filter(check_made=assessment.check_made_id, is_in_force=True)
    before.update(is_in_force=False, replaced_at=now)
    assessment.approved_by = by
    assessment.approved_at = now
    assessment.is_in_force = True
    _save(assessment, "approved a risk assessment", by=by, now=now, fields=["is_in_force"])
    return assessment


def _settle_or_wait(assessment: RiskAssessment, *, today: date) -> None:
    """An approval settles its certificate; a decision against who was ready makes them wait."""
    check = assessment.check_made
    if assessment.decision in RiskAssessment.ALLOWING:
        if check.status_result == DBSCheck.Status.CHANGED:
            return  # a new certificate is asked for
        check.waiting_since = None
    elif is_ready_now(check.reviewer_id, today, trust_settings()):
        check.waiting_since = today
    check.save(update_fields=["waiting_since"])


@refusals_recorded
@transaction.atomic
def return_for_decision(
    *, assessment: RiskAssessment, version: int, by: User, now: datetime
) -> RiskAssessment:
    """The second person does not approve: the decision is made again. Raises RuleBroken."""
    assessment = locked(assessment)
    policies.check_can_approve(assessment, version=version, by=by)
    assessment.decision = RiskAssessment.Decision.AWAITING
    assessment.decided_on = assessment.decided_by = None
    assessment.approved_until = assessment.review_on = None
    assessment.conditions.all().delete()
    _save(assessment, "returned a risk assessment", by=by, now=now, fields=["decision"])
    return assessment


@refusals_recorded
@transaction.atomic
def record_conditions(
    *, assessment: RiskAssessment, conditions: Conditions, version: int, by: User, now: datetime
) -> RiskAssessment:
    """What a decision that was brought in asks of visits, as HR has it.

    It is the next round, with HR's decision: it counts once a second person has approved it.
    Raises RuleBroken.
    """
    assessment = _locked_with_check(assessment)
    policies.check_can_record_conditions(
        assessment,
        has_conditions=any(True for _ in conditions.rows(assessment)),
        has_open=_has_open(assessment),
        conditions_until=conditions.until,
        version=version,
        by=by,
    )
    copied = _next_round(assessment, opened_on=assessment.opened_on)
    copied.decision = assessment.decision
    copied.decided_on = assessment.decided_on
    copied.decided_by = by
    copied.approved_until = assessment.approved_until
    copied.review_on = assessment.review_on
    copied.save()
    Condition.objects.bulk_create(conditions.rows(copied))
    record(
        "recorded the conditions",
        on=copied,
        by=by,
        now=now,
        about=assessment.reviewer.pk,
        fields=["conditions"],
    )
    return copied


@refusals_recorded
@transaction.atomic
def record_told(
    *, assessment: RiskAssessment, told_on: date, version: int, by: User, now: datetime
) -> RiskAssessment:
    """An officer told the person the decision and how to ask again. Raises RuleBroken."""
    assessment = locked(assessment)
    policies.check_can_tell(
        assessment, told_on=told_on, version=version, by=by, today=localdate(now)
    )
    assessment.told_on = told_on
    _save(assessment, "told the person", by=by, now=now, fields=["told_on"])
    return assessment


@refusals_recorded
@transaction.atomic
def reconsider(
    *, assessment: RiskAssessment, asked_on: date, version: int, by: User, now: datetime
) -> RiskAssessment:
    """Open another round. The decision in force stands until the next one is approved.

    Raises RuleBroken.
    """
    assessment = _locked_with_check(assessment)
    policies.check_can_reconsider(
        assessment,
        has_open=_has_open(assessment),
        asked_on=asked_on,
        version=version,
        by=by,
        today=localdate(now),
    )
    again = _next_round(assessment, opened_on=asked_on)
    again.save()
    record(
        "looked at a decision again",
        on=again,
        by=by,
        now=now,
        about=assessment.reviewer.pk,
    )
    return again
