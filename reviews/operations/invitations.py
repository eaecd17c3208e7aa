"""Asking people with lived experience to come, and taking an invitation back."""

from contextlib import suppress
from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.operations import record
from organisation.models import TrustSettings
from organisation.queries import trust_settings
from reviewers.models import Reviewer
from reviewers.operations import give_account
from reviews import policies, words
from reviews.changed import mark
from reviews.eligibility import Visit, missing_rules
from reviews.holds import hold_of
from reviews.models import Review, TeamMember
from reviews.operations.locks import lock_member, lock_review, lock_reviewers, no_overlap
from reviews.queries.places import is_filled
from reviews.time_to_answer import answer_by_of, reserve_answers_by
from rules import RuleBroken

Response = TeamMember.Response
Role = TeamMember.Role


@transaction.atomic
def invite_reviewer(
    *, review: Review, reviewer: Reviewer, by: User | None, now: datetime, days: int | None = None
) -> TeamMember:
    """Ask this person to come on the visit, and keep the time free for it.

    Somebody who said no or whose invitation was taken back may be asked again. The first
    invitation gives an account. They have so many ``days`` to answer, else the trust's. ``by``
    None: the next of a line, asked by itself. Raises RuleBroken with the sentence and next step of
    every rule that is missing.
    """
    review = lock_review(review.pk)
    reviewer = lock_reviewers([reviewer.pk])[reviewer.pk]
    member = TeamMember.objects.filter(review=review, reviewer=reviewer).first()
    visit = Visit(review, trust_settings())
    policies.check_can_invite(
        review, reviewer, member=member, missing=missing_rules(reviewer, visit), now=now
    )
    policies.check_has_a_place(review, is_filled=is_filled(review))
    member = member or TeamMember(review=review, reviewer=reviewer)
    member.review, member.reviewer = review, reviewer
    ask(member, trust=visit.trust, now=now, days=days)
    record("invited", on=member, by=by, now=now, about=reviewer.pk)
    mark(review)
    with suppress(RuleBroken):  # no address of their own: a coordinator answers for them
        give_account(reviewer=reviewer, by=by, now=now, tells=False)  # the invitation tells how
    words.tell_invited(member, now=now)
    return member


def ask(
    member: TeamMember,
    *,
    trust: TrustSettings,
    now: datetime,
    role: TeamMember.Role = Role.LXR,
    days: int | None = None,
) -> None:
    """Set the member to asked, holding the visit's time. Call under the locks.

    They have so many ``days`` to answer, else the trust's. Raises RuleBroken where the database
    finds the person on another visit then.
    """
    assert member.reviewer is not None  # noqa: S101 - callers ask reviewers only
    member.role, member.response = role, Response.INVITED
    member.invited_at, member.asked_for = now, member.review.visit_on
    member.answer_by = answer_by_of(member.review, now=now, days=days or trust.answer_days)
    member.answered_at = member.called_at = None
    member.answered_how = member.taken_back = member.why_not = ""
    member.holds_from, member.holds_until = hold_of(member.review)
    with no_overlap(member.reviewer.first_name):
        member.save()


def call_reserve(
    member: TeamMember, *, trust: TrustSettings, by: User | None, now: datetime
) -> None:
    """Ask somebody who stands by to come after all, with little time to answer. Under the locks.

    ``by`` None: asked by itself, because somebody dropped out.
    """
    ask(member, trust=trust, now=now)
    member.called_at = now
    member.answer_by = reserve_answers_by(member.review, now=now, trust=trust)
    member.save(update_fields=["called_at", "answer_by"])
    record("called a reserve", on=member, by=by, now=now, about=member.reviewer_id)
    words.tell_called(member, now=now)


@transaction.atomic
def withdraw_invitation(*, member: TeamMember, by: User, now: datetime) -> TeamMember:
    """Take an invitation back and tell the person. Raises RuleBroken if it is not open."""
    member = lock_member(member.pk)
    policies.check_can_withdraw_invitation(member)
    take_back(member, why=TeamMember.TakenBack.PLANS)
    record("withdrew invitation", on=member, by=by, now=now, about=member.reviewer_id)
    mark(member.review)
    words.tell_not_needed(member, now=now)
    return member


def take_back(member: TeamMember, *, why: TeamMember.TakenBack) -> None:
    """Set the member to withdrawn by the team, and give them their time back."""
    member.response, member.taken_back = Response.WITHDRAWN, why
    member.answered_at = member.answer_by = None
    member.answered_how = ""
    member.holds_from = member.holds_until = None
    member.save()


@transaction.atomic
def replace(*, member: TeamMember, reviewer: Reviewer, by: User, now: datetime) -> TeamMember:
    """Take one invitation back and ask another person, both or neither. Raises RuleBroken."""
    withdraw_invitation(member=member, by=by, now=now)
    return invite_reviewer(review=member.review, reviewer=reviewer, by=by, now=now)
