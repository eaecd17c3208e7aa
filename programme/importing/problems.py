"""What can be wrong with a file: it is refused whole, or a row of it has a problem."""

from dataclasses import asdict, dataclass, field
from typing import Any

from programme.importing.limits import PROBLEMS_SHOWN
from rules import RuleBroken

VALUE_CHARACTERS = 80


class FileRefused(RuleBroken):
    """The file cannot be read at all. ``str()`` says why and what to do."""


@dataclass(frozen=True)
class Problem:
    """One thing to put right: where it stands, what stands there, and what was expected."""

    sheet: str
    row: int | None
    column: str
    value: str
    expected: str
    can_leave_out: str = ""

    def __str__(self) -> str:
        place = ", ".join(
            part
            for part in (self.sheet, f"row {self.row}" if self.row else "", self.column)
            if part
        )
        shown = f" “{self.value}”" if self.value else ""
        return f"{place}:{shown} – expected {self.expected}"

    def as_json(self) -> dict[str, Any]:
        """As a result page keeps it."""
        return asdict(self)


def shown(value: Any) -> str:
    """A cell's value as a page can show it: short, one line, no character a page cannot carry."""
    text = " ".join(str(value).encode("utf-8", "backslashreplace").decode().split())
    text = "".join(each if each.isprintable() else "�" for each in text)
    return text if len(text) <= VALUE_CHARACTERS else text[: VALUE_CHARACTERS - 1] + "…"


@dataclass
class Problems:
    """Every problem is counted; the first 500 are kept to be shown."""

    first: list[Problem] = field(default_factory=list)
    total: int = 0

    def add(
        self,
        sheet: str,
        row: int | None,
        column: str,
        value: Any,
        expected: str,
        *,
        can_leave_out: str = "",
    ) -> None:
        """Count one more."""
        self.total += 1
        if len(self.first) < PROBLEMS_SHOWN:
            text = "" if value is None else shown(value)
            self.first.append(Problem(sheet, row, column, text, expected, can_leave_out))

    def __bool__(self) -> bool:
        return self.total > 0
