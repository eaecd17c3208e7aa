"""Giving somebody who only sent an enquiry a copy of it, and erasing it: by two people."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.operations import record
from organisation.queries import trust_settings
from programme.enquiries import queries
from programme.erasure.policies import check_can_call_off, check_can_confirm
from programme.models import Erasure
from programme.subject_access.files import as_json, as_pdf
from programme.subject_access.gathering import everything_of_enquiries
from reviewers.models import Enquiry
from rules import RuleBroken

State = Erasure.State


@transaction.atomic
def copy(*, enquiry: Enquiry, name: str, by: User | None, now: datetime) -> bytes:
    """One of the two files, ``document`` or ``data``, with everything held; recorded.

    ``by`` is nobody on the command line.
    """
    gathered = everything_of_enquiries(queries.all_of(enquiry))
    record("made a copy of an enquiry", on=enquiry, by=by, now=now)
    if name == "document":
        return as_pdf(gathered, trust=trust_settings(), now=now)
    return as_json(gathered, now=now)


@transaction.atomic
def ask_for_erasure(*, enquiry: Enquiry, reason: str, by: User, now: datetime) -> Erasure:
    """The first person asks. Asking again while one waits changes nothing. Raises RuleBroken."""
    held = _locked(enquiry.pk)
    waiting = queries.waiting_for(held)
    if waiting is not None:
        return waiting
    erasure = Erasure.objects.create(enquiry=held.pk, reason=reason, asked_by=by, asked_at=now)
    record("asked for erasure of an enquiry", on=erasure, by=by, now=now, why=reason)
    return erasure


@transaction.atomic
def confirm_erasure(*, erasure: Erasure, by: User, now: datetime) -> Erasure:
    """The second person confirms, and everything they sent is gone. Once, however often pressed.

    Raises RuleBroken for whoever asked, and for somebody who was added as a person meanwhile.
    """
    erasure = Erasure.objects.select_for_update(of=("self",)).get(pk=erasure.pk)
    if erasure.state == State.DONE:
        return erasure
    check_can_confirm(erasure, by=by)
    if erasure.enquiry is not None:
        for each in queries.all_of(_locked(erasure.enquiry)):
            record("erased an enquiry", on=each, by=by, now=now, why=erasure.reason)
            each.delete()
    return _end(erasure, State.DONE, by=by, now=now)


@transaction.atomic
def call_off_erasure(*, erasure: Erasure, by: User, now: datetime) -> Erasure:
    """Somebody calls it off; nothing is erased. Raises RuleBroken once it is done."""
    erasure = Erasure.objects.select_for_update(of=("self",)).get(pk=erasure.pk)
    check_can_call_off(erasure)
    if erasure.state == State.CALLED_OFF:
        return erasure
    record("called off erasure of an enquiry", on=erasure, by=by, now=now)
    return _end(erasure, State.CALLED_OFF, by=by, now=now)


def _end(erasure: Erasure, state: Erasure.State, *, by: User, now: datetime) -> Erasure:
    erasure.state, erasure.ended_by, erasure.ended_at = state, by, now
    erasure.save(update_fields=["state", "ended_by", "ended_at"])
    return erasure


def _locked(pk: int) -> Enquiry:
    held = Enquiry.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if held is None:
        message = "This enquiry is gone already."
        raise RuleBroken(message)
    if held.reviewer_id is not None:
        message = "They were added as a person meanwhile. Start from their page."
        raise RuleBroken(message)
    return held
