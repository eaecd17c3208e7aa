"""Whom to ask: people who may go, and people one step away, with what speaks for them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import BooleanField, Count, ExpressionWrapper, Max, Q, QuerySet

from organisation.models import Directorate
from reviewers.models import Reviewer, Stage
from reviewers.queries import named
from reviews.eligibility import (
    ONE_MISSING,
    RULES,
    Missing,
    Visit,
    has_been_on_a_visit,
    in_words_of,
    rules_of_score,
    score,
)
from reviews.models import TeamMember

SHOWN = 20
# Who went longest ago comes first among those alike; that is asked of the first by all else.
RANKED = 100
# No rule is missing, or one that is a step.
PROPOSED = {0} | {ONE_MISSING + (1 << bit) for bit, rule in enumerate(RULES) if rule.is_a_step}


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
    """Ready people first, then people one step away. Three queries, however many people there are.

    Not proposed: who is on the team already, takes a break, has left, or would rather not go.
    Everyone is asked about once, in a few numbers each; whole people are read to be shown.
    """
    places = sorted(place for place in _places(visit) if place.score in PROPOSED)
    ready = [place for place in places if place.score == 0][: RANKED + 1]
    away = [place for place in places if place.score][:shown]
    people = Reviewer.objects.in_bulk([place.pk for place in (*ready, *away)])
    visits = _visits(people.keys(), visit.service.directorate)
    ranked = sorted(
        (_candidate(people[each.pk], each, visits) for each in ready),
        key=lambda candidate: candidate.rank,
    )
    return Candidates(
        ready=ranked[:shown],
        one_away=[_candidate(people[each.pk], each, visits) for each in away],
        has_more=len(ranked) > shown,
    )


class _Place(NamedTuple):
    """Where one person stands among all, in the order of its fields."""

    score: int
    has_been: bool
    knows_not: bool
    joined_on: date
    pk: int


def _places(visit: Visit) -> Iterator[_Place]:
    """Everyone who may be proposed. One query."""
    on_team = TeamMember.objects.live().filter(review=visit.review, reviewer__isnull=False)
    knowing = Reviewer.experience_of.through.objects.filter(directorate=visit.service.directorate)
    everyone = (
        Reviewer.objects.exclude(stage__in=[Stage.LEFT, Stage.PAUSED])
        .exclude(pk__in=on_team.values("reviewer"))
        .order_by()
        .annotate(
            score=score(visit),
            has_been=has_been_on_a_visit(),
            knows_not=ExpressionWrapper(
                ~Q(pk__in=knowing.values("reviewer")), output_field=BooleanField()
            ),
        )
    )
    return map(
        _Place._make, everyone.values_list("score", "has_been", "knows_not", "joined_on", "pk")
    )


def _visits(pks: Collection[int], directorate: Directorate) -> dict[int, tuple[date, int]]:
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


def _candidate(person: Reviewer, place: _Place, visits: dict[int, tuple[date, int]]) -> Candidate:
    last, there = visits.get(person.pk, (None, 0))
    missing = rules_of_score(place.score)
    return Candidate(
        reviewer=person,
        has_been=place.has_been,
        knows=not place.knows_not,
        visits_there=there,
        last_visit_on=last,
        missing=in_words_of(missing[0], person) if missing else None,
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
