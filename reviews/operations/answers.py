"""What people say to an invitation, themselves or through a coordinator."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.operations import record
from organisation.queries import trust_settings
from reviews import policies, words
from reviews.changed import mark
from reviews.eligibility import Visit, missing_rules
from reviews.holds import hold_of
from reviews.models import TeamMember
from reviews.operations.filling import end_if_filled
from reviews.operations.locks import lock_member, no_overlap
from reviews.operations.next_in_line import keep_asking
from reviews.operations.questions import ask_question
from reviews.queries.places import is_filled
from rules import RuleBroken

Response = TeamMember.Response
NOTHING = (None, None)
I_CAN_STILL_COME = "I can still come to this visit, if you would like me to."


def answer(
    *,
    member: TeamMember,
    answer: TeamMember.Response,
    how: TeamMember.How,
    by: User,
    now: datetime,
    why_not: str = "",
) -> TeamMember:
    """Accept or decline an invitation, or say that one can no longer come (withdrawn).

    Whoever says yes after their time to answer has the place if it is free and the rules hold;
    else they stay as they are and the team is told that they can still come. Where a place is open
    after that, whoever is next is asked. The same answer again changes nothing. Raises RuleBroken
    once the visit has begun or is called off, when the invitation is not open, when the places are
    filled, or when a yes would break a rule.
    """
    answered = _answer(member.pk, answer, how, by=by, now=now, why_not=why_not)
    keep_asking(answered.review, now=now)
    return answered


@transaction.atomic
def _answer(
    pk: int,
    answer: TeamMember.Response,
    how: TeamMember.How,
    *,
    by: User,
    now: datetime,
    why_not: str,
) -> TeamMember:
    member = lock_member(pk)
    if member.response == answer:
        return member
    policies.check_can_answer(member, answer, now)
    if answer == Response.ACCEPTED:
        try:
            _check_can_say_yes(member, how)
        except RuleBroken:
            if member.response != Response.EXPIRED or how != TeamMember.How.ONLINE:
                raise
            ask_question(member=member, words=I_CAN_STILL_COME, by=by, now=now)
            return member
    member.response, member.why_not = answer, why_not
    member.answered_at, member.answered_how, member.answer_by = now, how, None
    member.holds_from, member.holds_until = hold_of(member.review) if member.is_open else NOTHING
    with no_overlap(words.first_name_of(member)):
        member.save()
    record(
        "answered an invitation", on=member, by=by, now=now, about=member.reviewer_id,
        fields=["response"], why=how,
    )  # fmt: skip
    mark(member.review)
    if member.reviewer is not None:
        tell = words.tell_said_yes if answer == Response.ACCEPTED else words.tell_said_no
        tell(member, now=now)
    if answer == Response.ACCEPTED and member.role == TeamMember.Role.LXR:
        end_if_filled(member.review, now=now)
    if answer == Response.WITHDRAWN and member.role == TeamMember.Role.LXR:
        words.tell_team_of_drop_out(member.review, now=now)
    return member


def _check_can_say_yes(member: TeamMember, how: TeamMember.How) -> None:
    if member.reviewer is None:
        return
    is_own = how == TeamMember.How.ONLINE
    if member.role == TeamMember.Role.LXR:
        policies.check_has_a_place(member.review, is_filled=is_filled(member.review), is_own=is_own)
    rules = policies.rules_of_a_yes(member)
    missing = missing_rules(member.reviewer, Visit(member.review, trust_settings()), only=rules)
    policies.check_can_say_yes(missing, is_own=is_own)


@transaction.atomic
def say_why_not(
    *, member: TeamMember, why: TeamMember.WhyNot, by: User, now: datetime
) -> TeamMember:
    """Why the person cannot come, if they like to say. The same again changes nothing.

    Raises RuleBroken where they have not said that they cannot come.
    """
    member = lock_member(member.pk)
    policies.check_can_say_why_not(member)
    if member.why_not == why:
        return member
    member.why_not = why
    member.save(update_fields=["why_not"])
    record("said why not", on=member, by=by, now=now, about=member.reviewer_id, fields=["why_not"])
    return member
