"""Snapshots: what each month showed once it had ended, and each time it was revised since.

A snapshot is never changed. Where a figure of a past month is another now (late feedback, a
correction), a new one follows it, and the one before is marked as replaced.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Min

from insights.counting import Counts, total
from insights.figures import MONTHLY_FIGURES, PEOPLE_FIGURES, AnyFigure
from insights.models import MonthCounts, Snapshot
from insights.numbers import Value
from insights.people_over_time import count_people_at
from insights.periods import Period, add_months, month_of
from insights.stored import Month, counts_by_month

MOST_MONTHS = 240  # back from now; a slip in a date makes no snapshots of centuries


class Key(NamedTuple):
    """What a snapshot is of. ``directorate``: None for all together."""

    figure: str
    definition: int
    month: date
    directorate: int | None


Parts = tuple[int | None, int | None]


def take_missing_snapshots(*, now: datetime, today: date) -> int:
    """Take the snapshots of a month that has just ended, unless that is done. How many are new."""
    last = add_months(month_of(today), -1)
    if Snapshot.objects.filter(month=last).exists():
        return 0
    return take_snapshots(now=now, today=today)


def take_snapshots(*, now: datetime, today: date) -> int:
    """Store every figure of every ended month that is not as last stored. Returns how many.

    ``refresh_counts`` goes before. From the stored counts and from people; no review is read.
    """
    months = _months(today)
    current = _current(months)
    newest = {
        Key(*row[:4]): row[4:]
        for row in Snapshot.objects.filter(replaced_at__isnull=True).values_list(
            *Key._fields, "numerator", "denominator", "pk", "number"
        )
    }
    gone = _gone({key for key in newest.keys() - current.keys() if key.month >= months[0]})
    replaced, rows = [], []
    for key, parts in (current | gone).items():
        found = newest.get(key)
        if found is not None and found[:2] == parts:
            continue
        pk, number = found[2:] if found else (None, 0)
        if pk is not None:
            replaced.append(pk)
        rows.append(
            Snapshot(
                figure=key.figure,
                definition=key.definition,
                month=key.month,
                directorate_id=key.directorate,
                number=number + 1,
                numerator=parts[0],
                denominator=parts[1],
                taken_at=now,
            )
        )
    with transaction.atomic():
        Snapshot.objects.filter(pk__in=replaced, replaced_at__isnull=True).update(replaced_at=now)
        Snapshot.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return len(rows)


def _months(today: date) -> list[date]:
    """Every month that has ended, from the first with anything to count."""
    last = add_months(month_of(today), -1)
    firsts = (
        MonthCounts.objects.aggregate(first=Min("month"))["first"],
        Snapshot.objects.aggregate(first=Min("month"))["first"],
    )
    first = min(filter(None, (*firsts, last)))
    return list(Period(max(first, add_months(last, 1 - MOST_MONTHS)), last).months)


def _current(months: list[date]) -> dict[Key, Parts]:
    """What every figure of these months is now."""
    ends = {month: add_months(month, 1) - timedelta(days=1) for month in months}
    people = count_people_at(ends.values())
    found: dict[Key, Parts] = {}
    for month, end in ends.items():
        for figure in PEOPLE_FIGURES:
            found[_key(figure, month)] = _parts(figure.value_of(people[end]))
    for key, value in _of_reviews(counts_by_month(), months):
        found[key] = _parts(value)
    return found


def _of_reviews(stored: dict[Month, Counts], months: list[date]) -> Iterator[tuple[Key, Value]]:
    by_month: dict[date, dict[int, Counts]] = {month: {} for month in months}
    for (month, directorate), counts in stored.items():
        if month in by_month:
            by_month[month][directorate] = counts
    for month, theirs in by_month.items():
        for figure in MONTHLY_FIGURES:
            yield _key(figure, month), figure.value_of(total(theirs.values()))
            for directorate, counts in theirs.items():
                yield _key(figure, month, directorate), figure.value_of(counts)


def _gone(keys: set[Key]) -> dict[Key, Parts]:
    """Of these, the ones that have nothing to count any more, as nothing.

    Those of an earlier definition stay as they were.
    """
    nothing = {
        (figure.key, figure.version): _parts(figure.value_of(Counts()))
        for figure in MONTHLY_FIGURES
    }
    return {key: nothing[key[:2]] for key in keys if key[:2] in nothing}


def _key(figure: AnyFigure, month: date, directorate: int | None = None) -> Key:
    return Key(figure.key, figure.version, month, directorate)


def _parts(value: Value) -> Parts:
    return value.numerator, value.denominator
