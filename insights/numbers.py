"""Shares, ratings and tallies: what a figure's value is, and how it is written.

Each has a ``numerator`` and a ``denominator`` that snapshots keep, a ``number`` for charts and
other programs, and its way to be written as JSON and as words.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any

from insights.spc import wilson

_TENTH, _HUNDREDTH = Decimal("0.1"), Decimal("0.01")


def percent(numerator: int, denominator: int) -> Decimal | None:
    """The percentage to 1 decimal, half up; None without a denominator.

    >>> percent(17, 21)
    Decimal('81.0')
    """
    if not denominator:
        return None
    return (Decimal(100 * numerator) / denominator).quantize(_TENTH, ROUND_HALF_UP)


def mean(total: int, n: int) -> Decimal | None:
    """The mean to 2 decimals, half up; None of nothing.

    >>> mean(25, 3)
    Decimal('8.33')
    """
    if not n:
        return None
    return (Decimal(total) / n).quantize(_HUNDREDTH, ROUND_HALF_UP)


@dataclass(frozen=True)
class Share:
    """A part of a whole: so many of so many."""

    numerator: int
    denominator: int

    @classmethod
    def of_parts(cls, numerator: int | None, denominator: int | None) -> "Share":
        """The share that a snapshot kept."""
        return cls(numerator or 0, denominator or 0)

    @cached_property
    def percent(self) -> Decimal | None:
        """To 1 decimal; None without a denominator."""
        return percent(self.numerator, self.denominator)

    @property
    def number(self) -> Decimal | None:
        """The percentage."""
        return self.percent

    def as_json(self) -> dict[str, Any]:
        """Its two numbers, and the percentage or null."""
        return {
            "numerator": self.numerator,
            "denominator": self.denominator,
            "percent": None if self.percent is None else float(self.percent),
        }

    @property
    def rest(self) -> int:
        """Those of the whole who are not of the part."""
        return self.denominator - self.numerator

    @cached_property
    def interval(self) -> tuple[Decimal, Decimal] | None:
        """The 95% Wilson interval in percent, to 1 decimal; None without a denominator."""
        limits = wilson(self.numerator, self.denominator)
        if limits is None:
            return None
        low, high = (Decimal(100 * x).quantize(_TENTH, ROUND_HALF_UP) for x in limits)
        return low, high

    @property
    def range(self) -> str:
        """The interval in words; empty without one."""
        return f"{self.interval[0]}% to {self.interval[1]}%" if self.interval else ""

    @property
    def counted(self) -> str:
        """Without its percentage."""
        return f"{self.numerator} of {self.denominator}"

    def __str__(self) -> str:
        if self.percent is None:
            return "none yet"
        return f"{self.numerator:,} of {self.denominator:,} ({self.percent}%)"


@dataclass(frozen=True)
class Rating:
    """What one source thinks, 0 to 10: the mean of those who rated, and how many were asked."""

    total: int
    n: int
    asked: int
    received: int

    @classmethod
    def of_parts(cls, numerator: int | None, denominator: int | None) -> "Rating":
        """The rating that a snapshot kept; how many were asked is another figure."""
        return cls(numerator or 0, denominator or 0, 0, 0)

    @property
    def mean(self) -> Decimal | None:
        """To 2 decimals; None without a rating."""
        return mean(self.total, self.n)

    @property
    def response(self) -> Share:
        """Answers received of those asked for."""
        return Share(self.received, self.asked)

    @property
    def numerator(self) -> int:
        """The sum of the ratings."""
        return self.total

    @property
    def denominator(self) -> int:
        """How many rated."""
        return self.n

    @property
    def number(self) -> Decimal | None:
        """The mean."""
        return self.mean

    def as_json(self) -> dict[str, Any]:
        """The mean or null, and how many rated."""
        return {"mean": None if self.mean is None else float(self.mean), "n": self.n}

    def __str__(self) -> str:
        return "none yet" if self.mean is None else f"{self.mean} out of 10 (n = {self.n:,})"


@dataclass(frozen=True)
class Tally:
    """A number that is part of nothing, None where there is none yet."""

    number: int | None
    denominator: None = None

    @classmethod
    def of_parts(cls, numerator: int | None, denominator: int | None) -> "Tally":
        """The number that a snapshot kept."""
        return cls(numerator)

    @property
    def numerator(self) -> int | None:
        """The number itself."""
        return self.number

    def as_json(self) -> int | None:
        """The number or null."""
        return self.number

    def __str__(self) -> str:
        return "none yet" if self.number is None else f"{self.number:,}"


Value = Share | Rating | Tally
