"""The stored counts: writing the cells of some months, and reading them back as what was counted.

Both tables have a row a cell: that of ratings one for each question as well.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q, Sum

from insights.counting import NAMES, Cell, Counted, Counts, Spread
from insights.models import RATINGS, MonthCounts, MonthRatings
from insights.periods import Period, month_of
from organisation.models import Directorate

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


# Written out once: Django would put 29 sums together anew for each query of each page, which takes
# it three times as long as the database takes to add them up.
_SUMS = ", ".join(f"SUM({name})" for name in NAMES)


def counts_by(
    column: str, period: Period, directorate: Directorate | None, setting: str
) -> dict[Any, Counts]:
    """The counts of a period's whole months for each month, directorate or setting. One query.

    ``column``: a name of ``CELL``. ``directorate`` and ``setting`` narrow them, where given.
    """
    asked: list[tuple[str, Any]] = [
        ("month >= %s", month_of(period.since)),
        ("month <= %s", period.until),
    ]
    if directorate is not None:
        asked.append(("directorate_id = %s", directorate.pk))
    if setting:
        asked.append(("setting = %s", setting))
    where = " AND ".join(condition for condition, _ in asked)
    sql = (
        f"SELECT {CELL[CELL.index(column)]}, {_SUMS} FROM {MonthCounts._meta.db_table} "  # noqa: S608 - our own names
        f"WHERE {where} GROUP BY 1"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for _, value in asked])
        return {_of_column(key): Counts(*map(int, sums)) for key, *sums in cursor.fetchall()}


def _of_column(key: Any) -> Any:
    """SQLite gives a day as its words; no setting looks like one."""
    is_day = isinstance(key, str) and key[:1].isdigit()
    return date.fromisoformat(key) if is_day else key


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
