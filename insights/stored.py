"""The stored counts: writing the cells of some months, and reading them back as what was counted.

Both tables have a row a cell: that of ratings one for each question as well.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q, Sum

from insights.counting import NAMES, Cell, Counted, Counts, Spread
from insights.models import RATINGS, MonthCounts, MonthRatings

Month = tuple[date, int]
"""A month and a directorate's id: what a mark names."""

CELL = ("month", "directorate_id", "setting")
GAVE = tuple(f"gave_{rating}" for rating in RATINGS)


def store(months: set[Month], counted: Counted) -> None:
    """Make the cells of these months what was counted; other cells may be somebody else's now."""
    _write(MonthCounts, CELL, NAMES, months, {k: tuple(each) for k, each in counted.counts.items()})
    _write(
        MonthRatings,
        (*CELL, "question"),
        GAVE,
        months,
        {(*cell, question): each.gave for (cell, question), each in counted.ratings.items()},
    )


def _write(
    model: Any,
    key: tuple[str, ...],
    names: tuple[str, ...],
    months: set[Month],
    counted: Mapping[tuple[Any, ...], tuple[int, ...]],
) -> None:
    ours = {each: numbers for each, numbers in counted.items() if each[:2] in months}
    model.objects.bulk_create(
        [
            model(**dict(zip((*key, *names), (*each, *numbers), strict=True)))
            for each, numbers in sorted(ours.items())
        ],
        update_conflicts=True,
        unique_fields=[name.removesuffix("_id") for name in key],
        update_fields=names,
        batch_size=500,
    )
    stored = model.objects.filter(
        month__in={month for month, _ in months}, directorate__in={d for _, d in months}
    ).values_list("pk", *key)
    gone = [pk for pk, *each in stored if tuple(each[:2]) in months and tuple(each) not in ours]
    if gone:
        model.objects.filter(pk__in=gone).delete()


def stored_counts(condition: Q | None = None) -> dict[Cell, Counts]:
    """What is stored, by cell."""
    rows = MonthCounts.objects.filter(condition or Q()).values_list(*CELL, *NAMES)
    return {(row[0], row[1], row[2]): Counts(*row[3:]) for row in rows}


def counts_by_month(condition: Q | None = None) -> dict[Month, Counts]:
    """What is stored of all settings together, by month and directorate. One query."""
    rows = MonthCounts.objects.filter(condition or Q()).order_by().values_list(*CELL[:2])
    return {
        (month, directorate): Counts(*numbers)
        for month, directorate, *numbers in rows.annotate(*(Sum(name) for name in NAMES))
    }


def stored_ratings(condition: Q | None = None) -> dict[tuple[Cell, str], Spread]:
    """How many gave each rating, by cell and question."""
    rows = MonthRatings.objects.filter(condition or Q()).values_list(*CELL, "question", *GAVE)
    return {((row[0], row[1], row[2]), row[3]): Spread(tuple(row[4:])) for row in rows}


def spreads(condition: Q | None = None) -> dict[str, Spread]:
    """How many gave each rating to each question, all cells together. One query."""
    rows = MonthRatings.objects.filter(condition or Q()).order_by().values_list("question")
    return {
        question: Spread(tuple(gave))
        for question, *gave in rows.annotate(*(Sum(name) for name in GAVE))
    }


def stored_everything() -> Counted:
    """All that is stored, to be held against what is counted afresh."""
    return Counted(stored_counts(), stored_ratings())
