"""Who would be able to go but for one rule: for many reviews at once.

Each rule is asked once for every distinct value of what it depends on, all of them in one query,
so the number of queries does not grow with people, and for some hundred reviews not with those.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import BooleanField, Case, Prefetch, Value, When

from organisation.models import TrustSettings
from reviewers.models import Reviewer, Stage
from reviews.eligibility import RULES, DependsOn, Rule, Visit, has_been_on_a_visit
from reviews.models import ReviewQuerySet, TeamMember
from reviews.queries.reviews import SERVICE

AT_ONCE = 200  # SQLite joins at most 500 queries into one


@dataclass(frozen=True)
class LoadedVisit(Visit):
    """A visit whose team has been loaded with its review."""

    @cached_property
    def _team(self) -> list[tuple[str, int | None, int | None]]:
        return [
            (each.role, each.reviewer_id, each.staff_id)
            for each in self.review.team.all()
            if each.response in TeamMember.LIVE
        ]


def loaded_visits(reviews: ReviewQuerySet, trust: TrustSettings) -> list[LoadedVisit]:
    """These reviews, soonest first, each with its service and team. Two queries."""
    team = TeamMember.objects.only(
        "review", "role", "response", "reviewer", "staff", "taken_back", "asked_for"
    )
    rows = reviews.select_related(*SERVICE).prefetch_related(Prefetch("team", team))
    return [LoadedVisit(review, trust) for review in rows.order_by("visit_on", "pk")]


_VALUE: dict[DependsOn, Callable[[Visit], Any]] = {
    DependsOn.DAY: lambda visit: visit.day,
    DependsOn.HOURS: lambda visit: visit.hold,
    DependsOn.SERVICE: lambda visit: visit.service.pk,
    DependsOn.TEAM: lambda visit: (visit.lxrs_on_team, visit.has_staff),
    # Who is on it already is busy for every other visit of that time, and not for this one.
    DependsOn.PEOPLE: lambda visit: visit.review.pk if visit.people_on_team else 0,
}


def missing_nothing_but(key: str, visits: Sequence[Visit]) -> list[set[int]]:
    """For each visit, the ids of those who meet every rule other than this one.

    They may or may not meet that one. Who is on the visit's team is left out.
    """
    rules = [rule for rule in RULES if rule.key != key]
    everyone = set(Reviewer.objects.order_by().values_list("pk", flat=True))
    for rule in rules:
        if not rule.depends_on and visits:
            everyone -= _missing(rule, visits[:1])[0]
    been = who_have_been()
    failing = [who_miss(rule, visits, been=been) for rule in rules if rule.depends_on]
    return [
        everyone.difference(visit.lxrs_on_team, *(each[index] for each in failing))
        for index, visit in enumerate(visits)
    ]


@dataclass(frozen=True)
class Asked:
    """Everybody who is here, who of them has been on a visit, and who misses which rule.

    Not here: who takes a break or has left. ``missing`` holds a set for each visit, by rule.
    """

    here: set[int]
    been: set[int]
    missing: dict[Rule, list[set[int]]]


def ask_everyone(visits: Sequence[Visit]) -> Asked:
    """Ask every rule, once for each distinct value of what it depends on.

    The number of queries grows neither with people nor, for some hundred visits, with those.
    """
    here = Reviewer.objects.exclude(stage__in=[Stage.LEFT, Stage.PAUSED]).order_by()
    been = who_have_been()
    missing = {rule: who_miss(rule, visits, been=been) for rule in RULES}
    return Asked(set(here.values_list("pk", flat=True)), been, missing)


def who_have_been() -> set[int]:
    """The ids of everyone who has been on a visit."""
    people = Reviewer.objects.filter(has_been_on_a_visit()).order_by()
    return set(people.values_list("pk", flat=True))


def who_miss(rule: Rule, visits: Sequence[Visit], *, been: set[int]) -> list[set[int]]:
    """For each visit, the ids of those who miss the rule. ``been``: ``who_have_been()``."""
    if rule.depends_on:
        missing = _by_visit(rule, visits)
    else:  # the same for every visit
        missing = _missing(rule, visits[:1]) * len(visits) if visits else []
    return [each - been for each in missing] if rule.is_about_first_visit else missing


def _by_visit(rule: Rule, visits: Sequence[Visit]) -> list[set[int]]:
    order = sorted(rule.depends_on)
    values = [tuple(_VALUE[each](visit) for each in order) for visit in visits]
    first = dict(zip(reversed(values), reversed(visits), strict=True))
    missing = dict(zip(first, _missing(rule, list(first.values())), strict=True))
    return [missing[value] for value in values]


def _missing(rule: Rule, visits: Sequence[Visit]) -> list[set[int]]:
    found: list[set[int]] = []
    for start in range(0, len(visits), AT_ONCE):
        some = visits[start : start + AT_ONCE]
        parts = [_who_miss(rule, visit, index) for index, visit in enumerate(some)]
        sets: list[set[int]] = [set() for _ in parts]
        for index, pk in parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]:
            sets[index].add(pk)
        found += sets
    return found


def _who_miss(rule: Rule, visit: Visit, index: int) -> Any:
    meets = Case(
        When(rule.asks(visit), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    return (
        Reviewer.objects.order_by()
        .annotate(which=Value(index), meets=meets)
        .filter(meets=False)
        .values_list("which", "pk")
    )
