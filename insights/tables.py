"""A table of figures: the same one on its page, as CSV and as a workbook.

A page writes a share as people say it, "17 of 21 (81.0%)"; a file has its numbers in columns of
their own.
"""

import enum
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import escape
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from insights.numbers import Rating, Share
from insights.suppression import NOT_SHOWN
from nhsuk.words import nhs_date

NOTHING = frozenset({"", "–"})


class Hidden(enum.Enum):
    """What stands in a cell that this user may not see."""

    HIDDEN = NOT_SHOWN


HIDDEN = Hidden.HIDDEN


@dataclass(frozen=True)
class Column:
    """A column of words. ``empty``: what the page says where there is nothing."""

    name: str
    empty: str = "–"
    is_number = False

    def words(self, value: Any) -> str:
        """What the page says."""
        return str(value)

    def note(self, value: Any) -> str:
        """What the page says below, in grey."""
        return ""

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings in a file."""
        return (self.name,)

    def values(self, value: Any) -> tuple[Any, ...]:
        """What a file holds; a number is a number."""
        return (value,)


class Month(Column):
    """The first day of a month."""

    def words(self, value: date) -> str:
        """As month and year."""
        return f"{value:%b %Y}"


class Day(Column):
    """A day."""

    def words(self, value: date) -> str:
        """As people write it."""
        return nhs_date(value)


class Number(Column):
    """A whole number or a decimal."""

    is_number = True

    def words(self, value: Any) -> str:
        """With commas between the thousands."""
        return f"{value:,}"


@dataclass(frozen=True)
class Shares(Column):
    """Shares: a file has the part, the whole, the percentage, and its interval where asked."""

    part: str = "numerator"
    whole: str = "denominator"
    with_interval: bool = False
    is_short: bool = False
    is_number = True

    def words(self, value: Share) -> str:
        """As "17 of 21 (81.0%)", without the percentage where the column is short."""
        if not value.denominator:
            return self.empty
        return value.counted if self.is_short else str(value)

    def note(self, value: Share) -> str:
        """The interval."""
        return value.range if self.with_interval else ""

    @property
    def headings(self) -> tuple[str, ...]:
        """A heading for each number."""
        interval = ("95% interval from, %", "95% interval to, %") if self.with_interval else ()
        return (
            f"{self.name}: {self.part}",
            f"{self.name}: {self.whole}",
            *(f"{self.name}: {each}" for each in ("%", *interval)),
        )

    def values(self, value: Share) -> tuple[Any, ...]:
        """Each number by itself."""
        interval = (value.interval or (None, None)) if self.with_interval else ()
        return (value.numerator, value.denominator, value.percent, *interval)


@dataclass(frozen=True)
class Means(Column):
    """Mean ratings, and where asked how many rated."""

    with_n: bool = False
    is_number = True

    def words(self, value: Rating) -> str:
        """The mean to 2 decimals."""
        if value.mean is None:
            return self.empty
        return f"{value.mean} (n = {value.n:,})" if self.with_n else f"{value.mean}"

    @property
    def headings(self) -> tuple[str, ...]:
        """A heading for each number."""
        return (f"{self.name}: mean", f"{self.name}: n") if self.with_n else (self.name,)

    def values(self, value: Rating) -> tuple[Any, ...]:
        """Each number by itself."""
        return (value.mean, value.n) if self.with_n else (value.mean,)


@dataclass(frozen=True)
class Cell:
    """What a page shows of one value."""

    words: str
    note: str
    column: Column


class Shape:
    """How a table lies on a page, by how many columns it has."""

    columns: Sequence[Column]

    @property
    def is_wide(self) -> bool:
        """Whether a phone shows each row as a paragraph."""
        return len(self.columns) > 2

    @property
    def is_broad(self) -> bool:
        """Whether it needs the width of the page, and stands below its chart."""
        return len(self.columns) > 4


@dataclass(frozen=True)
class Table(Shape):
    """A table by its ``key``, which its address names. None is nothing, HIDDEN is not shown.

    ``rows`` may be made as they are asked for, for a file; a page's are there.
    """

    key: str
    caption: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]

    @property
    def files(self) -> list[tuple[str, str]]:
        """What its files are called on a page, and their addresses."""
        return [("CSV", _address(self.key, "csv")), ("Excel", _address(self.key, "xlsx"))]

    @property
    def shown(self) -> Iterator[list[Cell]]:
        """The rows as a page shows them."""
        for row in self.rows:
            yield [_shown(*each) for each in zip(self.columns, row, strict=True)]

    @property
    def body(self) -> SafeString:
        """The rows as HTML: put together here, for a template takes ten times as long."""
        return drawn(self.shown, is_wide=self.is_wide)

    @property
    def headings(self) -> list[str]:
        """The headings of a file."""
        return [heading for column in self.columns for heading in column.headings]

    @property
    def lines(self) -> Iterator[list[Any]]:
        """The rows of a file."""
        for row in self.rows:
            yield [
                value
                for column, cell in zip(self.columns, row, strict=True)
                for value in _in_file(column, cell)
            ]


def drawn(rows: Iterable[Sequence[Cell]], *, is_wide: bool) -> SafeString:
    """Rows as HTML; those of a wide table are read as paragraphs on a phone."""
    draw = _wide if is_wide else _narrow
    return SafeString("".join(draw(row) for row in rows))


@cache
def _address(key: str, kind: str) -> str:
    """Looked up once: a page of many tables would ask for each of them each time."""
    return reverse("insights:table", args=[key, kind])


def _shown(column: Column, value: Any) -> Cell:
    if value is None:
        return Cell(column.empty, "", column)
    if value is HIDDEN:
        return Cell(NOT_SHOWN, "", column)
    return Cell(column.words(value), column.note(value), column)


def _in_file(column: Column, value: Any) -> tuple[Any, ...]:
    if value is None or value is HIDDEN:
        return (NOT_SHOWN if value is HIDDEN else None,) * len(column.headings)
    return column.values(value)


def _wide(row: Sequence[Cell]) -> str:
    """A row that a phone shows as a paragraph, each value behind its column's name."""
    cells = "".join(
        f'<td role="cell" class="nhsuk-table__cell{_numeric(cell)}{_empty(cell)}">'
        f'<span class="nhsuk-table-responsive__heading" aria-hidden="true">'
        f"{escape(cell.column.name)}</span> <span>{_words(cell)}</span></td>"
        for cell in row
    )
    return f'<tr role="row" class="nhsuk-table__row">{cells}</tr>'


def _narrow(row: Sequence[Cell]) -> str:
    first, *others = row
    cells = "".join(
        f'<td class="nhsuk-table__cell{_numeric(cell)}">{_words(cell)}</td>' for cell in others
    )
    head = f'<th scope="row" class="nhsuk-table__header">{escape(first.words)}</th>'
    return f'<tr class="nhsuk-table__row">{head}{cells}</tr>'


def _words(cell: Cell) -> str:
    words = escape(cell.words)
    if not cell.note:
        return words
    note = escape(cell.note)
    return f'{words}<br><span class="nhsuk-u-secondary-text-colour">{note}</span>'


def _numeric(cell: Cell) -> str:
    return " nhsuk-table__cell--numeric" if cell.column.is_number else ""


def _empty(cell: Cell) -> str:
    return " app-table__cell--empty" if cell.words in NOTHING else ""
