"""Reads for the figures pages, from the stored months; and the same exactly by day, live."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any

from django.core.cache import cache
from django.db.models import Min, Q, QuerySet, Sum
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission
from audit.models import Event
from insights.counting import NAMES, Counts, count_cells, total
from insights.models import MonthCounts
from insights.numbers import Share
from insights.operations import refresh_counts
from insights.people import People, count_people, sessions_with_attendees
from insights.periods import Period, add_months, financial_year, last_months, month_of
from insights.suppression import hidden_sessions
from organisation.models import Directorate
from training.models import Session

Numbers = list[int]
"""What one row counts, in the order of ``NAMES``."""

PEOPLE_KEPT = 5 * 60  # seconds
MOST_MONTHS = 240  # months offered; a slip in a date makes no list of centuries


@dataclass(frozen=True)
class Figures:
    """The figures of a period: overall, by directorate and by month."""

    period: Period
    overall: Counts
    by_directorate: list[tuple[Directorate, Counts]]
    by_month: list[tuple[date, Counts]]


def directorates() -> list[Directorate]:
    """All of them, by name."""
    return list(Directorate.objects.all())


def months_to_choose(today: date) -> list[date]:
    """Every month from the first with a completed review, or a year ago, until this one."""
    refresh_counts()
    first = MonthCounts.objects.aggregate(first=Min("month"))["first"]
    a_year_ago = add_months(month_of(today), -12)
    last_year = financial_year(financial_year(today) - timedelta(days=1))
    since = max(
        min(filter(None, (first, a_year_ago, last_year))), add_months(a_year_ago, -MOST_MONTHS)
    )
    return list(Period(since, today).months)


def read_figures(
    period: Period, names: list[Directorate], directorate: Directorate | None = None
) -> Figures:
    """The stored figures of whole months. Call ``refresh_counts`` before.

    ``by_directorate`` always lists all of ``names``; the rest is of ``directorate`` where given.
    """
    in_period = MonthCounts.objects.filter(
        month__gte=month_of(period.since), month__lte=period.until
    )
    by_directorate: dict[int, list[Numbers]] = {}
    by_month: dict[date, list[Numbers]] = {}
    for month, pk, *numbers in in_period.values_list("month", "directorate", *NAMES):
        by_directorate.setdefault(pk, []).append(numbers)
        if directorate is None or directorate.pk == pk:
            by_month.setdefault(month, []).append(numbers)
    return Figures(
        period,
        _added(chain.from_iterable(by_month.values())),
        [(each, _added(by_directorate.get(each.pk, ()))) for each in names],
        [(month, _added(by_month.get(month, ()))) for month in period.months],
    )


def _added(rows: Iterable[Numbers]) -> Counts:
    """Column by column."""
    return Counts(*map(sum, zip(*rows, strict=True)))


def count_figures(period: Period) -> Figures:
    """The same of exactly these days, counted from the reviews themselves."""
    cells = count_cells([(period.since, period.until + timedelta(days=1))])
    return Figures(
        period,
        total(cells.values()),
        [
            (each, total(c for (_, d), c in cells.items() if d == each.pk))
            for each in directorates()
        ],
        [(month, total(c for (m, _), c in cells.items() if m == month)) for month in period.months],
    )


def held_sessions(day: date) -> QuerySet[Any]:
    """Every session held by the day, each with ``attendees``."""
    return sessions_with_attendees(day)


def people_as_at(day: date) -> People:
    """Trained, still here, been on a review; counted again once anything has happened.

    Whatever changes these figures writes an audit event in its transaction, so the last event
    names the state they were counted in. Two changes that overlap in time could leave them behind
    by one: they are kept for five minutes at most.
    """
    last = Event.objects.order_by("-pk").values_list("pk", flat=True).first()
    key = f"people:{day}:{last}"
    people: People | None = cache.get(key)
    if people is None:
        people = count_people(day)
        cache.set(key, people, timeout=PEOPLE_KEPT)
    return people


def latest_sessions(day: date, most: int) -> tuple[list[Session], bool]:
    """The last ``most`` sessions held by the day, oldest first, and whether any came before."""
    found = sessions_with_attendees(day).order_by("-held_on", "-id")[: most + 1]
    latest = list(found.only("code", "title", "kind", "held_on"))
    return latest[:most][::-1], len(latest) > most


def hidden_session_ids(day: date) -> set[int]:
    """Sessions held by the day whose number of attendees is hidden from observers."""
    counts = sessions_with_attendees(day).order_by().values_list("pk", "kind", "attendees")
    return hidden_sessions(list(counts))


def sees_small_numbers(user: User) -> bool:
    """Whether small numbers of people may be shown: to whoever sees the people themselves."""
    return user.may(Permission.SEE_PEOPLE)


@dataclass(frozen=True)
class Headline:
    """Coverage in a sentence's worth of numbers."""

    period: Period
    coverage: Share


def headline(user: User, now: datetime) -> Headline | None:
    """Coverage of the last 12 months, for whoever may see figures."""
    if not user.may(Permission.SEE_FIGURES):
        return None
    refresh_counts()
    period = last_months(12, timezone.localdate(now))
    rows = MonthCounts.objects.filter(Q(month__gte=period.since) & Q(month__lte=period.until))
    sums = rows.aggregate(covered=Sum("covered", default=0), of=Sum("completed", default=0))
    return Headline(period, Share(sums["covered"], sums["of"]))
