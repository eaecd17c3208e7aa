"""Who is on a team: inviting LXRs, taking invitations back, and the staff who come along."""

from contextlib import suppress
from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.operations import record
from organisation.models import StaffMember
from organisation.queries import trust_settings
from reviewers.models import Reviewer
from reviewers.operations import give_account
from reviews import policies, words
from reviews.changed import mark
from reviews.eligibility import Visit, missing_rules
from reviews.holds import hold_of
from reviews.models import Review, TeamMember
from reviews.operations.locks import lock_member, lock_review, lock_reviewers, no_overlap
from rules import RuleBroken

Response = TeamMember.Response
Role = TeamMember.Role


@transaction.atomic
def invite_reviewer(*, review: Review, reviewer: Reviewer, by: User, now: datetime) -> TeamMember:
    """Ask this person to come on the visit, and keep the time free for it.

    Somebody who said no or whose invitation was taken back may be asked again. The first
    invitation gives an account. Raises RuleBroken with the sentence and next step of every rule
    that is missing.
    """
    review = lock_review(review.pk)
    reviewer = lock_reviewers([reviewer.pk])[reviewer.pk]
    member = TeamMember.objects.filter(review=review, reviewer=reviewer).first()
    visit = Visit(review, trust_settings())
    policies.check_can_invite(
        review, reviewer, member=member, missing=missing_rules(reviewer, visit), now=now
    )
    member = member or TeamMember(review=review, reviewer=reviewer)
    member.review, member.reviewer = review, reviewer
    ask(member, now=now)
    record("invited", on=member, by=by, now=now, about=reviewer.pk)
    mark(review)
    with suppress(RuleBroken):  # no address of their own: a coordinator answers for them
        give_account(reviewer=reviewer, by=by, now=now, tells=False)  # the invitation tells how
    words.tell_invited(member, now=now)
    return member


def ask(member: TeamMember, *, now: datetime, role: TeamMember.Role = Role.LXR) -> None:
    """Set the member to asked, holding the visit's time. Call under the locks.

    Raises RuleBroken where the database finds the person on another visit then.
    """
    assert member.reviewer is not None  # noqa: S101 - callers ask reviewers only
    member.role = role
    member.response = Response.INVITED
    member.invited_at = now
    member.answered_at = None
    member.answered_how = ""
    member.holds_from, member.holds_until = hold_of(member.review)
    with no_overlap(member.reviewer.first_name):
        member.save()


@transaction.atomic
def withdraw_invitation(*, member: TeamMember, by: User, now: datetime) -> TeamMember:
    """Take an invitation back and tell the person. Raises RuleBroken if it is not open."""
    member = lock_member(member.pk)
    policies.check_can_withdraw_invitation(member)
    take_back(member, now=now)
    record("withdrew invitation", on=member, by=by, now=now, about=member.reviewer_id)
    mark(member.review)
    words.tell_not_needed(member, now=now)
    return member


def take_back(member: TeamMember, *, now: datetime) -> None:
    """Set the member to withdrawn by the team: no way of answering is recorded."""
    member.response = Response.WITHDRAWN
    member.answered_at = now
    member.answered_how = ""
    member.holds_from = member.holds_until = None
    member.save()


@transaction.atomic
def replace(*, member: TeamMember, reviewer: Reviewer, by: User, now: datetime) -> TeamMember:
    """Take one invitation back and ask another person, both or neither. Raises RuleBroken."""
    withdraw_invitation(member=member, by=by, now=now)
    return invite_reviewer(review=member.review, reviewer=reviewer, by=by, now=now)


@transaction.atomic
def assign_staff(
    *, review: Review, staff: StaffMember, role: TeamMember.Role, by: User, now: datetime
) -> TeamMember:
    """Put a staff member on the team, as lead or not. The lead before becomes one of the staff.

    Who is that already stays it. Raises RuleBroken unless the review is coming.
    """
    review = lock_review(review.pk)
    policies.check_is_coming(review)
    policies.check_is_staff_role(role)
    there = TeamMember.objects.filter(review=review, staff=staff).first()
    if there is not None and (there.role, there.response) == (role, Response.ACCEPTED):
        return there
    if role == Role.LEAD:
        before = TeamMember.objects.filter(review=review, role=Role.LEAD).exclude(staff=staff)
        before.update(role=Role.STAFF)
    member = there or TeamMember(review=review, staff=staff)
    member.role, member.response = role, Response.ACCEPTED
    member.save()
    record("assigned staff", on=member, by=by, now=now, fields=["role"])
    return member


@transaction.atomic
def remove_staff(*, member: TeamMember, by: User, now: datetime) -> None:
    """Take a staff member off the team of a coming review. Raises RuleBroken."""
    member = lock_member(member.pk)
    policies.check_can_remove_staff(member)
    record("removed staff", on=member, by=by, now=now)
    member.delete()
