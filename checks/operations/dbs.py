"""A DBS check on its way: ID check, application, certificate, Update Service."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from dateutil.relativedelta import relativedelta
from django.db import IntegrityError, transaction
from django.db.models import Min
from django.utils.timezone import localdate

from accounts.models import User
from audit.operations import record
from checks import policies
from checks.models import DBSCheck, RiskAssessment
from checks.readiness import is_ready_now
from checks.refusals import refusals_recorded
from checks.states import check_can_move
from checks.telling import tell_appointment, tell_off
from organisation.models import TrustSettings
from reviewers.models import Reviewer
from rules import RuleBroken


def _locked(check: DBSCheck, by: User) -> DBSCheck:
    """The check as it stands now, held until the end. Raises RuleBroken if it is their own."""
    rows = DBSCheck.objects.select_for_update(of=("self",)).select_related("reviewer")
    held = rows.get(pk=check.pk)
    policies.check_not_about(held.reviewer, by)
    return held


def _record(
    action: str, *, on: DBSCheck, by: User, now: datetime, fields: Iterable[str] = ()
) -> None:
    record(action, on=on, by=by, now=now, about=on.reviewer_id, fields=fields)


def _made(sentence: str, **given: object) -> DBSCheck:
    """A new check. Raises RuleBroken with the sentence if that very check is already recorded."""
    try:
        with transaction.atomic():
            return DBSCheck.objects.create(**given)
    except IntegrityError as error:
        raise RuleBroken(sentence) from error


@refusals_recorded
@transaction.atomic
def ask_for_id_check(
    *, reviewer: Reviewer, level: str, workforce: str, asked_on: date, by: User, now: datetime
) -> DBSCheck:
    """The person was asked to come with their documents. Raises RuleBroken."""
    policies.check_not_about(reviewer, by)
    policies.check_not_future(asked_on, localdate(now), "The day you asked")
    check = _made(
        "This person has been asked for an ID check of this level already.",
        reviewer=reviewer,
        level=level,
        workforce=workforce,
        asked_on=asked_on,
        recorded_by=by,
        recorded_at=now,
    )
    _record("asked for an ID check", on=check, by=by, now=now)
    return check


@refusals_recorded
@transaction.atomic
def arrange_id_check(
    *, check: DBSCheck, at: datetime, how: str, place: str, by: User, now: datetime
) -> DBSCheck:
    """When and where, or how, somebody looks at the documents. The person is told.

    The same once more is nothing new. Raises RuleBroken.
    """
    check = _locked(check, by)
    if check.state != DBSCheck.State.ASKED:
        message = "This check no longer needs an ID check."
        raise RuleBroken(message)
    before = (check.id_check_at, check.id_check_how, check.id_check_place)
    if before == (at, how, place):
        return check
    check.id_check_at, check.id_check_how, check.id_check_place = at, how, place
    fields = ["id_check_at", "id_check_how", "id_check_place"]
    check.save(update_fields=fields)
    _record("arranged an ID check", on=check, by=by, now=now, fields=fields)
    tell_appointment(check, has_changed=before[0] is not None, now=now)
    return check


@refusals_recorded
@transaction.atomic
def record_documents_seen(
    *, check: DBSCheck, documents: Collection[str], seen_on: date, by: User, now: datetime
) -> DBSCheck:
    """Which kinds of documents were seen, by whom and when; nothing else of them.

    Raises RuleBroken.
    """
    check = _locked(check, by)
    policies.check_can_see_documents(
        check, documents=documents, seen_on=seen_on, today=localdate(now)
    )
    check.documents_seen = [kind for kind in DBSCheck.Document.values if kind in documents]
    check.identity_seen_on, check.identity_seen_by = seen_on, by
    fields = ["documents_seen", "identity_seen_on", "identity_seen_by"]
    check.save(update_fields=fields)
    _record("saw documents at an ID check", on=check, by=by, now=now, fields=fields)
    return check


@refusals_recorded
@transaction.atomic
def record_application(
    *, reviewer: Reviewer, level: str, workforce: str, applied_on: date, by: User, now: datetime
) -> DBSCheck:
    """A DBS check was applied for, whose ID check is not kept here. Raises RuleBroken."""
    policies.check_not_about(reviewer, by)
    policies.check_not_future(applied_on, localdate(now), "The application")
    check = _made(
        "A check of this level, applied for on this day, is already recorded.",
        reviewer=reviewer,
        level=level,
        workforce=workforce,
        applied_on=applied_on,
        recorded_by=by,
        recorded_at=now,
    )
    _record("recorded a DBS application", on=check, by=by, now=now)
    return check


@refusals_recorded
@transaction.atomic
def apply_after_id_check(*, check: DBSCheck, applied_on: date, by: User, now: datetime) -> DBSCheck:
    """The check of a person whose documents were seen is applied for. Raises RuleBroken."""
    check = _locked(check, by)
    policies.check_can_apply(check, applied_on=applied_on, today=localdate(now))
    check.applied_on = applied_on
    try:
        with transaction.atomic():
            check.save(update_fields=["applied_on"])
    except IntegrityError as error:
        message = "A check of this level, applied for on this day, is already recorded."
        raise RuleBroken(message) from error
    _record("recorded a DBS application", on=check, by=by, now=now, fields=["applied_on"])
    return check


@refusals_recorded
@transaction.atomic
def remind_of_application(
    *, check: DBSCheck, reminded_on: date, by: User, now: datetime
) -> DBSCheck:
    """Somebody asked how the application gets on. Raises RuleBroken."""
    check = _locked(check, by)
    policies.check_can_remind(check, reminded_on=reminded_on, today=localdate(now))
    check.reminded_on = reminded_on
    check.save(update_fields=["reminded_on"])
    _record("reminded of an application", on=check, by=by, now=now, fields=["reminded_on"])
    return check


@refusals_recorded
@transaction.atomic
def withdraw_application(*, check: DBSCheck, by: User, now: datetime) -> DBSCheck:
    """The check will not be made after all. Raises RuleBroken once it has its certificate."""
    check = _locked(check, by)
    check_can_move(check, DBSCheck.State.WITHDRAWN)
    had_appointment = check.state == DBSCheck.State.ASKED
    check.withdrawn_on = localdate(now)
    check.save(update_fields=["withdrawn_on"])
    _record("withdrew a DBS application", on=check, by=by, now=now, fields=["withdrawn_on"])
    if had_appointment:
        tell_off(check, now=now)
    return check


@refusals_recorded
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

    Somebody who was ready waits from now until it is settled, blank or not. Raises RuleBroken.
    """
    check = _locked(check, by)
    policies.check_can_record_certificate(
        check, issued_on=issued_on, is_blank=is_blank, today=localdate(now)
    )
    today = localdate(now)
    was_ready = is_ready_now(check.reviewer_id, today, trust)
    check.waiting_since = today if was_ready else None
    if not was_ready:
        _take_over_waiting(check, is_blank=is_blank)
    check.issued_on = issued_on
    check.reference_number = reference_number
    check.result = DBSCheck.Result.CLEAR if is_blank else DBSCheck.Result.DISCLOSURE
    check.renewal_due_on = issued_on + relativedelta(months=trust.renewal_months)
    if check.update_consent_on is not None:
        check.status_due_on = issued_on + relativedelta(months=trust.status_check_months)
    check.save()
    fields = ["issued_on", "reference_number", "result", "renewal_due_on"]
    _record("recorded a DBS certificate", on=check, by=by, now=now, fields=fields)
    if not is_blank:
        assessment = RiskAssessment.objects.create(check_made=check, opened_on=issued_on)
        record("opened a risk assessment", on=assessment, by=by, now=now, about=check.reviewer_id)
    return check


@refusals_recorded
@transaction.atomic
def record_update_consent(
    *, check: DBSCheck, consent_on: date, trust: TrustSettings, by: User, now: datetime
) -> DBSCheck:
    """The person agreed to status checks with the Update Service. Raises RuleBroken."""
    check = _locked(check, by)
    policies.check_can_consent(check, consent_on=consent_on, today=localdate(now))
    check.update_consent_on = consent_on
    if check.issued_on is not None:
        first = max(check.issued_on, consent_on)
        check.status_due_on = first + relativedelta(months=trust.status_check_months)
    check.save(update_fields=["update_consent_on", "status_due_on"])
    _record(
        "recorded consent to status checks", on=check, by=by, now=now, fields=["update_consent_on"]
    )
    return check


@refusals_recorded
@transaction.atomic
def end_update_consent(*, check: DBSCheck, by: User, now: datetime) -> DBSCheck:
    """The person no longer agrees: no further status check is due. What was found stays.

    Raises RuleBroken.
    """
    check = _locked(check, by)
    if check.status_due_on is None:
        message = "No status check is planned for this certificate."
        raise RuleBroken(message)
    check.status_due_on = None
    fields = ["status_due_on"]
    if not check.status_result:
        check.update_consent_on = None
        fields.append("update_consent_on")
    check.save(update_fields=fields)
    _record("ended consent to status checks", on=check, by=by, now=now, fields=fields)
    return check


@refusals_recorded
@transaction.atomic
def record_status_check(
    *,
    check: DBSCheck,
    checked_on: date,
    result: str,
    trust: TrustSettings,
    by: User,
    now: datetime,
) -> DBSCheck:
    """What the Update Service answered. If something changed, a new check is asked for.

    A certificate of which something changed no longer counts. Somebody who was ready waits from
    now until it is settled, whatever the answer was. Raises RuleBroken.
    """
    check = _locked(check, by)
    policies.check_can_check_status(check, checked_on=checked_on, today=localdate(now))
    check.status_checked_on, check.status_result = checked_on, result
    is_current = result == DBSCheck.Status.CURRENT
    check.status_due_on = (
        checked_on + relativedelta(months=trust.status_check_months) if is_current else None
    )
    if is_ready_now(check.reviewer_id, localdate(now), trust):
        check.waiting_since = localdate(now)
    fields = ["status_checked_on", "status_result", "status_due_on", "waiting_since"]
    check.save(update_fields=fields)
    _record("recorded a status check", on=check, by=by, now=now, fields=fields)
    if not is_current and not _is_on_its_way(check):
        ask_for_id_check(
            reviewer=check.reviewer,
            level=check.level,
            workforce=check.workforce,
            asked_on=localdate(now),
            by=by,
            now=now,
        )
    return check


@refusals_recorded
@transaction.atomic
def settle(*, check: DBSCheck, by: User, now: datetime) -> DBSCheck:
    """What came for somebody who was ready counts from now. Raises RuleBroken.

    A second time changes nothing.
    """
    check = _locked(check, by)
    if check.waiting_since is None:
        return check
    decided = check.assessments.filter(is_in_force=True).first()
    policies.check_can_settle(check, decided=decided, today=localdate(now))
    check.waiting_since = None
    check.save(update_fields=["waiting_since"])
    _record("settled a check", on=check, by=by, now=now, fields=["waiting_since"])
    return check


def _take_over_waiting(check: DBSCheck, *, is_blank: bool) -> None:
    """This certificate answers an older one of which something changed, and ends its waiting.

    One that is not blank goes on waiting since the same day.
    """
    changed = DBSCheck.objects.filter(
        reviewer=check.reviewer_id,
        status_result=DBSCheck.Status.CHANGED,
        waiting_since__isnull=False,
    )
    if not is_blank:
        check.waiting_since = changed.aggregate(first=Min("waiting_since"))["first"]
    changed.update(waiting_since=None)


def _is_on_its_way(check: DBSCheck) -> bool:
    """Whether another check of this level has been asked or applied for already."""
    return DBSCheck.objects.filter(
        reviewer=check.reviewer_id,
        level=check.level,
        result=DBSCheck.Result.AWAITING,
        withdrawn_on__isnull=True,
    ).exists()
