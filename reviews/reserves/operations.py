"""Asking somebody to stand by, and asking a reserve by hand to come after all."""

from contextlib import suppress
from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.operations import record
from organisation.queries import trust_settings
from reviewers.models import Reviewer
from reviewers.operations import give_account
from reviews import policies, words
from reviews.changed import mark
from reviews.eligibility import RULES_BESIDE_OTHERS, Visit, missing_rules
from reviews.models import Review, TeamMember
from reviews.operations.invitations import ask, call_reserve
from reviews.operations.locks import lock_member, lock_review, lock_reviewers
from reviews.queries.places import is_filled
from rules import RuleBroken


@transaction.atomic
def invite_reserve(*, review: Review, reviewer: Reviewer, by: User, now: datetime) -> TeamMember:
    """Ask the person to stand by: they keep the time free, and do not count as coming.

    Every rule is asked but that of company. Raises RuleBroken.
    """
    review = lock_review(review.pk)
    reviewer = lock_reviewers([reviewer.pk])[reviewer.pk]
    member = TeamMember.objects.filter(review=review, reviewer=reviewer).first()
    visit = Visit(review, trust_settings())
    missing = missing_rules(reviewer, visit, only=RULES_BESIDE_OTHERS)
    policies.check_can_invite(review, reviewer, member=member, missing=missing, now=now)
    member = member or TeamMember(review=review, reviewer=reviewer)
    member.review, member.reviewer = review, reviewer
    ask(member, trust=visit.trust, now=now, role=TeamMember.Role.RESERVE)
    record("invited to stand by", on=member, by=by, now=now, about=reviewer.pk)
    with suppress(RuleBroken):  # no address of their own: a coordinator answers for them
        give_account(reviewer=reviewer, by=by, now=now, tells=False)
    words.tell_invited(member, now=now)
    return member


@transaction.atomic
def call(*, member: TeamMember, by: User, now: datetime) -> TeamMember:
    """Ask a reserve to come after all. Raises RuleBroken with every rule that is missing now."""
    member = lock_member(member.pk)
    policies.check_can_call(member, now)
    policies.check_has_a_place(member.review, is_filled=is_filled(member.review))
    assert member.reviewer is not None  # noqa: S101 - a reserve is a person
    trust = trust_settings()
    policies.check_none_missing(missing_rules(member.reviewer, Visit(member.review, trust)))
    call_reserve(member, trust=trust, by=by, now=now)
    mark(member.review)
    return member
