"""What is written down after a visit: who came, and without an LXR, why."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from audit.operations import record
from reviews import policies, visit_policies
from reviews.changed import mark
from reviews.models import Review, TeamMember
from reviews.operations.locks import lock_review
from reviews.visit_policies import CAME, COUNTING, DID_NOT_COME, EXPECTED, REMOTE

_FIELDS = ("role", "attended", "is_remote", "response", "answer_by", "holds_from", "holds_until")


@transaction.atomic
def record_visit(
    *,
    review: Review,
    came: Mapping[int, str],
    gap_reason: str,
    by: User,
    now: datetime,
    correction: str = "",
) -> Review:
    """The visit is over: ``came`` says of each team member (by id) came, remote or did not come.

    Completes the review. Recording it again corrects it, with a reason from CORRECTIONS; the same
    again changes nothing. Whoever gave no answer and came has accepted; whoever gave none and did
    not come has expired. Raises RuleBroken before the day, for a visit called off, for a team that
    has changed meanwhile, and without an LXR and a reason.
    """
    held = lock_review(review.pk)
    visit_policies.check_can_record(held, today=localdate(now))
    team = expected_team(held)
    visit_policies.check_everyone_is_recorded(team, came)
    has_lxr = any(m.role in COUNTING and came[m.pk] in {CAME, REMOTE} for m in team)
    visit_policies.check_says_why_no_lxr(has_lxr=has_lxr, gap_reason=gap_reason)
    changed = [member for member in team if _set_came(member, came[member.pk])]
    reason = "" if has_lxr else gap_reason
    if held.is_visited and not changed and held.gap_reason == reason:
        return held
    visit_policies.check_can_correct(held, correction)
    fields = ["team"] if changed else []
    if held.gap_reason != reason:
        held.gap_reason = reason
        fields.append("gap_reason")
    action = "corrected a visit" if held.is_visited else "recorded a visit"
    if held.is_coming:
        policies.check_can_move(held, Review.Status.COMPLETED)
        held.status = Review.Status.COMPLETED
        fields.append("status")
    held.save(update_fields=["status", "gap_reason"])
    TeamMember.objects.bulk_update(changed, _FIELDS)
    record(action, on=held, by=by, now=now, fields=fields, why=correction)
    for member in changed:
        if member.reviewer_id is not None:
            record(
                "recorded attendance", on=member, by=by, now=now, about=member.reviewer_id,
                fields=["attended", "is_remote"], why=correction,
            )  # fmt: skip
    mark(held)
    return held


@transaction.atomic
def wind_up(*, review: Review, to: Review.Status, by: User, now: datetime) -> Review:
    """The report is written, or the review is closed: saying it again changes nothing.

    Figures count the review as they did. Raises RuleBroken out of turn.
    """
    held = lock_review(review.pk)
    if held.status == to:
        return held
    policies.check_can_move(held, to)
    held.status = to
    held.save(update_fields=["status"])
    record(f"set a review to {to}", on=held, by=by, now=now, fields=["status"])
    return held


def expected_team(review: Review) -> list[TeamMember]:
    """Everyone who could have come, the lead first, then staff, LXRs and shadows.

    Whose invitation ran out may have come all the same. When a record is corrected, everyone it
    speaks of is asked about again.
    """
    team = review.team.select_related("reviewer", "staff").order_by("pk")
    roles = [role.value for role in TeamMember.Role]
    expected = [
        member
        for member in team
        if member.response in EXPECTED
        or (review.is_coming and member.response == TeamMember.Response.EXPIRED)
        or (review.is_visited and member.attended is not None)
    ]
    return sorted(expected, key=lambda member: roles.index(member.role))


def _set_came(member: TeamMember, said: str) -> bool:
    """Write onto the member what was said; whether that changes anything."""
    before = [getattr(member, name) for name in _FIELDS]
    member.attended = said != DID_NOT_COME
    if member.role == TeamMember.Role.RESERVE:  # who came was one of the team; the others stood by
        member.role = TeamMember.Role.LXR if member.attended else member.role
        member.attended = member.attended or None
    member.is_remote = said == REMOTE
    member.holds_from = member.holds_until = None
    unanswered = {TeamMember.Response.INVITED, TeamMember.Response.EXPIRED}
    if member.response in unanswered and member.reviewer_id is not None:
        response = TeamMember.Response
        member.response = response.ACCEPTED if member.attended else response.EXPIRED
        member.answer_by = None
    return before != [getattr(member, name) for name in _FIELDS]
