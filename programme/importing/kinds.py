"""What a column can hold. Each kind reads a cell into a value or says what it expected."""

import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2099, 12, 31)
DAY_FORMATS = ("%Y-%m-%d", "%d/%m/%Y")
CLOCK_FORMATS = ("%H:%M", "%H:%M:%S")


class Wrong(ValueError):  # noqa: N818 - says what a cell is
    """A cell does not hold what its column expects; ``str()`` is what was expected."""


@dataclass(frozen=True)
class NotAValue:
    """A cell that holds something other than a value: a formula, an error."""

    text: str
    expected: str

    def __str__(self) -> str:
        return self.text


def as_text(raw: Any, *, lines: bool = False) -> str:
    """The cell's text: trimmed, one line unless ``lines``, in one Unicode form. Raises Wrong."""
    if isinstance(raw, NotAValue):
        raise Wrong(raw.expected)
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        raw = int(raw)
    if isinstance(raw, str) and raw.lstrip().startswith("="):
        message = "a value: this is a formula; copy it and paste its value"
        raise Wrong(message)
    text = unicodedata.normalize("NFC", str(raw)).replace("\r\n", "\n").replace("\r", "\n")
    if any(_is_unprintable(each) for each in text):
        message = "plain text without control characters"
        raise Wrong(message)
    if lines:
        return "\n".join(line.rstrip() for line in text.split("\n")).strip()
    return " ".join(text.split())


def _is_unprintable(character: str) -> bool:
    return character not in "\n\t" and unicodedata.category(character) in {"Cc", "Cs", "Cn", "Co"}


class Kind(ABC):
    """One kind of column."""

    @abstractmethod
    def read(self, raw: Any) -> Any:
        """The value of a cell that is not blank. Raises Wrong."""

    def same(self, value: Any) -> Hashable:
        """What two values that mean the same have in common."""
        return str(value).lower()


@dataclass(frozen=True)
class Text(Kind):
    """Text up to a length."""

    longest: int
    lines: bool = False
    what: str = ""
    is_exact: bool = True

    def read(self, raw: Any) -> str:
        """See Kind."""
        text = as_text(raw, lines=self.lines)
        if len(text) > self.longest:
            raise Wrong(f"at most {self.longest} characters")
        return text

    def same(self, value: Any) -> Hashable:
        """See Kind; a name of something else is the same in any case."""
        return str(value) if self.is_exact else str(value).lower()


def name_of(what: str, longest: int = 120) -> Text:
    """The name or reference of something: matched without regard to case."""
    return Text(longest, what=what, is_exact=False)


@dataclass(frozen=True)
class Email(Kind):
    """An email address."""

    def read(self, raw: Any) -> str:
        """See Kind."""
        text = as_text(raw)
        try:
            validate_email(text)
        except ValidationError as error:
            message = "an email address, like name@example.org"
            raise Wrong(message) from error
        if len(text) > 254:
            message = "at most 254 characters"
            raise Wrong(message)
        return text


@dataclass(frozen=True)
class Choice(Kind):
    """One of a few words, in any case."""

    words: tuple[str, ...]

    def read(self, raw: Any) -> str:
        """See Kind."""
        text = as_text(raw).lower()
        if text not in self.words:
            raise Wrong(f"one of: {', '.join(self.words)}")
        return text


def choice(*words: str) -> Choice:
    """One of these words."""
    return Choice(words)


@dataclass(frozen=True)
class YesNo(Kind):
    """Yes or no."""

    def read(self, raw: Any) -> bool:
        """See Kind."""
        text = as_text(raw).lower()
        if text not in {"yes", "no"}:
            message = "yes or no"
            raise Wrong(message)
        return text == "yes"


@dataclass(frozen=True)
class Whole(Kind):
    """A whole number between two bounds."""

    least: int
    most: int

    def read(self, raw: Any) -> int:
        """See Kind."""
        text = as_text(raw)
        if not (text.isascii() and text.isdigit() and len(text) < 9):
            raise Wrong(f"a whole number from {self.least} to {self.most}")
        if not self.least <= int(text) <= self.most:
            raise Wrong(f"a whole number from {self.least} to {self.most}")
        return int(text)


@dataclass(frozen=True)
class Day(Kind):
    """A date: a spreadsheet's own, YYYY-MM-DD or DD/MM/YYYY."""

    def read(self, raw: Any) -> date:
        """See Kind."""
        found = self._day(raw)
        if found is None:
            message = "a date, as YYYY-MM-DD or DD/MM/YYYY"
            raise Wrong(message)
        if not FIRST_DAY <= found <= LAST_DAY:
            message = "a date between 1950 and 2099"
            raise Wrong(message)
        return found

    def _day(self, raw: Any) -> date | None:
        if isinstance(raw, datetime):
            return raw.date() if raw.time() == time(0) else None
        if isinstance(raw, date):
            return raw
        text = as_text(raw)
        for written in DAY_FORMATS:
            try:
                return datetime.strptime(text, written).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
        return None


@dataclass(frozen=True)
class Clock(Kind):
    """A time of day, HH:MM."""

    def read(self, raw: Any) -> time:
        """See Kind."""
        if isinstance(raw, time):
            return raw.replace(second=0, microsecond=0, tzinfo=None)
        text = as_text(raw)
        for written in CLOCK_FORMATS:
            try:
                return datetime.strptime(text, written).time()  # noqa: DTZ007 - local time of day
            except ValueError:
                continue
        message = "a time, as HH:MM"
        raise Wrong(message)


@dataclass(frozen=True)
class Names(Kind):
    """Names of other things, separated by semicolons."""

    what: str
    longest: int = 120
    most: int = 100

    def read(self, raw: Any) -> tuple[str, ...]:
        """See Kind."""
        found: dict[str, str] = {}
        for part in as_text(raw).split(";"):
            if name := part.strip():
                found.setdefault(name.lower(), name)
        if len(found) > self.most:
            raise Wrong(f"at most {self.most} names")
        if any(len(name) > self.longest for name in found):
            raise Wrong(f"names of at most {self.longest} characters, separated by ;")
        return tuple(found.values())

    def same(self, value: Any) -> Hashable:
        """See Kind; the order does not count."""
        return tuple(sorted(str(each).lower() for each in value))
