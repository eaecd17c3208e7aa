"""The staff who come along on a visit."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.operations import record
from organisation.models import StaffMember
from reviews import policies, words
from reviews.models import Review, TeamMember
from reviews.operations.locks import lock_member, lock_review

Response = TeamMember.Response
Role = TeamMember.Role


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
    words.tell_on_team(member, by=by, now=now)
    return member


@transaction.atomic
def remove_staff(*, member: TeamMember, by: User, now: datetime) -> None:
    """Take a staff member off the team of a coming review. Raises RuleBroken."""
    member = lock_member(member.pk)
    policies.check_can_remove_staff(member)
    record("removed staff", on=member, by=by, now=now)
    words.tell_off_team(member, by=by, now=now)
    member.delete()
