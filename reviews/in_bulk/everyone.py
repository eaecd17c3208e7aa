"""Everybody against every visit: who misses which rule, as bits.

A rule is asked once for each distinct value of what it depends on, many values in one query: the
database answers with one number a person, a bit for each value. Rules whose answer differs from
visit to visit are asked in memory instead; a test holds that each says what its condition says.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import BigIntegerField, Case, ExpressionWrapper, Field, Value, When
from django.db.models.expressions import Combinable

from reviewers.models import Reviewer, Stage
from reviews.eligibility import RULES, DependsOn, Rule, Visit, has_been_on_a_visit
from reviews.in_bulk import days, turns
from reviews.in_bulk.bits import bits_of
from reviews.in_bulk.places import alone, exclusions, readiness
from reviews.queries.loaded import LoadedVisit
from reviews.queries.places import not_to_ask

AT_ONCE = 50  # values of one query; a number of a database has 63 bits

_VALUE: dict[DependsOn, Callable[[Visit], Hashable]] = {
    DependsOn.DAY: lambda visit: visit.day,
    DependsOn.HOURS: lambda visit: visit.hold,
    DependsOn.SERVICE: lambda visit: visit.service.pk,
}
# What a rule depends on, where that is coarser than it says
_ALIKE: dict[str, Callable[[Visit], Hashable]] = {
    "first visit secure": lambda visit: visit.service.is_harder_to_reach
}
_TURNS: dict[str, Callable[[date, date], list[date]]] = {
    "signed": turns.of_role_descriptions,
    "trained": turns.of_training,
}


@dataclass(frozen=True)
class Everyone:
    """Everybody who is here, in the order of their ids; a place is an index into ``ids``.

    Not here: who takes a break or has left. ``missing`` says by rule and visit who misses it;
    ``been``: who has been on a visit. ``everybody``: all of them, as bits.
    """

    visits: Sequence[LoadedVisit]
    ids: Sequence[int]
    been: int
    missing: dict[Rule, list[int]]

    @cached_property
    def places(self) -> dict[int, int]:
        """The place of each id."""
        return {pk: place for place, pk in enumerate(self.ids)}

    @property
    def everybody(self) -> int:
        """All of them."""
        return (1 << len(self.ids)) - 1

    @cached_property
    def on_team(self) -> list[int]:
        """Of each visit, who is on its team, or said no to its day."""
        return [
            bits_of(self.places[pk] for pk in not_to_ask(visit.review) if pk in self.places)
            for visit in self.visits
        ]

    def able(self, index: int, *, but_for: Rule | None = None) -> int:
        """Who of those not on the visit's team misses no rule, or none but one."""
        found = self.everybody & ~self.on_team[index]
        for rule, missing in self.missing.items():
            if rule != but_for:
                found &= ~missing[index]
        return found

    def able_or_one_away(self, index: int) -> tuple[int, int]:
        """Who of them misses no rule, and who misses one that is a step and no other."""
        able, one_away = self.everybody & ~self.on_team[index], 0
        for rule, missing in self.missing.items():
            one_away &= ~missing[index]
            if rule.is_a_step:
                one_away |= able & missing[index]
            able &= ~missing[index]
        return able, one_away


def ask_everyone(visits: Sequence[LoadedVisit]) -> Everyone:
    """Ask every rule of everybody who is here. Some twenty queries, however much there is."""
    here = Reviewer.objects.exclude(stage__in=[Stage.LEFT, Stage.PAUSED]).order_by("pk")
    ids = list(here.values_list("pk", flat=True))
    places = {pk: place for place, pk in enumerate(ids)}
    of_been = Reviewer.objects.filter(has_been_on_a_visit()).order_by()
    been = bits_of(places[pk] for pk in of_been.values_list("pk", flat=True) if pk in places)
    missing = {rule: who_miss(rule, visits, places, been=been) for rule in RULES}
    return Everyone(visits, ids, been, missing)


def who_miss(
    rule: Rule, visits: Sequence[Visit], places: dict[int, int], *, been: int
) -> list[int]:
    """For each visit, who of those who have a place misses the rule. ``been``: been on a visit."""
    in_memory = _IN_MEMORY.get(rule.key)
    found = in_memory(visits, places) if in_memory else _asked(rule, visits, places)
    return [each & ~been for each in found] if rule.is_about_first_visit else found


_IN_MEMORY: dict[str, Callable[[Sequence[Visit], dict[int, int]], list[int]]] = {
    "available": days.away,
    "free": days.busy,
    "cap": days.at_cap,
    "rest": days.resting,
    "exclusion": exclusions,
    "readiness": readiness,
    "first visit alone": alone,
}


def _asked(rule: Rule, visits: Sequence[Visit], places: dict[int, int]) -> list[int]:
    values = _values(rule, visits)
    first = dict(zip(reversed(values), reversed(visits), strict=True))
    missing = dict(zip(first, _ask(rule, list(first.values()), places), strict=True))
    return [missing[value] for value in values]


def _values(rule: Rule, visits: Sequence[Visit]) -> Sequence[Hashable]:
    if rule.key in _ALIKE:
        return [_ALIKE[rule.key](visit) for visit in visits]
    if rule.key in _TURNS and visits:
        all_days = [visit.day for visit in visits]
        return turns.between(all_days, _TURNS[rule.key](min(all_days), max(all_days)))
    order = sorted(rule.depends_on)
    return [tuple(_VALUE[each](visit) for each in order) for visit in visits]


class _Number(Field):  # type: ignore[type-arg]  # not subscriptable when it runs
    """A whole number as the database gives it, without a conversion row by row."""


def _ask(rule: Rule, visits: Sequence[Visit], places: dict[int, int]) -> list[int]:
    found: list[int] = []
    for start in range(0, len(visits), AT_ONCE):
        some = visits[start : start + AT_ONCE]
        total: Combinable = Value(0)
        for number, visit in enumerate(some):
            total = total + Case(
                When(rule.asks(visit), then=Value(0)),
                default=Value(1 << number),
                output_field=BigIntegerField(),
            )
        rows: Any = (
            Reviewer.objects.order_by()
            .annotate(misses=ExpressionWrapper(total, output_field=_Number()))
            .filter(misses__gt=0)
            .values_list("pk", "misses")
        )
        missing = [0] * len(some)
        for pk, misses in rows:
            if pk in places:
                bit = 1 << places[pk]
                for number in range(len(some)):
                    if misses >> number & 1:
                        missing[number] |= bit
        found += missing
    return found
