"""The XmR chart: one measure over time, judged by how much it moves from one value to the next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor, isfinite, lcm

from insights.spc.causes import sign, special_causes
from insights.spc.chart import (
    FEWEST_FOR_LIMITS,
    Assurance,
    Chart,
    Improvement,
    Point,
    SpecialCause,
    check_improvement,
    kind_of,
)

WIDTH = Fraction("2.66")  # limits, in mean moving ranges: 3 / d2 with d2 = 1.128 for pairs
NEAR = Fraction(2, 3)  # the near limits, of the way from the mean to the limits
SCREEN = Fraction("3.267")  # D4 for pairs: the upper limit of moving ranges, in their mean


def xmr(
    values: Sequence[float | Decimal | None],
    *,
    improvement: Improvement = "increase",
    target: float | Decimal | None = None,
    rebase_at: Iterable[int] = (),
    screen_outliers: bool = True,
) -> Chart:
    """The XmR chart of values in time order; None where there was nothing to measure.

    The mean, limits of mean ± 2.66 × mean moving range, and what made each point. The unit is that
    of the values. A None is left out of the calculation, so that the values on both sides of it are
    neighbours, and stays in the chart as a point without a value. Limits are None where no value
    differs from the one before.

    A new group with its own mean and limits starts at each index in ``rebase_at``; no run of points
    crosses from one to the next. ``screen_outliers`` leaves out, once, moving ranges of at least
    3.267 × their mean, so that one freak month does not hide the next. ``assurance`` compares
    ``target`` with the latest limits; without limits it is inconsistent.

    Values are taken as the decimals they are written as, and every comparison is exact: a point on
    the mean or on a limit is on it.

    Source: NHS England, Making Data Count; D. J. Wheeler, "Understanding Variation" (1993); the
    results are those of the package NHSRplotthedots, but see docs/adr/0019-screening.md.

    Raises ValueError for a value or target that is not a finite number, for limits too large to
    write as one, for a rebase outside the chart, and for an improvement that is neither
    "increase" nor "decrease".

    >>> chart = xmr([7, 9, 8, 10])
    >>> chart.points[0].mean, round(chart.points[0].upper, 3)
    (8.5, 12.933)
    """
    check_improvement(improvement)
    goal = None if target is None else Fraction(*_ratio(target, "The target"))
    ratios = [
        None if value is None else _ratio(value, f"Value {place}")
        for place, value in enumerate(values, start=1)
    ]
    # As whole numbers of the smallest unit, sums and comparisons are exact and fast.
    scale = lcm(*{ratio[1] for ratio in ratios if ratio})
    whole = [None if ratio is None else ratio[0] * (scale // ratio[1]) for ratio in ratios]
    points: list[Point] = []
    latest: _Group | None = None
    for start, end in pairwise(_bounds(len(values), rebase_at)):
        present = [value for value in whole[start:end] if value is not None]
        group = _Group.of(present, scale, screens=screen_outliers) if present else None
        points += _points(values[start:end], group, improvement)
        latest = group or latest
    return Chart(
        points=tuple(points),
        assurance=None if goal is None or latest is None else latest.assure(goal, improvement),
        is_trial=latest is None or len(latest.causes) < FEWEST_FOR_LIMITS,
    )


@dataclass(frozen=True, slots=True)
class _Group:
    """The values between two rebasings: their mean, the way from it to a limit, their causes."""

    mean: Fraction
    reach: Fraction | None
    causes: list[SpecialCause]

    @classmethod
    def of(cls, values: list[int], scale: int, *, screens: bool) -> "_Group":
        count, total = len(values), sum(values)
        reach = _reach(values, screens=screens)
        deviations = [value * count - total for value in values]
        # A whole number is beyond a fraction exactly when it is beyond its whole part.
        limit, near = (floor((reach or 0) * count * part) for part in (1, NEAR))
        causes = special_causes(
            values,
            sides=[sign(deviation) for deviation in deviations],
            outside=[abs(deviation) > limit for deviation in deviations],
            near=[near < abs(deviation) <= limit for deviation in deviations],
        )
        return cls(Fraction(total, count * scale), None if reach is None else reach / scale, causes)

    def lines(self) -> tuple[float, float | None, float | None]:
        """The mean, the lower limit, the upper limit."""
        if self.reach is None:
            return float(self.mean), None, None
        try:
            return float(self.mean), float(self.mean - self.reach), float(self.mean + self.reach)
        except OverflowError:
            message = "These values are too large for a chart."
            raise ValueError(message) from None

    def assure(self, target: Fraction, improvement: Improvement) -> Assurance:
        """Whether chance alone would carry the measure to both sides of the target, or to one."""
        if self.reach is None or abs(target - self.mean) <= self.reach:
            return "inconsistent"
        passes = (target < self.mean) == (improvement == "increase")
        return "consistent_pass" if passes else "consistent_fail"


def _reach(values: list[int], *, screens: bool) -> Fraction | None:
    """From the mean to a limit; None where nothing moves."""
    moves = [abs(after - before) for before, after in pairwise(values)]
    if not any(moves):
        return None
    if screens:
        # A whole number is below a fraction exactly when it is below the next whole number. The
        # smallest is no larger than the mean, so something is always left.
        border = ceil(SCREEN * Fraction(sum(moves), len(moves)))
        moves = [move for move in moves if move < border]
    return WIDTH * Fraction(sum(moves), len(moves))


def _points(
    values: Sequence[float | Decimal | None], group: _Group | None, improvement: Improvement
) -> list[Point]:
    mean, lower, upper = group.lines() if group else (None, None, None)
    causes = iter(group.causes if group else ())
    points = []
    for value in values:
        cause = None if value is None else next(causes)
        kind = None if cause is None else kind_of(cause, improvement)
        number = None if value is None else float(value)
        points.append(Point(number, mean, lower, upper, cause, kind))
    return points


def _bounds(count: int, rebase_at: Iterable[int]) -> list[int]:
    """Where each group starts, and where the last one ends."""
    starts = {0}
    for index in rebase_at:
        if index not in range(count):
            message = f"There is no point {index} to rebase at: {count} points count from 0."
            raise ValueError(message)
        starts.add(index)
    return [*sorted(starts), count]


def _ratio(value: float | Decimal, name: str) -> tuple[int, int]:
    """The number as a ratio of whole numbers, exactly as it is written."""
    try:
        number = float(value)
    except OverflowError:
        message = f"{name} is too large for a chart."
        raise ValueError(message) from None
    if not isfinite(number):
        message = f"{name} is {number}, which is not a finite number."
        raise ValueError(message)
    return Decimal(repr(number)).as_integer_ratio()
