"""Quarters of the NHS's financial year, which begins in April. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

SHAPE = re.compile(r"(\d{4})-q([1-4])")
EARLIEST, LATEST = 2000, 2100


@dataclass(frozen=True, order=True)
class Quarter:
    """One quarter: ``year`` is the one in which its financial year begins; ``number`` 1 to 4."""

    year: int
    number: int

    @property
    def first(self) -> date:
        """Its first day.

        >>> Quarter(2026, 4).first
        datetime.date(2027, 1, 1)
        """
        month = 3 * self.number + 1
        return date(self.year + (month > 12), (month - 1) % 12 + 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.after.first - timedelta(days=1)

    @property
    def after(self) -> "Quarter":
        """The one that follows."""
        if self.number == 4:
            return Quarter(self.year + 1, 1)
        return Quarter(self.year, self.number + 1)

    @property
    def before(self) -> "Quarter":
        """The one before it."""
        if self.number == 1:
            return Quarter(self.year - 1, 4)
        return Quarter(self.year, self.number - 1)

    @property
    def days(self) -> Iterator[date]:
        """Every day of it."""
        day = self.first
        while day <= self.last:
            yield day
            day += timedelta(days=1)

    @property
    def key(self) -> str:
        """As an address says it."""
        return f"{self.year}-q{self.number}"

    def __str__(self) -> str:
        return f"{self.first:%B} to {self.last:%B %Y}"


def quarter_of(day: date) -> Quarter:
    """The quarter that the day is in.

    >>> quarter_of(date(2027, 2, 1)).key
    '2026-q4'
    """
    year, number = divmod(day.month - 4, 4 * 3)
    return Quarter(day.year + year, number // 3 + 1)


def quarter_called(key: str) -> Quarter | None:
    """The quarter that an address names; None for anything else."""
    found = SHAPE.fullmatch(key)
    if found is None or not EARLIEST <= int(found[1]) < LATEST:
        return None
    return Quarter(int(found[1]), int(found[2]))


def quarters_around(day: date, *, before: int, after: int) -> list[Quarter]:
    """The quarter of the day, so many before it and so many after, the earliest first."""
    quarter = quarter_of(day)
    for _ in range(before):
        quarter = quarter.before
    found = [quarter]
    for _ in range(before + after):
        quarter = quarter.after
        found.append(quarter)
    return found
