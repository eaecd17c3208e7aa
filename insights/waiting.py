"""How long something takes when it has not happened to everybody yet: waiting is counted.

To drop those who still wait would make the time look shorter than it is. Pure: no clock, no SQL.
Source: Kaplan and Meier, Nonparametric estimation from incomplete observations, 1958.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Wait:
    """One person's days: until it happened, or so far where it has not (yet)."""

    days: int
    has_happened: bool


def median_days(waits: Iterable[Wait]) -> int | None:
    """The day by which it has happened to half of them; None while it has to fewer.

    Those who still wait, or left, count as waiting for as long as they were seen. Raises
    ValueError for fewer than no days.

    >>> median_days([Wait(10, True), Wait(20, True), Wait(30, False)])
    20
    """
    happened: Counter[int] = Counter()
    gone: Counter[int] = Counter()
    for wait in waits:
        if wait.days < 0:
            message = "A wait has no fewer than 0 days."
            raise ValueError(message)
        (happened if wait.has_happened else gone)[wait.days] += 1
    at_risk = happened.total() + gone.total()
    waiting = Fraction(1)
    for day in sorted(happened.keys() | gone.keys()):
        if happened[day]:
            waiting *= 1 - Fraction(happened[day], at_risk)
            if waiting <= HALF:
                return day
        at_risk -= happened[day] + gone[day]
    return None
