"""What checks officers and second approvers do. Each is one transaction with its audit event."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from dateutil.relativedelta import relativedelta
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from accounts.models import User
from audit.models import Event
from audit.operations import record
from checks import policies
from checks.models import Condition, DBSCheck, RiskAssessment, SiteClearance
from organisation.models import Directorate, Service, Site, TrustSettings
from reviewers.models import Reviewer
from rules import RuleBroken


@dataclass(frozen=True)
class Conditions:
    """What an approval asks of visits: never these services, directorates or settings."""

    services: tuple[Service, ...] = ()
    directorates: tuple[Directorate, ...] = ()
    settings: tuple[str, ...] = ()
    until: date | None = None

    def rows(self, assessment: RiskAssessment) -> Iterable[Condition]:
        """One row for each thing named."""
        for service in self.services:
            yield Condition(assessment=assessment, not_service=service, until=self.until)
        for directorate in self.directorates:
            yield Condition(assessment=assessment, not_directorate=directorate, until=self.until)
        for setting in self.settings:
            yield Condition(assessment=assessment, not_setting=setting, until=self.until)


@transaction.atomic
def look(*, on: Reviewer, by: User, now: datetime, purpose: str) -> None:
    """Record that ``by`` looks at this person's check detail, and what for."""
    record(
        "looked at checks",
        on=on,
        by=by,
        now=now,
        about=on.pk,
        why=purpose,
        kind=Event.Kind.LOOKED,
    )


@transaction.atomic
def look_at_list(*, by: User, now: datetime, purpose: str) -> None:
    """Record that ``by`` looks at the checks team's work list."""
    record(
        "looked at the checks work list",
        on=by,
        by=by,
        now=now,
        why=purpose,
        kind=Event.Kind.LOOKED,
    )


@transaction.atomic
def record_application(
    *, reviewer: Reviewer, level: str, workforce: str, applied_on: date, by: User, now: datetime
) -> DBSCheck:
    """A DBS check was applied for. Raises RuleBroken if that very check is already recorded."""
    if applied_on > localdate(now):
        message = "The application cannot be in the future."
        raise RuleBroken(message)
    try:
        with transaction.atomic():
            check = DBSCheck.objects.create(
                reviewer=reviewer,
                level=level,
                workforce=workforce,
                applied_on=applied_on,
                recorded_by=by,
                recorded_at=now,
            )
    except IntegrityError as error:
        message = "A check of this level, applied for on this day, is already recorded."
        raise RuleBroken(message) from error
    record("recorded a DBS application", on=check, by=by, now=now, about=reviewer.pk)
    return check


@transaction.atomic
def record_certificate(
    *,
    check: DBSCheck,
    issued_on: date,
    reference_number: str,
    is_blank: bool,
    trust: TrustSettings,
    by: User,
    now: datetime,
) -> DBSCheck:
    """The certificate came. One that is not blank opens a risk assessment by itself.

    Raises RuleBroken.
    """
    check = DBSCheck.objects.select_for_update(of=("self",)).get(pk=check.pk)
    policies.check_can_record_certificate(check, issued_on=issued_on, today=localdate(now))
    check.issued_on = issued_on
    check.reference_number = reference_number
    check.result = DBSCheck.Result.CLEAR if is_blank else DBSCheck.Result.DISCLOSURE
    check.renewal_due_on = issued_on + relativedelta(months=trust.renewal_months)
    check.save()
    record(
        "recorded a DBS certificate",
        on=check,
        by=by,
        now=now,
        about=check.reviewer_id,
        fields=["issued_on", "reference_number", "result", "renewal_due_on"],
    )
    if not is_blank:
        assessment = RiskAssessment.objects.create(check_made=check, opened_on=issued_on)
        record("opened a risk assessment", on=assessment, by=by, now=now, about=check.reviewer_id)
    return check


def _locked(assessment: RiskAssessment) -> RiskAssessment:
    return (
        RiskAssessment.objects.select_for_update(of=("self",))
        .select_related("check_made")
        .get(pk=assessment.pk)
    )


@transaction.atomic
def decide(
    *,
    assessment: RiskAssessment,
    decision: str,
    decided_on: date,
    conditions: Conditions,
    review_on: date | None,
    by: User,
    now: datetime,
) -> RiskAssessment:
    """HR's decision after a disclosure. It counts once a second person has approved it.

    Raises RuleBroken: decided already, dates in the wrong order, or conditions that do not go
    with the decision.
    """
    assessment = _locked(assessment)
    policies.check_can_decide(assessment, decided_on=decided_on, today=localdate(now))
    rows = list(conditions.rows(assessment))
    if decision == RiskAssessment.Decision.CONDITIONS and not rows:
        message = "Say what the conditions are: choose at least one place not to visit."
        raise RuleBroken(message)
    if decision != RiskAssessment.Decision.CONDITIONS and rows:
        message = "Conditions go with “approved with conditions” alone."
        raise RuleBroken(message)
    assessment.decision = decision
    assessment.decided_on = decided_on
    assessment.decided_by = by
    assessment.review_on = review_on
    assessment.save()
    Condition.objects.bulk_create(rows)
    record(
        "decided a risk assessment",
        on=assessment,
        by=by,
        now=now,
        about=assessment.check_made.reviewer_id,
        fields=["decision", "decided_on", "conditions", "review_on"],
    )
    return assessment


@transaction.atomic
def approve(*, assessment: RiskAssessment, by: User, now: datetime) -> RiskAssessment:
    """A second person approves the decision, and it counts from now. Raises RuleBroken."""
    assessment = _locked(assessment)
    policies.check_can_approve(assessment, by=by)
    assessment.approved_by = by
    assessment.approved_at = now
    assessment.is_in_force = True
    assessment.save()
    record(
        "approved a risk assessment",
        on=assessment,
        by=by,
        now=now,
        about=assessment.check_made.reviewer_id,
    )
    return assessment


@transaction.atomic
def return_for_decision(*, assessment: RiskAssessment, by: User, now: datetime) -> RiskAssessment:
    """The second person does not approve: the decision is made again. Raises RuleBroken."""
    assessment = _locked(assessment)
    policies.check_can_approve(assessment, by=by)
    assessment.decision = RiskAssessment.Decision.AWAITING
    assessment.decided_on = None
    assessment.decided_by = None
    assessment.save()
    assessment.conditions.all().delete()
    record(
        "returned a risk assessment",
        on=assessment,
        by=by,
        now=now,
        about=assessment.check_made.reviewer_id,
    )
    return assessment


@transaction.atomic
def record_told(
    *, assessment: RiskAssessment, told_on: date, by: User, now: datetime
) -> RiskAssessment:
    """An officer told the person the decision, and how to ask again. Raises RuleBroken."""
    assessment = _locked(assessment)
    policies.check_can_tell(assessment, told_on=told_on, today=localdate(now))
    assessment.told_on = told_on
    assessment.save()
    record(
        "told the person",
        on=assessment,
        by=by,
        now=now,
        about=assessment.check_made.reviewer_id,
        fields=["told_on"],
    )
    return assessment


@transaction.atomic
def record_clearance(
    *,
    reviewer: Reviewer,
    site: Site,
    rung: str,
    applied_on: date | None,
    decided_on: date | None,
    decided_by: str,
    by: User,
    now: datetime,
) -> SiteClearance:
    """Where this person stands with a site that asks for more than DBS. Raises RuleBroken."""
    if rung != SiteClearance.Rung.IN_PROGRESS and decided_on is None:
        message = "Give the day the site decided."
        raise RuleBroken(message)
    if decided_on and (decided_on > localdate(now) or (applied_on and decided_on < applied_on)):
        message = "The decision must be after the application, and not in the future."
        raise RuleBroken(message)
    clearance, _ = SiteClearance.objects.update_or_create(
        reviewer=reviewer,
        site=site,
        defaults={
            "rung": rung,
            "applied_on": applied_on,
            "decided_on": None if rung == SiteClearance.Rung.IN_PROGRESS else decided_on,
            "decided_by": decided_by,
        },
    )
    record(
        "recorded a site clearance",
        on=clearance,
        by=by,
        now=now,
        about=reviewer.pk,
        fields=["rung", "applied_on", "decided_on", "decided_by"],
    )
    return clearance
