"""Asking for something on a visit, and answering it; each in one transaction with its event."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from audit.operations import record
from reviews.changed import mark
from reviews.models import Review, TeamMember, VisitRequest
from reviews.operations.locks import lock_member
from reviews.operations.next_in_line import keep_asking
from reviews.requests import policies, words

Kind = VisitRequest.Kind
Answer = VisitRequest.Answer


@transaction.atomic
def make_request(
    *,
    member: TeamMember,
    kind: VisitRequest.Kind,
    how: TeamMember.How,
    by: User,
    now: datetime,
) -> VisitRequest:
    """The person would like this on their visit. The same twice is one request.

    Raises RuleBroken unless they are on a visit to come, or asked to one.
    """
    member = lock_member(member.pk)
    policies.check_can_request(member, kind, today=localdate(now))
    there = member.requests.filter(kind=kind, answered_at__isnull=True).first()
    if there is not None:
        return there
    made = VisitRequest.objects.create(member=member, kind=kind, asked_at=now, asked_how=how)
    record("asked for something on a visit", on=made, by=by, now=now, about=member.reviewer_id)
    return made


def answer_request(
    *, request: VisitRequest, answer: VisitRequest.Answer, said: str, by: User, now: datetime
) -> VisitRequest:
    """Say that it will be so and how, or kindly why it cannot be, and tell the person.

    Whoever is to watch does so from now on, and does not count as the visit's LXR: their place is
    open for whoever is next. Raises RuleBroken.
    """
    answered = _answer(request, answer, said, by=by, now=now)
    if (answered.kind, answer) == (Kind.SHADOW, Answer.MET):
        keep_asking(answered.member.review, now=now)
    return answered


@transaction.atomic
def _answer(
    request: VisitRequest, answer: VisitRequest.Answer, said: str, *, by: User, now: datetime
) -> VisitRequest:
    held = _held(request)
    policies.check_can_answer(held)
    _close(held, answer, said, by=by, now=now)
    if (held.kind, answer) == (Kind.SHADOW, Answer.MET):
        _let_watch(held.member, by=by, now=now)
    if answer != Answer.OVER:
        words.tell_answered(held, now=now)
    return held


@transaction.atomic
def take_back_request(*, request: VisitRequest, by: User, now: datetime) -> VisitRequest:
    """The person does not need it any more. Of one that is answered nothing changes."""
    held = _held(request)
    if held.is_open:
        _close(held, Answer.OVER, "", by=by, now=now)
    return held


def reopen_requests(review: Review, *, now: datetime) -> None:
    """The visit has another day: who would come along has to be asked again. Under the locks."""
    met = VisitRequest.objects.filter(member__review=review, answer=Answer.MET)
    for each in met.exclude(kind=Kind.SHADOW).select_related("member"):
        others = VisitRequest.objects.filter(member=each.member_id, kind=each.kind)
        if not others.filter(answered_at__isnull=True).exists():
            each.answer = each.words = ""
            each.answered_at = each.answered_by = None
            each.save()
            record(
                "opened a request again", on=each, by=None, now=now,
                about=each.member.reviewer_id, fields=["answer"],
            )  # fmt: skip


def _held(request: VisitRequest) -> VisitRequest:
    member = lock_member(request.member_id)
    held = VisitRequest.objects.get(pk=request.pk)
    held.member = member
    return held


def _close(
    held: VisitRequest, answer: VisitRequest.Answer, said: str, *, by: User, now: datetime
) -> None:
    held.answer, held.words = answer, "" if answer == Answer.OVER else said.strip()
    held.answered_at, held.answered_by = now, by
    held.save()
    record(
        "answered a request", on=held, by=by, now=now, about=held.member.reviewer_id,
        fields=["answer"],
    )  # fmt: skip


def _let_watch(member: TeamMember, *, by: User, now: datetime) -> None:
    member.role, member.called_at = TeamMember.Role.SHADOW, None
    member.save(update_fields=["role", "called_at"])
    record(
        "lets somebody watch", on=member, by=by, now=now, about=member.reviewer_id,
        fields=["role"],
    )  # fmt: skip
    mark(member.review)
