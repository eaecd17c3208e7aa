"""Whom to ask: people who may go, and people one step away, with what speaks for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from organisation.models import Directorate
from reviewers.models import Reviewer, Stage
from reviewers.queries import named
from reviews.eligibility import (
    ONE_MISSING,
    RULES,
    Missing,
    Visit,
    eligible,
    has_been_on_a_visit,
    in_words_of,
    rules_of_score,
    score,
)
from reviews.models import TeamMember

SHOWN = 20
# Who went longest ago comes first among those alike; the database ranks by the rest.
RANKED = 100


@dataclass(frozen=True)
class Candidate:
    """A person for a visit: what speaks for them, and the one step that is missing if one is."""

    reviewer: Reviewer
    has_been: bool
    knows: bool
    visits_there: int
    last_visit_on: date | None
    missing: Missing | None = None

    @property
    def rank(self) -> tuple[bool, bool, date, int]:
        """Never been on a visit first, then who knows such services, then longest ago."""
        return (
            self.has_been,
            not (self.knows or self.visits_there),
            self.last_visit_on or date.min,
            self.reviewer.pk,
        )


@dataclass(frozen=True)
class Candidates:
    """The people to ask for one review. ``has_more``: more are ready than are shown."""

    ready: list[Candidate]
    one_away: list[Candidate]
    has_more: bool = False


def candidates_for(visit: Visit, *, shown: int = SHOWN) -> Candidates:
    """Ready people first, then people one step away. Four queries, however many people there are.

    Not proposed: who is on the team already, takes a break, has left, or would rather not go.
    """
    on_team = TeamMember.objects.live().filter(review=visit.review, reviewer__isnull=False)
    pool = Reviewer.objects.exclude(stage__in=[Stage.LEFT, Stage.PAUSED]).exclude(
        pk__in=on_team.values("reviewer")
    )
    knowing = _with_what_speaks(pool, visit.service.directorate)
    ready = list(
        eligible(knowing, visit).order_by("has_been", "-knows", "joined_on", "pk")[: RANKED + 1]
    )
    steps = [ONE_MISSING + (1 << bit) for bit, rule in enumerate(RULES) if rule.is_a_step]
    away = list(
        knowing.annotate(score=score(visit))
        .filter(score__in=steps)
        .order_by("score", "has_been", "-knows", "joined_on", "pk")[:shown]
    )
    visits = _visits([each.pk for each in (*ready, *away)], visit.service.directorate)
    ranked = sorted(
        (_candidate(each, visits) for each in ready), key=lambda candidate: candidate.rank
    )
    return Candidates(
        ready=ranked[:shown],
        one_away=[
            _candidate(each, visits, in_words_of(rules_of_score(each.score)[0], each))
            for each in away
        ],
        has_more=len(ranked) > shown,
    )


def _with_what_speaks(pool: QuerySet[Reviewer], directorate: Directorate) -> QuerySet[Any]:
    knows = Reviewer.experience_of.through.objects.filter(
        reviewer=OuterRef("pk"), directorate=directorate
    )
    return pool.annotate(has_been=has_been_on_a_visit(), knows=Exists(knows))


def _visits(pks: Sequence[int], directorate: Directorate) -> dict[int, tuple[date, int]]:
    """Of each: the last visit they were on, and how many were in this directorate. One query."""
    return {
        pk: (last, there)
        for pk, last, there in TeamMember.objects.lxrs()
        .filter(reviewer__in=pks, attended=True)
        .values("reviewer")
        .annotate(
            last=Max("review__visit_on"),
            there=Count("pk", filter=Q(review__service__directorate=directorate)),
        )
        .values_list("reviewer", "last", "there")
    }


def _candidate(
    person: Any, visits: dict[int, tuple[date, int]], missing: Missing | None = None
) -> Candidate:
    last, there = visits.get(person.pk, (None, 0))
    return Candidate(
        reviewer=person,
        has_been=last is not None,
        knows=person.knows,
        visits_there=there,
        last_visit_on=last,
        missing=missing,
    )


def in_doubt(visit: Visit) -> dict[int, list[Missing]]:
    """Those on the team who miss a rule now, by id: paused since, or checks no longer in place."""
    asked = TeamMember.objects.lxrs().live().filter(review=visit.review)
    people: QuerySet[Any] = (
        Reviewer.objects.filter(pk__in=asked.values("reviewer"))
        .annotate(score=score(visit))
        .filter(score__gt=0)
    )
    return {
        each.pk: [in_words_of(rule, each) for rule in rules_of_score(each.score)] for each in people
    }


def people_called(
    words: str, visit: Visit, *, shown: int = 10
) -> list[tuple[Reviewer, list[Missing]]]:
    """The people of that name or reference, each with what they miss for this visit. One query."""
    people: QuerySet[Any] = (
        named(Reviewer.objects.all(), words)
        .annotate(score=score(visit))
        .order_by("last_name", "first_name", "pk")[:shown]
    )
    return [
        (each, [in_words_of(rule, each) for rule in rules_of_score(each.score)]) for each in people
    ]
