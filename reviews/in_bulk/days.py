"""What depends on the day, in memory: who is away, busy, at their cap, or too near another visit.

The same as ``_available``, ``_free``, ``_below_cap`` and ``_rested`` of ``reviews.eligibility``.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta
from typing import Any

from reviewers.models import Reviewer, TimeAway
from reviews.eligibility import Visit, counts_towards_cap
from reviews.in_bulk.bits import bits_of
from reviews.models import TeamMember
from training.queries.same_time import hours_in_training

LONGEST = timedelta(hours=25)  # a visit that takes the whole day on which clocks go back


def away(visits: Sequence[Visit], places: Mapping[int, int]) -> list[int]:
    """Who cannot come on the day of each visit. Two queries."""
    days = sorted({visit.day for visit in visits})
    weekdays = [0] * 7
    for pk, available in Reviewer.objects.order_by().values_list("pk", "available_weekdays"):
        if pk in places:
            for weekday in range(7):
                if not available >> weekday & 1:
                    weekdays[weekday] |= 1 << places[pk]
    found = {day: weekdays[day.weekday()] for day in days}
    times = TimeAway.objects.filter(ends_on__gte=days[0], starts_on__lte=days[-1]) if days else ()
    for absence in times:
        if absence.reviewer_id in places:
            for day in days[bisect_left(days, absence.starts_on) :]:
                if day > absence.ends_on:
                    break
                found[day] |= 1 << places[absence.reviewer_id]
    return [found[visit.day] for visit in visits]


def busy(visits: Sequence[Visit], places: Mapping[int, int]) -> list[int]:
    """Who is on another visit, asked about one, or in training at that time. Three queries."""
    if not visits:
        return []
    held = TeamMember.objects.filter(reviewer__isnull=False, holds_from__isnull=False)
    rows = held.order_by("holds_from").values_list(
        "holds_from", "holds_until", "review", "reviewer"
    )
    holds: list[Any] = [row for row in rows if row[3] in places]
    starts = [hold[0] for hold in holds]
    days = [visit.day for visit in visits]
    training: defaultdict[date, list[tuple[time, time, int]]] = defaultdict(list)
    for day, begins, ends, person in hours_in_training(min(days), max(days)):
        if person in places:
            training[day].append((begins, ends, places[person]))
    found = []
    for visit in visits:
        start, end = visit.hold
        first, last = visit.hours
        near = holds[bisect_left(starts, start - LONGEST) : bisect_left(starts, end)]
        found.append(
            bits_of(
                places[person]
                for _, until, review, person in near
                if until > start and review != visit.review.pk
            )
            | bits_of(
                place
                for begins, ends, place in training.get(visit.day, ())
                if begins < last and ends > first
            )
        )
    return found


def at_cap(visits: Sequence[Visit], places: Mapping[int, int]) -> list[int]:
    """Who has as many visits as they want in the month of each. Two queries."""
    if not visits:
        return []
    wanted = dict(Reviewer.objects.order_by().values_list("pk", "visits_a_month"))
    months = [visit.day.replace(day=1) for visit in visits]
    end = (max(months) + timedelta(days=31)).replace(day=1)
    there: defaultdict[int, set[int]] = defaultdict(set)
    used: Counter[tuple[int, date]] = Counter()
    rows = counts_towards_cap().filter(review__visit_on__gte=min(months), review__visit_on__lt=end)
    for person, day, review in rows.values_list("reviewer", "review__visit_on", "review"):
        if person in places:
            used[person, day.replace(day=1)] += 1
            there[review].add(person)
    full = dict.fromkeys(months, 0)
    for (person, month), visits_then in used.items():
        if month in full and visits_then >= wanted[person]:
            full[month] |= 1 << places[person]
    found = []
    for visit, month in zip(visits, months, strict=True):
        itself = [
            person
            for person in there.get(visit.review.pk, ())
            if used[person, month] - 1 < wanted[person]
        ]
        found.append(full[month] & ~bits_of(places[person] for person in itself))
    return found


def resting(visits: Sequence[Visit], places: Mapping[int, int]) -> list[int]:
    """Who has another visit too close to the day of each, but for that day. One query."""
    if not visits:
        return []
    rest = visits[0].trust.rest_days
    days = [visit.day for visit in visits]
    rows = counts_towards_cap().filter(
        review__visit_on__gte=min(days) - timedelta(days=rest),
        review__visit_on__lte=max(days) + timedelta(days=rest),
    )
    on_day: defaultdict[date, int] = defaultdict(int)
    for person, day in rows.values_list("reviewer", "review__visit_on"):
        if person in places:
            on_day[day] |= 1 << places[person]
    near = {
        day: [
            day + timedelta(days=distance)
            for distance in range(-rest, rest + 1)
            if distance and day + timedelta(days=distance) in on_day
        ]
        for day in set(days)
    }
    found = dict.fromkeys(near, 0)
    for day, others in near.items():
        for other in others:
            found[day] |= on_day[other]
    return [found[day] for day in days]
