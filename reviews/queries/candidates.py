"""Whom to ask: people who may go, and people one step away, with what speaks for them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from heapq import nsmallest
from typing import Any, NamedTuple

from django.db.models import BooleanField, Count, ExpressionWrapper, Max, Q, QuerySet

from organisation.models import Directorate
from reviewers.models import Experience, Reviewer, Stage
from reviewers.queries import named
from reviews.eligibility import (
    BEEN,
    RULES,
    RULES_BESIDE_OTHERS,
    Missing,
    Rule,
    Visit,
    in_words_of,
    rules_of_score,
    score,
    score_of,
)
from reviews.models import TeamMember

SHOWN = 20
# Who went longest ago comes first among those alike; that is asked of the first by all else.
RANKED = 100
# The scores of those who miss nothing, and of those who miss one rule that is a step.
READY = {0, BEEN}
ONE_AWAY = {score_of(rule) | been for rule in RULES if rule.is_a_step for been in READY}


@dataclass(frozen=True)
class Candidate:
    """A person for a visit: what speaks for them, and the one step that is missing if one is."""

    reviewer: Reviewer
    has_been: bool
    knows: bool
    visits_there: int
    last_visit_on: date | None
    missing: Missing | None = None


@dataclass(frozen=True)
class Candidates:
    """The people to ask for one review. ``has_more``: more are ready than are shown.

    ``in_doubt``: what those on the team, shadows and reserves too, miss now, by id: paused since,
    or checks no longer in place.
    """

    ready: list[Candidate]
    one_away: list[Candidate]
    in_doubt: dict[int, list[Rule]]
    has_more: bool = False

    @property
    def steps(self) -> list[tuple[Reviewer, Missing]]:
        """What each who is one step away misses."""
        return [(each.reviewer, each.missing) for each in self.one_away if each.missing]

    @property
    def ids(self) -> set[int]:
        """Of everyone who is shown."""
        return {each.reviewer.pk for each in (*self.ready, *self.one_away)}


@dataclass(frozen=True)
class Called:
    """The first people of a name, and what each misses. ``has_more``: others are called so too."""

    people: list[tuple[Reviewer, list[Missing]]] = field(default_factory=list)
    has_more: bool = False

    @property
    def steps(self) -> list[tuple[Reviewer, Missing]]:
        """The first thing that each misses."""
        return [(person, missing[0]) for person, missing in self.people if missing]


class _Place(NamedTuple):
    """Where one person stands among all, in the order of its fields."""

    score: int
    knows_not: bool
    joined_on: date
    pk: int


_Row = tuple[int, bool, date, int]  # the same as the database gives it


class _Visits(NamedTuple):
    """The last visit somebody was on, and how many were in this directorate."""

    last_on: date | None = None
    there: int = 0


def candidates_for(visit: Visit, *, shown: int = SHOWN) -> Candidates:
    """Ready people first, then people one step away. Three queries, however many people there are.

    Not proposed: who is on the team already, takes a break, has left, or would rather not go.
    Everyone is asked about once, in a few numbers each; whole people are read to be shown.
    """
    able: list[_Row] = []
    almost: list[_Row] = []
    on_team: dict[int, int] = {}
    for place in _places(visit):
        if place[3] in visit.people_on_team:
            on_team[place[3]] = place[0]
        elif place[0] in READY:
            able.append(place)
        elif place[0] in ONE_AWAY:
            almost.append(place)
    ready = [_Place(*each) for each in nsmallest(RANKED + 1, able)]
    away = [_Place(*each) for each in nsmallest(shown, almost)]
    visits = _visits([each.pk for each in (*ready, *away)], visit.service.directorate)
    ready.sort(key=lambda place: _rank(place, visits.get(place.pk, _Visits())))
    people = Reviewer.objects.in_bulk([each.pk for each in (*ready[:shown], *away)])

    def candidate(place: _Place) -> Candidate:
        return _candidate(people[place.pk], place, visits.get(place.pk, _Visits()))

    return Candidates(
        ready=[candidate(place) for place in ready[:shown]],
        one_away=[candidate(place) for place in away],
        in_doubt=_in_doubt(visit, on_team),
        has_more=len(ready) > shown,
    )


def _places(visit: Visit) -> Iterable[_Row]:
    """Everyone who may be proposed, and the team, as the fields of ``_Place``. One query."""
    knowing = Experience.objects.filter(directorate=visit.service.directorate)
    return (
        Reviewer.objects.filter(
            ~Q(stage__in=[Stage.LEFT, Stage.PAUSED]) | Q(pk__in=visit.people_on_team)
        )
        .order_by()
        .annotate(
            score=score(visit),
            knows_not=ExpressionWrapper(
                ~Q(pk__in=knowing.values("reviewer")), output_field=BooleanField()
            ),
        )
        .values_list("score", "knows_not", "joined_on", "pk")
    )


def _in_doubt(visit: Visit, scores: dict[int, int]) -> dict[int, list[Rule]]:
    """Of those on the team, with their scores: what each who misses any rule misses."""
    beside = visit.people_on_team - visit.lxrs_on_team
    found = {
        pk: [
            rule
            for rule in rules_of_score(number)
            if pk not in beside or rule in RULES_BESIDE_OTHERS
        ]
        for pk, number in scores.items()
    }
    return {pk: missing for pk, missing in found.items() if missing}


def _visits(pks: Collection[int], directorate: Directorate) -> dict[int, _Visits]:
    """Of each who has been on any. One query."""
    return {
        pk: _Visits(last, there)
        for pk, last, there in TeamMember.objects.lxrs()
        .filter(reviewer__in=pks, attended=True)
        .values("reviewer")
        .annotate(
            last=Max("review__visit_on"),
            there=Count("pk", filter=Q(review__service__directorate=directorate)),
        )
        .values_list("reviewer", "last", "there")
    }


def _rank(place: _Place, visits: _Visits) -> tuple[bool, bool, date, int]:
    """Never been on a visit first, then who knows such services, then longest ago."""
    knows_not = place.knows_not and not visits.there
    return bool(place.score & BEEN), knows_not, visits.last_on or date.min, place.pk


def _candidate(person: Reviewer, place: _Place, visits: _Visits) -> Candidate:
    missing = rules_of_score(place.score)
    return Candidate(
        reviewer=person,
        has_been=bool(place.score & BEEN),
        knows=not place.knows_not,
        visits_there=visits.there,
        last_visit_on=visits.last_on,
        missing=in_words_of(missing[0], person) if missing else None,
    )


def people_called(words: str, visit: Visit, *, shown: int = 10) -> Called:
    """The people of that name or reference, each with what they miss for this visit. One query."""
    people: QuerySet[Any] = (
        named(Reviewer.objects.all(), words)
        .annotate(score=score(visit))
        .order_by("last_name", "first_name", "pk")[: shown + 1]
    )
    found = [
        (each, [in_words_of(rule, each) for rule in rules_of_score(each.score)]) for each in people
    ]
    return Called(found[:shown], has_more=len(found) > shown)
