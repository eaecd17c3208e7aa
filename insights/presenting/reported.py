"""Figures as first reported, beside what they are now."""

from collections.abc import Sequence
from typing import Any

from insights.figures import AnyFigure
from insights.numbers import Rating, Share, Tally, Value
from insights.presenting.charted import share_column
from insights.reported import Reported
from insights.tables import Column, Day, Means, Month, Number, Table

NONE = "none yet"


def reported_finding(rows: Sequence[Reported]) -> str:
    """How many months are not what was said first."""
    revised = sum(1 for each in rows if each.is_revised)
    if not rows:
        return "No month of these has been kept yet"
    if not revised:
        return "No month has been revised since it was first reported"
    months = "month" if len(rows) == 1 else "months"
    has = "has" if revised == 1 else "have"
    return f"{revised:,} of {len(rows):,} {months} {has} been revised since first reported"


def reported_table(figure: AnyFigure, rows: Sequence[Reported]) -> Table:
    """A row a month: what was said first and when; what it is now, and when it was revised."""
    columns: list[Column] = [
        Month("Month"),
        _value(figure, "First reported"),
        Day("On"),
        _value(figure, "Now"),
        Day("Revised on"),
        Number("Times revised"),
    ]
    cells: list[list[Any]] = [
        [
            each.month,
            _plain(each.first),
            each.first_at,
            _plain(each.newest),
            each.newest_at if each.is_revised else None,
            each.revisions or None,
        ]
        for each in rows
    ]
    if any(each.first_definition != each.definition for each in rows):
        columns.append(Column("Definition"))
        for row, each in zip(cells, rows, strict=True):
            row.append(_definition(each))
    return Table("as-first-reported", f"{figure.name}, by month", columns, cells)


def _value(figure: AnyFigure, name: str) -> Column:
    if figure.kind is Share:
        return share_column(figure, name=name, empty=NONE)
    if figure.kind is Rating:
        return Means(name, empty=NONE, with_n=True)
    return Number(name, empty=NONE)


def _plain(value: Value) -> Any:
    return value.number if isinstance(value, Tally) else value


def _definition(each: Reported) -> str:
    if each.first_definition == each.definition:
        return str(each.definition)
    return f"{each.first_definition}, now {each.definition}"
