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
from reviews.eligibility import RULE_BY_KEY, Rule, Visit, rules_of_score, score
from reviews.models import Review, TeamMember
from reviews.operations.invitations import invite_reviewer
from reviews.operations.locks import lock_review
from reviews.queries.places import is_filled
from reviews.waves.models import Turn, Wave
from rules import RuleBroken, allows

ALONE = RULE_BY_KEY["first visit alone"]
Response = TeamMember.Response


def keep_asking(review: Review, *, now: datetime) -> int:
    """Ask whoever is next, as long as places are open and somebody is; how many were asked."""
    asked = 0
    while _take_turn(review.pk, now=now):
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
