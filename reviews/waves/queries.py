"""A visit's line as its page shows it, and who is proposed next."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.http import Http404

from accounts.models import User
from organisation.queries import trust_settings
from reviewers.models import Reviewer
from reviews.eligibility import Missing, Visit, in_words_of, rules_of_score, score
from reviews.models import Review, TeamMember
from reviews.queries import Candidates, candidates_for, reviews_of
from reviews.queries.places import not_to_ask
from reviews.waves.models import Turn, Wave

PROPOSED = 5


@dataclass(frozen=True)
class InLine:
    """One person in the line: where they stand, and what stands in the way of asking them now."""

    turn: Turn
    member: TeamMember | None
    missing: Sequence[Missing]

    @property
    def reviewer(self) -> Reviewer:
        """Who."""
        return self.turn.reviewer


def wave_of(review: Review) -> Wave | None:
    """How the visit's line is asked; None without one."""
    return Wave.objects.filter(review=review).first()


def line_of(wave: Wave | None, visit: Visit) -> list[InLine]:
    """Everyone in the line: in their order, who was asked before. Two queries."""
    if wave is None:
        return []
    turns = list(wave.turns.select_related("reviewer"))
    people = Reviewer.objects.filter(pk__in=[turn.reviewer_id for turn in turns])
    scores = dict(people.annotate(score=score(visit)).values_list("pk", "score"))
    members = {each.reviewer_id: each for each in visit.review.team.all()}
    found = [
        InLine(
            turn,
            members.get(turn.reviewer_id) if turn.state == Turn.State.ASKED else None,
            [
                in_words_of(rule, turn.reviewer)
                for rule in rules_of_score(scores[turn.reviewer_id])
                if turn.state != Turn.State.ASKED
            ],
        )
        for turn in turns
    ]
    order = [Turn.State.ASKED, Turn.State.WAITING, Turn.State.SKIPPED]
    return sorted(found, key=lambda each: order.index(Turn.State(each.turn.state)))


def get_turn(*, user: User, review_pk: int, pk: int) -> Turn:
    """A person in the line of a visit that this user plans. Raises Http404."""
    found = (
        Turn.objects.filter(
            pk=pk, wave__review=review_pk, wave__review__in=reviews_of(user).values("pk")
        )
        .select_related("wave__review", "reviewer")
        .first()
    )
    if found is None:
        raise Http404
    return found


def propose(
    candidates: Candidates, review: Review, in_line: Collection[int], *, most: int = PROPOSED
) -> list[Reviewer]:
    """Of these, who is neither in line nor said no, in their order. The team comes loaded.

    Whoever gave no answer to this visit, or was not needed, comes after all others.
    """
    no = not_to_ask(review)
    before = {each.reviewer_id for each in review.team.all()} - no
    people = [each.reviewer for each in candidates.ready]
    people = [person for person in people if person.pk not in no and person.pk not in in_line]
    return sorted(people, key=lambda person: person.pk in before)[:most]


def next_to_propose(review: Review) -> Reviewer | None:
    """The first who is ready for the visit and not in its line."""
    turns = Turn.objects.filter(wave__review=review, state=Turn.State.WAITING)
    in_line = set(turns.values_list("reviewer_id", flat=True))
    shown = len(in_line) + review.team.count() + 1
    candidates = candidates_for(Visit(review, trust_settings()), shown=shown)
    return next(iter(propose(candidates, review, in_line, most=1)), None)
