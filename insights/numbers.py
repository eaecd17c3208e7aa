"""Shares and ratings: what a figure's value is, and how it is written."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

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

    @cached_property
    def percent(self) -> Decimal | None:
        """To 1 decimal; None without a denominator."""
        return percent(self.numerator, self.denominator)

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

    @property
    def mean(self) -> Decimal | None:
        """To 2 decimals; None without a rating."""
        return mean(self.total, self.n)

    @property
    def response(self) -> Share:
        """Answers received of those asked for."""
        return Share(self.received, self.asked)

    def __str__(self) -> str:
        return "none yet" if self.mean is None else f"{self.mean} out of 10 (n = {self.n:,})"
