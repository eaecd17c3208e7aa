"""When something may happen to a check, an assessment or a clearance. Pure: no clock, no SQL."""

from datetime import date

from accounts.models import User
from checks.models import DBSCheck, RiskAssessment
from rules import RuleBroken


def check_can_record_certificate(check: DBSCheck, *, issued_on: date, today: date) -> None:
    """The certificate of a check that waits for one. Raises RuleBroken."""
    if check.result != DBSCheck.Result.AWAITING:
        message = "This check already has its certificate recorded."
        raise RuleBroken(message)
    if issued_on < check.applied_on:
        message = "The certificate cannot be issued before the application."
        raise RuleBroken(message)
    if issued_on > today:
        message = "The certificate cannot be issued in the future."
        raise RuleBroken(message)


def check_can_decide(assessment: RiskAssessment, *, decided_on: date, today: date) -> None:
    """A decision on an assessment that waits for one. Raises RuleBroken."""
    if assessment.decision != RiskAssessment.Decision.AWAITING:
        message = "This assessment already has a decision."
        raise RuleBroken(message)
    if decided_on < assessment.opened_on:
        message = "The decision cannot be before the assessment was opened."
        raise RuleBroken(message)
    if decided_on > today:
        message = "The decision cannot be in the future."
        raise RuleBroken(message)


def check_can_approve(assessment: RiskAssessment, *, by: User) -> None:
    """A second person's approval. Raises RuleBroken: never of one's own decision."""
    if assessment.decision == RiskAssessment.Decision.AWAITING:
        message = "This assessment has no decision to approve yet."
        raise RuleBroken(message)
    if assessment.is_in_force:
        message = "This decision is already approved."
        raise RuleBroken(message)
    if assessment.decided_by_id == by.pk:
        message = "You made this decision. Somebody else must approve it."
        raise RuleBroken(message)


def check_can_tell(assessment: RiskAssessment, *, told_on: date, today: date) -> None:
    """Recording that the person was told. Raises RuleBroken."""
    if not assessment.is_in_force:
        message = "The decision must be approved before the person is told."
        raise RuleBroken(message)
    if assessment.told_on is not None:
        message = "It is already recorded that this person was told."
        raise RuleBroken(message)
    if told_on > today or (assessment.decided_on and told_on < assessment.decided_on):
        message = "Give the day you told the person: after the decision, and not in the future."
        raise RuleBroken(message)
