"""Whoever comes next is asked by itself: a reserve for who drops out, then the line's next.

Each in a transaction of its own, so that no more than one person is locked at a time.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from audit.operations import record
from organisation.queries import trust_settings
from reviewers.models import Reviewer
from reviews import policies
from reviews.changed import mark
from reviews.eligibility import RULE_BY_KEY, Rule, Visit, missing_rules, rules_of_score, score
from reviews.models import Review, TeamMember
from reviews.operations.invitations import call_reserve, invite_reviewer
from reviews.operations.locks import lock_review, lock_reviewers
from reviews.queries.places import is_filled
from reviews.waves.models import Turn, Wave
from rules import RuleBroken, allows

ALONE = RULE_BY_KEY["first visit alone"]
Response = TeamMember.Response


def keep_asking(review: Review, *, now: datetime) -> int:
    """Ask whoever is next, as long as places are open and somebody is; how many were asked."""
    asked = 0
    while _call_next_reserve(review.pk, now=now) or _take_turn(review.pk, now=now):
        asked += 1
    return asked


def ask_whoever_is_next(*, now: datetime) -> int:
    """The same for every visit to come whose line runs: what a lapse or a change has left open."""
    running = Review.objects.filter(
        wave__is_running=True,
        wave__turns__state=Turn.State.WAITING,
        status__in=Review.COMING,
        visit_on__gte=localdate(now),
    )
    found = running.order_by("visit_on", "pk").distinct()
    return sum(keep_asking(review, now=now) for review in found)


@transaction.atomic
def _call_next_reserve(pk: int, *, now: datetime) -> bool:
    """Ask the reserve who has stood by longest, for each who can no longer come.

    Reserves whom a rule stands against now go on standing by, and the page says why. Whether
    somebody was asked.
    """
    review = lock_review(pk)
    if not allows(policies.check_can_ask_anyone, review, now) or is_filled(review):
        return False
    team = list(TeamMember.objects.people().filter(review=review).order_by("answered_at", "pk"))
    lost = sum(
        each.role == TeamMember.Role.LXR
        and each.response == Response.WITHDRAWN
        and each.said_no
        and each.was_asked_for(review.visit_on)
        for each in team
    )
    called = sum(each.called_at is not None and each.is_open for each in team)
    reserves = [
        each
        for each in team
        if each.role == TeamMember.Role.RESERVE and each.response == Response.ACCEPTED
    ]
    if called >= lost or not reserves:
        return False
    people = lock_reviewers(each.reviewer_id for each in reserves if each.reviewer_id)
    trust = trust_settings()
    visit = Visit(review, trust)
    for member in reserves:
        person = people[member.reviewer_id or 0]
        if not missing_rules(person, visit):
            member.review, member.reviewer = review, person
            call_reserve(member, trust=trust, by=None, now=now)
            mark(review)
            return True
    return False


@transaction.atomic
def _take_turn(pk: int, *, now: datetime) -> bool:
    """Ask the next of the line, if it runs and fewer wait for an answer than may.

    Whether somebody was asked.
    """
    review = lock_review(pk)
    wave = Wave.objects.filter(review=review, is_running=True).first()
    if wave is None or not allows(policies.check_can_ask_anyone, review, now) or is_filled(review):
        return False
    live = TeamMember.objects.lxrs().live().filter(review=review)
    said = Counter(live.values_list("response", flat=True))
    waiting, coming = said[Response.INVITED], said[Response.ACCEPTED]
    # A yes asks nobody else while others who wait could fill what is left.
    most = max(review.lxrs_wanted, wave.at_once, coming + 1)
    if waiting >= wave.at_once or coming + waiting >= most:
        return False
    return ask_first_who_may(review, wave, by=None, now=now) is not None


def ask_first_who_may(
    review: Review, wave: Wave, *, by: User | None, now: datetime
) -> TeamMember | None:
    """Ask the first of those in line who meets every rule now. Under the review's lock.

    Who misses a rule is skipped; who lacks company alone keeps the place and is passed over.
    """
    turns = list(wave.turns.filter(state=Turn.State.WAITING).select_related("reviewer"))
    missing = _missing(turns, Visit(review, trust_settings()))
    for turn in turns:
        lacks = missing[turn.reviewer_id]
        if lacks == [ALONE]:
            continue
        if not lacks:
            try:
                with transaction.atomic():
                    member = invite_reviewer(
                        review=review, reviewer=turn.reviewer, by=by, now=now,
                        days=wave.answer_days,
                    )  # fmt: skip
            except RuleBroken:  # asked already, or changed in this moment
                pass
            else:
                _set(turn, Turn.State.ASKED, by=by, now=now)
                return member
        is_on_team = TeamMember.objects.live().filter(review=review, reviewer=turn.reviewer_id)
        state = Turn.State.ASKED if is_on_team.exists() else Turn.State.SKIPPED
        _set(turn, state, by=by, now=now)
    return None


def _missing(turns: Sequence[Turn], visit: Visit) -> dict[int, list[Rule]]:
    people = Reviewer.objects.filter(pk__in=[turn.reviewer_id for turn in turns])
    rows = people.annotate(score=score(visit)).values_list("pk", "score")
    return {pk: rules_of_score(number) for pk, number in rows}


def _set(turn: Turn, state: Turn.State, *, by: User | None, now: datetime) -> None:
    turn.state = state
    turn.save(update_fields=["state"])
    if state == Turn.State.SKIPPED:
        record("passed over in line", on=turn, by=by, now=now, about=turn.reviewer_id)
