"""The staff who come along on a visit.

Who comes no more keeps a row without a part in the team: their calendar has to be told.
"""

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
    member.taken_back, member.answered_at, member.answered_how = "", None, ""
    member.save()
    record("assigned staff", on=member, by=by, now=now, fields=["role"])
    words.tell_on_team(member, by=by, now=now)
    return member


@transaction.atomic
def remove_staff(*, member: TeamMember, by: User, now: datetime) -> TeamMember:
    """Take a staff member off the team of a coming review, and tell them. Raises RuleBroken."""
    member = lock_member(member.pk)
    policies.check_can_remove_staff(member)
    _come_no_more(member, taken_back=TeamMember.TakenBack.PLANS)
    record("removed staff", on=member, by=by, now=now, fields=["response"])
    words.tell_off_team(member, by=by, now=now)
    return member


@transaction.atomic
def say_staff_cannot_come(*, member: TeamMember, by: User, now: datetime) -> TeamMember:
    """A staff member says that they cannot come: the team is told, and finds somebody else.

    Saying it again changes nothing. Raises RuleBroken once the visit has begun or is called off,
    and where they were taken off the team.
    """
    member = lock_member(member.pk)
    if member.said_no:
        return member
    policies.check_staff_can_say_no(member, now)
    _come_no_more(member)
    member.answered_at, member.answered_how = now, TeamMember.How.ONLINE
    member.save()
    record("said that staff cannot come", on=member, by=by, now=now, fields=["response"])
    words.tell_said_no(member, now=now)
    words.tell_team_of_drop_out(member.review, now=now, is_staff=True)
    return member


def _come_no_more(member: TeamMember, *, taken_back: str = "") -> None:
    """Nobody leads whose lead comes no more."""
    member.role, member.response = Role.STAFF, Response.WITHDRAWN
    member.taken_back = taken_back
    member.save()
