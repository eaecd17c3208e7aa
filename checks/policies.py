"""When something may happen to a check, an assessment or a clearance. Pure: no clock, no SQL."""

from collections.abc import Collection
from datetime import date

from accounts.models import User
from accounts.permissions import Permission
from checks.models import DBSCheck, RiskAssessment, SiteClearance
from checks.refusals import Reason, Refused
from checks.states import check_can_move
from reviewers.models import Reviewer
from rules import RuleBroken


def check_not_about(person: Reviewer, by: User) -> None:
    """Nobody records, decides or changes anything about their own checks. Raises RuleBroken."""
    if person.user_id == by.pk:
        message = "This is about you. Somebody else must do it."
        raise Refused(message, Reason.ABOUT_THEMSELVES)


def check_not_future(day: date | None, today: date, what: str) -> None:
    """Raise RuleBroken for a day to come. ``what`` begins the sentence: "The application"."""
    if day is not None and day > today:
        message = f"{what} cannot be in the future."
        raise RuleBroken(message)


def check_can_apply(check: DBSCheck, *, applied_on: date, today: date) -> None:
    """The application of a person who was asked for an ID check. Raises RuleBroken."""
    check_can_move(check, DBSCheck.State.APPLIED)
    check_not_future(applied_on, today, "The application")
    if check.identity_seen_on is None:
        message = "Record first which documents you saw at the ID check."
        raise RuleBroken(message)
    if applied_on < check.identity_seen_on:
        message = "The application cannot be before the ID check."
        raise RuleBroken(message)


def check_can_see_documents(
    check: DBSCheck, *, documents: Collection[str], seen_on: date, today: date
) -> None:
    """Ticking the documents that were seen. Raises RuleBroken."""
    if check.state not in {DBSCheck.State.ASKED, DBSCheck.State.APPLIED}:
        message = "This check no longer needs an ID check."
        raise RuleBroken(message)
    if not documents:
        message = "Tick at least one document that you saw."
        raise RuleBroken(message)
    check_not_future(seen_on, today, "The ID check")
    if check.asked_on is not None and seen_on < check.asked_on:
        message = "The ID check cannot be before the person was asked to come."
        raise RuleBroken(message)
    if check.applied_on is not None and seen_on > check.applied_on:
        message = "The ID check cannot be after the application."
        raise RuleBroken(message)


def check_can_record_certificate(
    check: DBSCheck, *, issued_on: date, is_blank: bool, today: date
) -> None:
    """The certificate of a check that waits for one. Raises RuleBroken."""
    check_can_move(check, DBSCheck.State.BLANK if is_blank else DBSCheck.State.DISCLOSURE)
    if check.applied_on is not None and issued_on < check.applied_on:
        message = "The certificate cannot be issued before the application."
        raise RuleBroken(message)
    if issued_on > today:
        message = "The certificate cannot be issued in the future."
        raise RuleBroken(message)


def check_can_remind(check: DBSCheck, *, reminded_on: date, today: date) -> None:
    """Recording that somebody asked how the application gets on. Raises RuleBroken."""
    if check.state != DBSCheck.State.APPLIED:
        message = "This check does not wait for a certificate."
        raise RuleBroken(message)
    check_not_future(reminded_on, today, "The reminder")
    if check.applied_on is not None and reminded_on < check.applied_on:
        message = "The reminder cannot be before the application."
        raise RuleBroken(message)


def check_can_consent(check: DBSCheck, *, consent_on: date, today: date) -> None:
    """Recording that the person agreed to status checks. Raises RuleBroken."""
    if check.state == DBSCheck.State.WITHDRAWN:
        message = "This application was withdrawn."
        raise RuleBroken(message)
    if check.update_consent_on is not None:
        message = "It is already recorded that they agreed."
        raise RuleBroken(message)
    check_not_future(consent_on, today, "The day they agreed")


def check_can_check_status(check: DBSCheck, *, checked_on: date, today: date) -> None:
    """Recording what the Update Service said. Raises RuleBroken."""
    if check.issued_on is None:
        message = "There is no certificate yet to ask the Update Service about."
        raise RuleBroken(message)
    if check.update_consent_on is None:
        message = "Record first that the person agreed to status checks."
        raise RuleBroken(message)
    if check.status_result == DBSCheck.Status.CHANGED:
        message = "The Update Service already said that something has changed. A new check is open."
        raise RuleBroken(message)
    check_not_future(checked_on, today, "The status check")
    if checked_on < max(check.issued_on, check.update_consent_on):
        message = (
            "The status check cannot be before the certificate, or before the person agreed to it."
        )
        raise RuleBroken(message)


def check_can_settle(check: DBSCheck, *, decided: RiskAssessment | None, today: date) -> None:
    """What came for somebody who was ready counts again. Raises RuleBroken.

    ``decided``: the decision in force, if there was a disclosure.
    """
    if check.status_result == DBSCheck.Status.CHANGED:
        message = "The Update Service said that something has changed. Record the new certificate."
        raise Refused(message, Reason.SKIPPED_STEP)
    is_blank = check.result == DBSCheck.Result.CLEAR
    if not is_blank and (decided is None or not decided.allows_on(today)):
        message = "HR has still to decide about this certificate."
        raise Refused(message, Reason.SKIPPED_STEP)


def _check_version(assessment: RiskAssessment, version: int) -> None:
    if assessment.version != version:
        message = (
            "Somebody has changed this assessment since you opened it. Look at it again before"
            " you go on."
        )
        raise Refused(message, Reason.OLD_FORM)


def check_can_decide(
    assessment: RiskAssessment,
    *,
    decision: str,
    decided_on: date,
    approved_until: date | None,
    conditions_until: date | None,
    has_conditions: bool,
    review_on: date | None,
    version: int,
    by: User,
    today: date,
) -> None:
    """A decision on an assessment that waits for one. Raises RuleBroken."""
    if assessment.is_in_force or assessment.replaced_at is not None:
        message = (
            "This assessment already has a decision, and it is approved. Ask for it to be looked"
            " at again instead."
        )
        raise Refused(message, Reason.AFTER_APPROVAL)
    if assessment.decision != RiskAssessment.Decision.AWAITING:
        message = "This assessment already has a decision. It waits for a second person."
        raise Refused(message, Reason.OLD_FORM)
    _check_version(assessment, version)
    check_not_about(assessment.reviewer, by)
    if decided_on < assessment.opened_on:
        message = "The decision cannot be before the assessment was opened."
        raise RuleBroken(message)
    check_not_future(decided_on, today, "The decision")
    _check_conditions(decision, has_conditions=has_conditions)
    if approved_until is not None and decision not in RiskAssessment.ALLOWING:
        message = "Only an approval can have an end."
        raise RuleBroken(message)
    _check_after(decided_on, approved_until, "The end of the approval")
    _check_after(decided_on, conditions_until, "The end of the conditions")
    _check_after(decided_on, review_on, "The day to look at it again")


def check_can_record_conditions(
    assessment: RiskAssessment,
    *,
    has_conditions: bool,
    has_open: bool,
    conditions_until: date | None,
    version: int,
    by: User,
) -> None:
    """Writing down the conditions of a decision that was brought in. Raises RuleBroken."""
    check_not_about(assessment.reviewer, by)
    if not (assessment.is_in_force and assessment.is_missing_conditions):
        message = (
            "This decision has its conditions. Ask for it to be looked at again to change them."
        )
        raise Refused(message, Reason.AFTER_APPROVAL)
    if has_open:
        message = (
            "The conditions are recorded and wait for a second person, or this is being looked at"
            " again."
        )
        raise Refused(message, Reason.OLD_FORM)
    _check_version(assessment, version)
    _check_conditions(assessment.decision, has_conditions=has_conditions)
    _check_after(assessment.decided_on or date.min, conditions_until, "The end of the conditions")


def _check_after(decided_on: date, day: date | None, what: str) -> None:
    if day is not None and day < decided_on:
        message = f"{what} cannot be before the decision."
        raise RuleBroken(message)


def _check_conditions(decision: str, *, has_conditions: bool) -> None:
    if decision == RiskAssessment.Decision.CONDITIONS and not has_conditions:
        message = (
            "Say what the conditions are: choose at least one place not to visit, or that they"
            " are accompanied."
        )
        raise RuleBroken(message)
    if decision != RiskAssessment.Decision.CONDITIONS and has_conditions:
        message = "Conditions go with “approved with conditions” alone."
        raise RuleBroken(message)


def check_can_own(assessment: RiskAssessment, *, version: int, by: User) -> None:
    """Saying who looks after an assessment, or where its document is. Raises RuleBroken."""
    check_not_about(assessment.reviewer, by)
    if not assessment.is_open:
        message = "This assessment is finished. Ask for it to be looked at again instead."
        raise Refused(message, Reason.AFTER_APPROVAL)
    _check_version(assessment, version)


def check_can_approve(assessment: RiskAssessment, *, version: int, by: User) -> None:
    """A second person's answer to a decision. Raises RuleBroken: never to one's own."""
    if not by.may(Permission.APPROVE_ASSESSMENTS):
        message = "Only a second approver can approve a decision."
        raise Refused(message, Reason.NO_RIGHT)
    if assessment.is_in_force or assessment.replaced_at is not None:
        message = "This decision is already approved."
        raise Refused(message, Reason.AFTER_APPROVAL)
    if assessment.decision == RiskAssessment.Decision.AWAITING:
        message = "This assessment has no decision to approve yet."
        raise Refused(message, Reason.SKIPPED_STEP)
    if assessment.decided_by_id == by.pk:
        message = "You made this decision. Somebody else must approve it."
        raise Refused(message, Reason.OWN_DECISION)
    check_not_about(assessment.reviewer, by)
    _check_version(assessment, version)


def check_can_tell(
    assessment: RiskAssessment, *, told_on: date, version: int, by: User, today: date
) -> None:
    """Recording that the person was told. Raises RuleBroken."""
    check_not_about(assessment.reviewer, by)
    if not assessment.is_in_force:
        message = "The decision must be approved before the person is told."
        raise Refused(message, Reason.SKIPPED_STEP)
    if assessment.is_missing_conditions:
        message = "Record the conditions before the person is told."
        raise Refused(message, Reason.SKIPPED_STEP)
    if assessment.told_on is not None:
        message = "It is already recorded that this person was told."
        raise Refused(message, Reason.OLD_FORM)
    _check_version(assessment, version)
    if told_on > today or (assessment.decided_on and told_on < assessment.decided_on):
        message = "Give the day you told the person: after the decision, and not in the future."
        raise RuleBroken(message)


def check_can_reconsider(
    assessment: RiskAssessment,
    *,
    has_open: bool,
    asked_on: date,
    version: int,
    by: User,
    today: date,
) -> None:
    """Looking again at a decision in force. Raises RuleBroken."""
    check_not_about(assessment.reviewer, by)
    if not assessment.is_in_force:
        message = "There is no approved decision to look at again."
        raise Refused(message, Reason.SKIPPED_STEP)
    if has_open:
        message = "This decision is already being looked at again."
        raise Refused(message, Reason.OLD_FORM)
    _check_version(assessment, version)
    check_not_future(asked_on, today, "The day they asked")
    if assessment.decided_on and asked_on < assessment.decided_on:
        message = "The day they asked cannot be before the decision."
        raise RuleBroken(message)


def check_clearance_version(clearance: SiteClearance | None, version: int) -> None:
    """The form was shown for what stands; 0: for nothing. Raises RuleBroken."""
    if (clearance.version if clearance else 0) != version:
        message = (
            "Somebody has changed this clearance since you opened it. Look at it again before you"
            " go on."
        )
        raise Refused(message, Reason.OLD_FORM)


def check_clearance(
    *,
    rung: str,
    applied_on: date | None,
    reminded_on: date | None,
    decided_on: date | None,
    decided_by: str,
    told_on: date | None,
    today: date,
) -> None:
    """Where a person stands with a site makes sense. Raises RuleBroken."""
    for day, what in (
        (applied_on, "The application"),
        (reminded_on, "The reminder"),
        (decided_on, "The decision"),
        (told_on, "The day you told them"),
    ):
        check_not_future(day, today, what)
    if reminded_on and (applied_on is None or reminded_on < applied_on):
        message = "The reminder must be after the application."
        raise RuleBroken(message)
    if rung == SiteClearance.Rung.IN_PROGRESS:
        if decided_on or decided_by or told_on:
            message = "While it is in progress, nobody has decided: leave the decision empty."
            raise RuleBroken(message)
        return
    if decided_on is None:
        message = "Give the day the site decided."
        raise RuleBroken(message)
    if not decided_by:
        message = "Say who decided."
        raise RuleBroken(message)
    if applied_on and decided_on < applied_on:
        message = "The decision must be after the application."
        raise RuleBroken(message)
    if told_on and told_on < decided_on:
        message = "The day you told them cannot be before the decision."
        raise RuleBroken(message)
