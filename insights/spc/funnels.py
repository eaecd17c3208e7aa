"""The funnel plot: shares of several groups, beside how far chance alone could take each."""

from dataclasses import dataclass
from math import exp, floor, lgamma, log, log1p, sqrt

from insights.spc.intervals import check_count

# What chance alone passes on each side: one group in 40, and one in 1,000.
NEAR, FAR = 0.025, 0.001


@dataclass(frozen=True)
class FunnelLimits:
    """The 95% and the 99.8% limits of a group of some size, as fractions from 0 to 1."""

    far_lower: float
    near_lower: float
    near_upper: float
    far_upper: float


def funnel_limits(mean: float, size: int) -> FunnelLimits:
    """The exact binomial limits around ``mean`` for a group of ``size``.

    A share is below a lower limit where so small a count, or a smaller one, has a probability of
    2.5% (0.1%) at most, if every group had the same chance; above an upper limit likewise. Between
    two counts the limits are interpolated, so that they can be drawn as lines. Limits that no count
    can pass are 0 and 1.

    Exact and not the normal approximation, which is wrong for the small numbers we have. Source:
    D. J. Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in
    Medicine 24 (2005), appendix A.1.1. Upper limits are the lower ones of the rest of each group,
    so that both sides are as strict.

    Raises ValueError for a mean that is no fraction and for a size that is no whole number.

    >>> [round(limit, 4) for limit in vars(funnel_limits(0.5, 10)).values()]
    [0.0002, 0.1324, 0.8676, 0.9998]
    """
    check_count(size, "The size")
    if not 0 <= mean <= 1:  # NaN too
        message = f"{mean} is no fraction."
        raise ValueError(message)
    return FunnelLimits(
        _lower(mean, size, FAR),
        _lower(mean, size, NEAR),
        1 - _lower(1 - mean, size, NEAR),
        1 - _lower(1 - mean, size, FAR),
    )


def _lower(mean: float, size: int, tail: float) -> float:
    """The interpolated quantile: of the first count whose own tail is larger, so much less."""
    if not size or not mean:
        return 0.0
    if mean == 1:
        return 1.0
    # Further below than that is next to nothing, so that large groups take no longer to add up.
    spread = sqrt(size * mean * (1 - mean))
    count = max(0, floor(size * mean - 10 * spread - 20))
    probability = exp(
        lgamma(size + 1)
        - lgamma(count + 1)
        - lgamma(size - count + 1)
        + count * log(mean)
        + (size - count) * log1p(-mean)
    )
    up_to = probability
    while up_to <= tail:
        probability *= (size - count) / (count + 1) * mean / (1 - mean)
        count += 1
        up_to += probability
    return max(0.0, (count - (up_to - tail) / probability) / size)
