"""Erasing somebody who left: one person asks, another confirms. It cannot be undone."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from audit.operations import record
from programme.erasure import policies, queries
from programme.erasure.anonymising import anonymise
from programme.models import Erasure
from reviewers.models import Reviewer
from rules import RuleBroken

State = Erasure.State


@transaction.atomic
def ask_for_erasure(*, reviewer: Reviewer, reason: str, by: User, now: datetime) -> Erasure:
    """The first person asks. Asking again while one waits changes nothing. Raises RuleBroken."""
    held = _locked(reviewer.pk)
    _check_can_erase(held, now)
    waiting = Erasure.objects.filter(reviewer=held, state=State.WAITING).first()
    if waiting is not None:
        return waiting
    erasure = Erasure.objects.create(reviewer=held, reason=reason, asked_by=by, asked_at=now)
    record("asked for erasure", on=erasure, by=by, now=now, about=held.pk, why=reason)
    return erasure


@transaction.atomic
def confirm_erasure(*, erasure: Erasure, by: User, now: datetime) -> Erasure:
    """The second person confirms, and the person is erased. Once, however often it is pressed.

    Raises RuleBroken for whoever asked, and when something came in between.
    """
    person = _locked_of(erasure)
    erasure = Erasure.objects.select_for_update(of=("self",)).get(pk=erasure.pk)
    if erasure.state == State.DONE:
        return erasure
    policies.check_can_confirm(erasure, by=by)
    _check_can_erase(person, now)
    anonymise(reviewer=person, by=by, now=now, why=erasure.reason)
    return _end(erasure, State.DONE, by=by, now=now)


@transaction.atomic
def call_off_erasure(*, erasure: Erasure, by: User, now: datetime) -> Erasure:
    """Somebody calls it off; nothing is erased. Raises RuleBroken once it is done."""
    _locked_of(erasure)
    erasure = Erasure.objects.select_for_update(of=("self",)).get(pk=erasure.pk)
    policies.check_can_call_off(erasure)
    if erasure.state == State.CALLED_OFF:
        return erasure
    person = erasure.reviewer_id
    record("called off erasure", on=erasure, by=by, now=now, about=person)
    return _end(erasure, State.CALLED_OFF, by=by, now=now)


def _end(erasure: Erasure, state: Erasure.State, *, by: User, now: datetime) -> Erasure:
    erasure.state, erasure.ended_by, erasure.ended_at = state, by, now
    erasure.save(update_fields=["state", "ended_by", "ended_at"])
    return erasure


def _locked(pk: int) -> Reviewer:
    rows = Reviewer.objects.select_for_update(of=("self",)).select_related("user")
    return rows.get(pk=pk)


def _locked_of(erasure: Erasure) -> Reviewer:
    """The person whose it is. One of an enquiry is nobody's, and is carried out elsewhere."""
    if erasure.reviewer_id is None:
        message = "This is about an enquiry, not a person."
        raise RuleBroken(message)
    return _locked(erasure.reviewer_id)


def _check_can_erase(person: Reviewer, now: datetime) -> None:
    policies.check_can_erase(person, **queries.obstacles(person, today=localdate(now)))
