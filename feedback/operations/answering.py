"""Receiving answers, and the permission to quote them.

An answer of a service or the quality team keeps no trace of the asking, and the asking none of the
answer: no event is written, because its moment would say when somebody answered.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from accounts import links
from accounts.models import SecretLink, User
from audit.operations import record
from feedback import policies
from feedback.models import (
    Answer,
    Asking,
    Audience,
    ExtraRating,
    FeedbackForm,
    QuoteAs,
    Remark,
)
from feedback.operations.asking import about, alike, locked, received_from, secret_of
from feedback.operations.concerns import raise_if_worrying
from feedback.queries import is_alone
from reviews.changed import mark
from rules import RuleBroken


@dataclass(frozen=True)
class Given:
    """What somebody answered to a version of a form. Ratings are 0 to 10; None: left out.

    ``extra`` and ``remarks``: numbers and words by the id of the question they answer.
    """

    form: FeedbackForm
    quote_as: str = QuoteAs.NO
    ratings: Mapping[str, int | None] = field(default_factory=dict)
    extra: Mapping[int, int] = field(default_factory=dict)
    remarks: Mapping[int, str] = field(default_factory=dict)


@transaction.atomic
def answer_by_link(
    *, link: SecretLink, secret: str, given: Given, told_alone: bool, now: datetime
) -> str:
    """An answer through a secret link, which opens nothing afterwards.

    ``told_alone``: whether the form said that it will be known whose answer it is. Returns the
    secret with which its author can withdraw the permission to quote; only its hash is kept, with
    the answer. Raises RuleBroken if the link was used in this moment, or if the form did not say
    what is true now.
    """
    if not links.spend(secret):
        raise RuleBroken(policies.WE_HAVE_IT)
    asking = locked(Asking(pk=link.object_id))
    policies.check_can_answer_by_link(asking)
    _check_can_receive(asking)
    policies.check_was_told(is_alone=is_alone(asking, now=now), told_alone=told_alone)
    withdrawal = secrets.token_urlsafe(links.SECRET_BYTES)
    _receive(
        asking,
        given=given,
        how=Answer.How.ONLINE,
        now=now,
        digest=links.digest_of(withdrawal),
    )
    return withdrawal


@transaction.atomic
def answer_own(*, asking: Asking, given: Given, by: User, now: datetime) -> Answer:
    """An LXR's answer, given signed in. Raises RuleBroken."""
    asking = locked(asking)
    policies.check_can_answer(asking)
    received = _receive(asking, given=given, how=Answer.How.ONLINE, now=now)
    record("received feedback", on=asking, by=by, now=now, about=about(asking), why=received.how)
    return received


@transaction.atomic
def record_answer(*, asking: Asking, given: Given, how: str, by: User, now: datetime) -> Answer:
    """What somebody said by phone or on paper. Raises RuleBroken.

    Their link is used up, as if they had answered by it: who of several it was is not written
    down. Whether it was used before is said to nobody.
    """
    asking = locked(asking)
    policies.check_can_answer(asking)
    if asking.state != Asking.State.OPEN and not asking.may_have_answered:
        # They tell us after all: no answer by link can be theirs, so this one is known to be
        asking.state = Asking.State.ANSWERED
        asking.save(update_fields=["state"])
    if asking.audience != Audience.LXR:
        _check_can_receive(asking)
        _use_up(asking)
    received = _receive(asking, given=given, how=how, now=now)
    on = asking if asking.audience == Audience.LXR else asking.review
    record("received feedback", on=on, by=by, now=now, about=about(asking), why=how)
    return received


def _receive(
    asking: Asking, *, given: Given, how: str, now: datetime, digest: str | None = None
) -> Answer:
    received = Answer.objects.create(
        form=given.form,
        review=asking.review,
        audience=asking.audience,
        author=asking.reviewer,
        received_on=localdate(now),
        how=how,
        quote_as=given.quote_as,
        withdrawal_digest=digest,
        **given.ratings,
    )
    Remark.objects.bulk_create(
        Remark(answer=received, question_id=question, text=text)
        for question, text in given.remarks.items()
    )
    ExtraRating.objects.bulk_create(
        ExtraRating(answer=received, question_id=question, value=value)
        for question, value in given.extra.items()
    )
    if asking.audience == Audience.LXR:
        raise_if_worrying(received, now=now)
        asking.state = Asking.State.ANSWERED
        asking.save(update_fields=["state"])
    else:
        settle(asking)
    mark(asking.review)
    return received


def settle(asking: Asking) -> None:
    """Note that everybody asked like this one has answered, once they have: all at once.

    They are locked; see ``asking.locked``.
    """
    with_a_place = alike(asking).with_a_place()
    if received_from(asking) >= with_a_place.count():
        with_a_place.update(state=Asking.State.ANSWERED, nonce="")


def _check_can_receive(asking: Asking) -> None:
    asked = alike(asking).with_a_place().count()
    policies.check_can_receive(received=received_from(asking), asked=asked)


def _use_up(asking: Asking) -> None:
    """Use the link up. A row is stored either way: none would say that it was used before."""
    if not (asking.nonce and links.spend(secret_of(asking))):
        links.spend(links.new_nonce())


@transaction.atomic
def change_permission(*, answer: Answer, quote_as: str, by: User | None, now: datetime) -> Answer:
    """The author says anew how we may quote them. Without permission no approval stays.

    ``by`` is who is signed in; None for an author with their withdrawal link, of whose visit no
    event is written: its moment would say more than the answer does.
    """
    answer = Answer.objects.select_for_update().get(pk=answer.pk)
    if answer.quote_as == quote_as:
        return answer
    answer.quote_as, answer.quote_changed_on = quote_as, localdate(now)
    answer.save(update_fields=["quote_as", "quote_changed_on"])
    if quote_as == QuoteAs.NO:
        answer.remarks.filter(approved_at__isnull=False).update(
            approved_at=None, approved_by=None, quote_words=""
        )
    if by is not None:
        record("changed the permission to quote", on=answer, by=by, now=now, about=answer.author_id)
    return answer
