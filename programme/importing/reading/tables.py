"""A table as it is read: headings, then rows one by one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from programme.importing.limits import CELL_CHARACTERS, COLUMNS, LAST_ROW, ROWS_A_SHEET
from programme.importing.problems import FileRefused

Cells = dict[int, Any]  # by column, from 0; blank cells are not there


@dataclass(frozen=True)
class Table:
    """One sheet, or one CSV file. ``rows`` gives the row's number and its cells, once."""

    name: str
    rows: Iterator[tuple[int, Cells]]
    problem: str = ""  # what makes the whole sheet unreadable


def bounded(name: str, rows: Iterator[tuple[int, Cells]]) -> Iterator[tuple[int, Cells]]:
    """The rows that hold something, up to the limits. Raises FileRefused beyond them."""
    count = 0
    for number, cells in rows:
        kept = {column: value for column, value in cells.items() if not is_blank(value)}
        if number > LAST_ROW:
            raise FileRefused(f"{name} has more than {LAST_ROW:,} lines, blank ones included.")
        if not kept:
            continue
        count += 1
        if count > ROWS_A_SHEET + 1:  # and the headings
            raise FileRefused(
                f"{name} has more than {ROWS_A_SHEET:,} rows. Split the file into smaller ones."
            )
        if max(kept) >= COLUMNS:
            raise FileRefused(f"{name}, row {number}, has more than {COLUMNS} columns.")
        if any(isinstance(each, str) and len(each) > CELL_CHARACTERS for each in kept.values()):
            raise FileRefused(
                f"{name}, row {number}, has a cell of more than {CELL_CHARACTERS:,} characters."
            )
        yield number, kept


def is_blank(value: Any) -> bool:
    """Whether a cell holds nothing."""
    return value is None or (isinstance(value, str) and not value.strip())
