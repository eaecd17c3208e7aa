"""Statistics on plain numbers: no database, no clock."""

from math import sqrt

Z_95 = 1.959963984540054  # the 97.5th percentile of the standard normal distribution


def wilson(numerator: int, denominator: int, z: float = Z_95) -> tuple[float, float] | None:
    """The Wilson score interval of a share, as two fractions; None without a denominator.

    It holds for small numbers and for 0% and 100%, where the textbook interval does not. Source:
    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal
    of the American Statistical Association 22 (1927); the method the Association of Public Health
    Observatories gives for proportions. Raises ValueError for a part larger than the whole.

    >>> [round(limit, 3) for limit in wilson(17, 21)]
    [0.6, 0.923]
    """
    if denominator == 0:
        return None
    if not 0 <= numerator <= denominator:
        message = f"{numerator} is no part of {denominator}."
        raise ValueError(message)
    share = numerator / denominator
    spread = z * z / denominator
    centre = share + spread / 2
    reach = z * sqrt(share * (1 - share) / denominator + spread / (4 * denominator))
    # The exact limits at 0% and 100% are 0 and 1; floating point misses them by a hair.
    low = 0.0 if numerator == 0 else (centre - reach) / (1 + spread)
    high = 1.0 if numerator == denominator else (centre + reach) / (1 + spread)
    return low, high
