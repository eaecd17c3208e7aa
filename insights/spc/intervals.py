"""How far chance alone could have moved one share."""

from math import sqrt

Z_95 = 1.959963984540054  # the 97.5th percentile of the standard normal distribution


def wilson(numerator: int, denominator: int) -> tuple[float, float] | None:
    """The 95% Wilson score interval of a share, as two fractions; None without a denominator.

    It holds for small numbers and for 0% and 100%, where the textbook interval does not. Source:
    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal
    of the American Statistical Association 22 (1927); the method the Association of Public Health
    Observatories gives for proportions. Raises ValueError for a part larger than the whole, and
    for counts that are not whole numbers, 0 or more.

    >>> [round(limit, 3) for limit in wilson(17, 21)]
    [0.6, 0.923]
    """
    check_part(numerator, denominator)
    if denominator == 0:
        return None
    share = numerator / denominator
    spread = Z_95 * Z_95 / denominator
    centre = share + spread / 2
    reach = Z_95 * sqrt(share * (1 - share) / denominator + spread / (4 * denominator))
    # The exact limits at 0% and 100% are 0 and 1; floating point misses them by a hair.
    low = 0.0 if numerator == 0 else (centre - reach) / (1 + spread)
    high = 1.0 if numerator == denominator else (centre + reach) / (1 + spread)
    return low, high


def check_part(numerator: int, denominator: int) -> None:
    """Raises ValueError unless both are counts and the first is a part of the second."""
    check_count(denominator, "The denominator")
    check_count(numerator, "The numerator")
    if numerator > denominator:
        message = f"{numerator} is no part of {denominator}."
        raise ValueError(message)


def check_count(number: int, name: str) -> None:
    """Raises ValueError unless it is a whole number, 0 or more."""
    if not isinstance(number, int) or number < 0:
        message = f"{name} is {number}: a count is a whole number, 0 or more."
        raise ValueError(message)
