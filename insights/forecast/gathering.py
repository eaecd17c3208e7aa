"""What the forecast is made from, in a fixed number of queries: totals, and people as numbers.

Ids serve to count who is ready for what, and go no further. Nothing here or later says of anybody
how often they say yes.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate
from statistics import median_low
from typing import Any

from django.db.models import Exists, OuterRef

from insights.forecast.answers import Months, answers_before, answers_by_month
from insights.forecast.lives import Life, lives
from insights.forecast.outlook import Programme
from insights.forecast.past import Cut
from insights.forecast.simulation import Person, Visit
from insights.periods import add_months, month_of
from organisation.models import Service, TrustSettings
from reviewers.models import Stage, TimeAway
from reviews.eligibility import RULE_BY_KEY, RULES
from reviews.in_bulk.standing import Standing, standing
from reviews.models import Review, TeamMember

MONTHS_AHEAD = 12
MONTHS_OF_HISTORY = 36
MONTHS_HELD_OUT = 6
MONTHS_BETWEEN_CUTS = 3
MOST_CUTS = 8
USUAL_VISITS = 2  # a month, where nobody has said

Row = tuple[date, int, int, str, bool]
"""A visit: its day, service, directorate, setting, and whether somebody came."""


@dataclass(frozen=True)
class Gathered:
    """``steps``: by directorate, how many who are ready for none of its visits are one step away,
    by the key of the rule.
    """

    programme: Programme
    cuts: Sequence[Cut]
    steps: Mapping[int, Mapping[str, int]]
    lives: Sequence[Life]


def gather(*, today: date, trust: TrustSettings) -> Gathered:
    """Everything, as at today."""
    coming, past = _coming(today), _past(today)
    people = lives()
    has_time = _has_time({day for day, *_ in (*coming, *past)}, people.values())
    asked = Service.objects.filter(pk__in={service for _, service, *_ in (*coming, *past)})
    found = standing(
        list(asked.select_related("site", "role_variant").order_by("pk")), on=today, trust=trust
    )
    months = answers_by_month(since=add_months(month_of(today), -MONTHS_OF_HISTORY))
    visits = [_visit(row, has_time) for row in coming]
    services = {visit.service for visit in visits}
    programme = Programme(
        answers=answers_before(months),
        visits=visits,
        people=_people({service: found.ready_for(service) for service in services}, found, people),
        visits_a_month=_usual_visits(people.values()),
        rest_days=trust.rest_days,
    )
    cuts = [
        replace(_cut(on, past, has_time, found, people, months), rest_days=trust.rest_days)
        for on in _cut_days(today)
    ]
    return Gathered(programme, cuts, _steps(visits, found), list(people.values()))


def _coming(today: date) -> list[Row]:
    year = Review.objects.coming().filter(
        visit_on__gte=today, visit_on__lt=add_months(month_of(today), MONTHS_AHEAD)
    )
    return _rows(year)


def _past(today: date) -> list[Row]:
    last = _cut_days(today)[-1]
    return _rows(Review.objects.completed().filter(visit_on__gte=last, visit_on__lte=today))


def _rows(reviews: Any) -> list[Row]:
    came = TeamMember.objects.lxrs().filter(review=OuterRef("pk"), attended=True)
    found: list[Row] = list(
        reviews.annotate(came=Exists(came))
        .order_by("visit_on", "pk")
        .values_list("visit_on", "service", "service__directorate", "service__setting", "came")
    )
    return found


def _visit(row: Row, has_time: Mapping[date, float]) -> Visit:
    day, service, directorate, setting, _ = row
    cell = (directorate, setting in Service.HARDER_TO_REACH)
    return Visit(day, service, cell, has_time[day])


def _cut_days(today: date) -> list[date]:
    """The latest first: each with whole months after it that are over."""
    latest = add_months(month_of(today), -MONTHS_HELD_OUT)
    return [add_months(latest, -MONTHS_BETWEEN_CUTS * back) for back in range(MOST_CUTS)]


def _cut(
    on: date,
    past: Sequence[Row],
    has_time: Mapping[date, float],
    found: Standing,
    people: Mapping[int, Life],
    months: Months,
) -> Cut:
    """The programme as it was when the day began, as far as dated records tell.

    Checks, site access and places people would rather not go count as they are now. A first visit
    on one's own counts: whether somebody wished for it then is not known.
    """
    until = add_months(on, MONTHS_HELD_OUT)
    rows = [row for row in past if on <= row[0] < until]
    could = {pk for pk, life in people.items() if life.could_go_before(on)}
    had_been = found.bits_of(pk for pk in could if people[pk].had_been_before(on))
    anybody = found.bits_of(could)
    ready = {}
    for _, service, _, setting, _ in rows:
        ready[service] = had_been if setting in Service.HARDER_TO_REACH else anybody
        for key in ("readiness", "exclusion"):
            ready[service] &= ~found.missing[RULE_BY_KEY[key]][service]
    return Cut(
        on=on,
        until=until,
        answers=answers_before(months, on),
        people=_people(ready, found, people),
        visits=[_visit(row, has_time) for row in rows],
        covered=[row[-1] for row in rows],
    )


def _people(ready: Mapping[int, int], found: Standing, people: Mapping[int, Life]) -> list[Person]:
    """Nobody in particular: each who is ready for something, as what they are ready for."""
    services: dict[int, set[int]] = defaultdict(set)
    for service, who in ready.items():
        for pk in found.people_in(who):
            services[pk].add(service)
    made = [Person(people[pk].visits_a_month, frozenset(each)) for pk, each in services.items()]
    return sorted(made, key=lambda one: (sorted(one.services or ()), one.visits_a_month))


def _usual_visits(people: Iterable[Life]) -> int:
    wanted = [life.visits_a_month for life in people if life.stage == Stage.ACTIVE]
    return median_low(wanted) if wanted else USUAL_VISITS


def _has_time(days: Collection[date], people: Iterable[Life]) -> dict[date, float]:
    """For each day, the share of active people who come on its weekday and are not away."""
    weekdays = [life.weekdays for life in people if life.stage == Stage.ACTIVE]
    if not weekdays:
        return dict.fromkeys(days, 1.0)
    comes = [sum(bits >> day & 1 for bits in weekdays) / len(weekdays) for day in range(7)]
    away = _away(sorted(days))
    return {
        day: comes[day.weekday()] * (1 - min(away[day], len(weekdays)) / len(weekdays))
        for day in days
    }


def _away(days: Sequence[date]) -> dict[date, int]:
    """How many active people told us that they are away, on each of these days in order."""
    if not days:
        return {}
    times = TimeAway.objects.filter(
        reviewer__stage=Stage.ACTIVE, starts_on__lte=days[-1], ends_on__gte=days[0]
    )
    change = [0] * (len(days) + 1)
    for starts_on, ends_on in times.order_by().values_list("starts_on", "ends_on"):
        change[bisect_left(days, starts_on)] += 1
        change[bisect_right(days, ends_on)] -= 1
    return dict(zip(days, accumulate(change), strict=False))


def _steps(visits: Sequence[Visit], found: Standing) -> dict[int, dict[str, int]]:
    """Each person once in a directorate: at the first rule, in their order, that is their step."""
    services: dict[int, set[int]] = defaultdict(set)
    for visit in visits:
        services[visit.directorate].add(visit.service)
    counted = {}
    for directorate, its in services.items():
        seen = 0
        for service in its:
            seen |= found.ready_for(service)
        steps = [found.one_step_from(service) for service in sorted(its)]
        of_rules = {}
        for rule in RULES:
            who = 0
            for step in steps:
                who |= step.get(rule, 0)
            who &= ~seen
            seen |= who
            if who:
                of_rules[rule.key] = who.bit_count()
        counted[directorate] = of_rules
    return counted
