"""What is done for a first visit; each in one transaction with its audit event."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from audit.operations import record
from organisation.models import StaffMember
from organisation.queries import trust_settings
from reviewers.models import Reviewer
from reviewers.operations import give_account
from reviews.eligibility import Visit, missing_rules
from reviews.first_visits import policies, queries, words
from reviews.first_visits.models import FirstVisit
from reviews.first_visits.standing import RULES_TO_LEARN
from reviews.models import Review, TeamMember
from reviews.operations.invitations import ask as ask_to_come
from reviews.operations.locks import lock_review, lock_reviewers
from reviews.policies import check_can_invite
from reviews.words import tell_invited
from rules import RuleBroken


def _locked(reviewer: Reviewer) -> FirstVisit:
    """The person's row held until the commit, and what is known of their first visit."""
    held = lock_reviewers([reviewer.pk])[reviewer.pk]
    first = FirstVisit.objects.filter(reviewer=held).first() or FirstVisit()
    first.reviewer = held
    return first


def _check_is_waiting(reviewer: Reviewer) -> None:
    found = Reviewer.objects.filter(pk=reviewer.pk)
    policies.check_is_waiting(
        reviewer,
        is_trained=found.filter(queries.is_trained()).exists(),
        has_been=found.filter(queries.has_been_since_training()).exists(),
    )


@transaction.atomic
def say(
    *,
    reviewer: Reviewer,
    wish: FirstVisit.Wish,
    not_before: date | None,
    how: FirstVisit.How,
    by: User,
    now: datetime,
) -> FirstVisit:
    """How the person would like to start. Saying it again changes it. Raises RuleBroken."""
    first = _locked(reviewer)
    _check_is_waiting(first.reviewer)
    policies.check_not_before(wish, not_before, today=localdate(now))
    first.wish = wish
    first.not_before = not_before if wish == FirstVisit.Wish.NOT_NOW else None
    first.said_at, first.said_how = now, how
    first.save()
    record("said how to start", on=first, by=by, now=now, about=reviewer.pk, fields=["wish"])
    return first


@transaction.atomic
def name_buddy(
    *,
    reviewer: Reviewer,
    buddy: Reviewer | None,
    staff_buddy: StaffMember | None,
    have_agreed: bool = False,
    by: User,
    now: datetime,
) -> FirstVisit:
    """Who goes with the person on their first visit; neither: nobody any more.

    An LXR is told so, once both ``have_agreed``; and is told when somebody else goes instead.
    Raises RuleBroken.
    """
    first = _locked(reviewer)
    policies.check_buddy(first.reviewer, buddy, have_agreed=have_agreed)
    before, is_told = first.buddy, first.buddy_agreed_on is not None
    if (before, first.staff_buddy, is_told) == (buddy, staff_buddy, buddy is not None):
        return first
    first.buddy, first.staff_buddy = buddy, staff_buddy
    first.buddy_agreed_on = localdate(now) if buddy else None
    first.save()
    record("named a buddy", on=first, by=by, now=now, about=reviewer.pk, fields=["buddy"])
    if before is not None and before != buddy and is_told:
        words.tell_no_buddy(first, before, now=now)
    if buddy is not None:
        words.tell_buddy(first, buddy, now=now)
    return first


@transaction.atomic
def ask_gently(*, reviewer: Reviewer, by: User, now: datetime) -> FirstVisit:
    """Ask the person, kindly, how they would like to start. Raises RuleBroken."""
    first = _locked(reviewer)
    person = first.reviewer
    _check_is_waiting(person)
    policies.check_can_ask(person, first, now=now, today=localdate(now))
    first.asked_at = now
    first.save()
    record("asked about a first visit", on=first, by=by, now=now, about=person.pk)
    with suppress(RuleBroken):  # no address of their own: they answer by phone or on paper
        give_account(reviewer=person, by=by, now=now, tells=False)
    words.ask_how_to_start(person, now=now)
    return first


def ask_several(
    *, reviewers: Iterable[Reviewer], by: User, now: datetime
) -> tuple[list[Reviewer], list[str]]:
    """Ask each of them gently: who was asked, and why the others were not."""
    asked: list[Reviewer] = []
    refused: list[str] = []
    for reviewer in reviewers:
        try:
            ask_gently(reviewer=reviewer, by=by, now=now)
        except RuleBroken as broken:
            refused.append(str(broken))
        else:
            asked.append(reviewer)
    return asked, refused


@transaction.atomic
def offer_to_watch(*, review: Review, reviewer: Reviewer, by: User, now: datetime) -> TeamMember:
    """Ask the person to come along and learn: they hold the time, and do not count as the LXR.

    Raises RuleBroken with every rule that is missing.
    """
    review = lock_review(review.pk)
    reviewer = lock_reviewers([reviewer.pk])[reviewer.pk]
    _check_is_waiting(reviewer)
    member = TeamMember.objects.filter(review=review, reviewer=reviewer).first()
    visit = Visit(review, trust_settings())
    missing = missing_rules(reviewer, visit, only=RULES_TO_LEARN)
    check_can_invite(review, reviewer, member=member, missing=missing, now=now)
    member = member or TeamMember(review=review, reviewer=reviewer)
    member.review, member.reviewer = review, reviewer
    ask_to_come(member, trust=visit.trust, now=now, role=TeamMember.Role.SHADOW)
    record("invited to learn", on=member, by=by, now=now, about=reviewer.pk)
    with suppress(RuleBroken):
        give_account(reviewer=reviewer, by=by, now=now, tells=False)
    tell_invited(member, now=now)
    return member


@transaction.atomic
def record_debrief(
    *, reviewer: Reviewer, held_on: date, agreed: str, by: User, now: datetime
) -> FirstVisit:
    """The talk after the first visit, and what was agreed for the next. Raises RuleBroken."""
    first = _locked(reviewer)
    day = queries.first_visit_days([reviewer.pk]).get(reviewer.pk)
    policies.check_debrief(held_on, first_visit_on=day, today=localdate(now))
    if (first.debriefed_on, first.agreed) == (held_on, agreed):
        return first
    first.debriefed_on, first.agreed, first.no_debrief_why = held_on, agreed, ""
    first.save()
    record(
        "recorded a talk after the first visit",
        on=first, by=by, now=now, about=reviewer.pk, fields=["debriefed_on"],
    )  # fmt: skip
    return first


@transaction.atomic
def leave_out_debrief(*, reviewer: Reviewer, why: str, by: User, now: datetime) -> FirstVisit:
    """There will be no talk after the first visit, and why. Raises RuleBroken."""
    first = _locked(reviewer)
    day = queries.first_visit_days([reviewer.pk]).get(reviewer.pk)
    policies.check_no_debrief(first, first_visit_on=day)
    if first.no_debrief_why == why:
        return first
    first.no_debrief_why = why
    first.save()
    record(
        "left out the talk after the first visit",
        on=first, by=by, now=now, about=reviewer.pk, fields=["no_debrief_why"],
    )  # fmt: skip
    return first


def leave_out_several(
    *, reviewers: Iterable[Reviewer], why: str, by: User, now: datetime
) -> tuple[list[Reviewer], list[str]]:
    """The same for each of them: for whom it is left out, and why not for the others."""
    done: list[Reviewer] = []
    refused: list[str] = []
    for reviewer in reviewers:
        try:
            leave_out_debrief(reviewer=reviewer, why=why, by=by, now=now)
        except RuleBroken as broken:
            refused.append(str(broken))
        else:
            done.append(reviewer)
    return done, refused
