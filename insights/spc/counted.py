"""Charts of what is counted: their limits follow from the counts, not from past variation."""

from collections.abc import Sequence
from fractions import Fraction
from math import sqrt

from insights.spc.causes import OUTSIDE, sign, special_causes
from insights.spc.chart import (
    FEWEST_FOR_LIMITS,
    Chart,
    Improvement,
    Point,
    SpecialCause,
    check_improvement,
    kind_of,
)
from insights.spc.intervals import check_count, check_part

SIGMAS = 3  # limits, in standard deviations
NEAR_SIGMAS = 2


def g_chart(gaps: Sequence[int]) -> Chart:
    """The g-chart: how many successes came before each miss, oldest first; more is better.

    For coverage: covered reviews between two that had no Lived Experience Reviewer. The mean is x̄,
    the upper limit x̄ + 3√(x̄(x̄+1)), in the unit of the gaps; there is no lower limit, because a gap
    of 0 is never rare enough to say anything. Only a gap above the limit is special: most gaps lie
    below the mean of such counts, so that a run on one side of it is no news.

    Source: J. C. Benneyan, "Number-between g-type statistical quality control charts for monitoring
    adverse events", Health Care Management Science 4 (2001).

    Raises ValueError for a gap that is not a whole number, 0 or more.

    >>> round(g_chart([1, 3, 2]).points[0].upper, 3)
    9.348
    """
    for place, gap in enumerate(gaps, start=1):
        check_count(gap, f"Gap {place}")
    count, total = len(gaps), sum(gaps)
    if not count:
        return _chart(())
    mean = total / count
    upper = mean + SIGMAS * sqrt(mean * (mean + 1))
    # The limit's own inequality, multiplied out so that no rounding decides.
    variance = total * (total + count)
    points = []
    for gap in gaps:
        deviation = gap * count - total
        is_above = deviation > 0 and deviation**2 > SIGMAS**2 * variance
        cause: SpecialCause = OUTSIDE[1] if is_above else "Common Cause"
        points.append(Point(gap, mean, None, upper, cause, kind_of(cause, "increase")))
    return _chart(points)


def p_chart(
    numerators: Sequence[int],
    denominators: Sequence[int],
    *,
    improvement: Improvement = "increase",
) -> Chart:
    """The p-chart: a share over time, with limits that widen where there was less to count.

    Values and lines are fractions from 0 to 1: the mean is p̄ = all numerators ÷ all denominators,
    the limits p̄ ± 3√(p̄(1-p̄) ÷ denominator), never below 0 or above 1. A denominator of 0 is left
    out of the calculation and stays as a point without a value or limits. The rules are those of
    the XmR chart, the near limits at two standard deviations.

    Source: NHS England, Making Data Count; D. C. Montgomery, "Introduction to Statistical Quality
    Control", chapter 7.

    Raises ValueError for counts that are not whole numbers, 0 or more, for a numerator larger than
    its denominator, for lists of different length, and for an improvement that is neither
    "increase" nor "decrease".

    >>> round(p_chart([8, 9, 7], [10, 10, 10]).points[0].lower, 3)
    0.421
    """
    check_improvement(improvement)
    if len(numerators) != len(denominators):
        message = f"{len(numerators)} numerators do not go with {len(denominators)} denominators."
        raise ValueError(message)
    pairs = list(zip(numerators, denominators, strict=True))
    for part, whole in pairs:
        check_part(part, whole)
    total, everything = sum(numerators), sum(denominators)
    if not everything:
        return _chart([Point(None, None, None, None, None, None)] * len(pairs))
    # Deviations and variance of a point, both times the same, so that no rounding decides.
    counted = [(part, whole) for part, whole in pairs if whole]
    deviations = [part * everything - whole * total for part, whole in counted]
    variances = [total * (everything - total) * whole for _, whole in counted]
    sigmas = [
        (SIGMAS if d * d > SIGMAS**2 * v else NEAR_SIGMAS if d * d > NEAR_SIGMAS**2 * v else 0)
        for d, v in zip(deviations, variances, strict=True)
    ]
    causes = iter(
        special_causes(
            [Fraction(part, whole) for part, whole in counted],
            sides=[sign(deviation) for deviation in deviations],
            outside=[beyond == SIGMAS for beyond in sigmas],
            near=[beyond == NEAR_SIGMAS for beyond in sigmas],
        )
    )
    mean = total / everything
    points = []
    for part, whole in pairs:
        if not whole:
            points.append(Point(None, mean, None, None, None, None))
            continue
        reach = SIGMAS * sqrt(mean * (1 - mean) / whole)
        lower, upper = max(0.0, mean - reach), min(1.0, mean + reach)
        cause = next(causes)
        points.append(Point(part / whole, mean, lower, upper, cause, kind_of(cause, improvement)))
    return _chart(points)


def _chart(points: Sequence[Point]) -> Chart:
    values = sum(1 for point in points if point.value is not None)
    return Chart(tuple(points), None, is_trial=values < FEWEST_FOR_LIMITS)
