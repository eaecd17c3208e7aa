"""What was read from a file, as values: the rows of each sheet, and what was wrong."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from programme.importing.problems import Problems
from programme.importing.sheets import Sheet
from programme.importing.taking import Taking

Key = tuple[str, ...]


def key_of(*parts: Any) -> Key:
    """A row's key as it is matched: without regard to case."""
    return tuple(str(part or "").lower() for part in parts)


@dataclass(slots=True)
class Row:
    """One row: its number in the file, its key, and its values. A blank cell is not in them."""

    number: int
    key: Key
    values: dict[str, Any]
    wrong: frozenset[str] = frozenset()  # columns whose cell has a problem of its own

    def named(self, sheet: Sheet) -> str:
        """The row's key as it is written in the file."""
        parts = (self.values.get(column.name, "") for column in sheet.key_columns)
        return " · ".join(str(part) for part in parts if part)


@dataclass
class Batch:
    """All of a file that is taken."""

    taking: Taking
    rows: dict[str, dict[Key, Row]] = field(default_factory=dict)
    problems: Problems = field(default_factory=Problems)
    skipped: list[str] = field(default_factory=list)

    def of(self, sheet: Sheet) -> dict[Key, Row]:
        """The rows of a sheet by key; none when the file has no such sheet."""
        return self.rows.get(sheet.name, {})

    def values_of(self, sheet: Sheet) -> Iterable[Row]:
        """The rows of a sheet, in the file's order."""
        return self.of(sheet).values()

    def wrong(self, sheet: Sheet, row: Row, column: str, expected: str) -> None:
        """A problem of one cell that was read."""
        value = row.values.get(column)
        if isinstance(value, tuple):
            value = "; ".join(value)
        elif isinstance(value, bool):
            value = "yes" if value else "no"
        self.problems.add(sheet.name, row.number, column, value, expected)
