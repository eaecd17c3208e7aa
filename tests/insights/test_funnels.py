"""Limits of funnel plots: the binomial distribution itself, worked out by hand and in fractions."""

from fractions import Fraction
from math import comb, inf, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insights.spc import FunnelLimits, funnel_limits
from insights.spc.funnels import FAR, NEAR


@pytest.mark.parametrize(
    ("mean", "size", "limits"),
    [
        # Of 10 at one half: P(0) = 1/1024, P(≤1) = 11/1024, P(≤2) = 56/1024. The first above 2.5%
        # is 2: (2 - (56/1024 - 0.025) ÷ 45/1024) ÷ 10. Above 0.1% it is 1:
        # (1 - (11/1024 - 0.001) ÷ 10/1024) ÷ 10. The upper ones are their mirror images.
        (0.5, 10, (0.00024, 0.1324444, 0.8675556, 0.99976)),
        # Of 3 at four fifths: P(0) = 0.008, P(≤1) = 0.104: (1 - (0.104 - 0.025) ÷ 0.096) ÷ 3; no
        # count is rarer than 0.1% below, and all three are no surprise above.
        (0.8, 3, (0.0, 0.0590278, 1.0, 1.0)),
        # Of 20 at nine tenths, from the binomial table: P(≤13) = 0.0023861, P(13) = 0.0019704;
        # P(≤15) = 0.0431745, P(15) = 0.0319214: (15 - (0.0431745 - 0.025) ÷ 0.0319214) ÷ 20. All 20
        # have P(20) = 0.1215767, no surprise above.
        (0.9, 20, (0.6148282, 0.7215324, 1.0, 1.0)),
        (0.0, 7, (0.0, 0.0, 0.0, 0.0)),
        (1.0, 7, (1.0, 1.0, 1.0, 1.0)),
        (0.4, 0, (0.0, 0.0, 1.0, 1.0)),
    ],
)
def test_limits_are_those_worked_out_by_hand(mean, size, limits):
    found = funnel_limits(mean, size)
    assert tuple(vars(found).values()) == pytest.approx(limits, abs=1e-7)


def tail_below(count: int, size: int, mean: Fraction) -> Fraction:
    """The probability of so many or fewer."""
    return sum(
        (comb(size, k) * mean**k * (1 - mean) ** (size - k) for k in range(count + 1)), Fraction()
    )


@settings(deadline=None)
@given(st.integers(1, 60), st.integers(1, 99))
def test_a_count_is_outside_where_its_tail_is_as_small_as_the_limit_says(size, hundredths):
    mean = Fraction(hundredths, 100)
    limits = funnel_limits(float(mean), size)
    for count in range(size + 1):
        below = tail_below(count, size, mean)
        above = 1 - tail_below(count - 1, size, mean)
        share = count / size
        for lower, upper, tail in (
            (limits.near_lower, limits.near_upper, Fraction(NEAR)),
            (limits.far_lower, limits.far_upper, Fraction(FAR)),
        ):
            if min(abs(below - tail), abs(above - tail)) > Fraction(1, 10**12):
                assert (share < lower) == (below < tail), (count, "below")
                assert (share > upper) == (above < tail), (count, "above")


@given(st.integers(0, 10**6), st.floats(0, 1))
@settings(deadline=None, max_examples=50)
def test_limits_are_in_their_order_whatever_the_size(size, mean):
    limits = funnel_limits(mean, size)
    assert 0 <= limits.far_lower <= limits.near_lower <= mean + 1e-9
    assert mean - 1e-9 <= limits.near_upper <= limits.far_upper <= 1


def test_limits_of_large_groups_are_those_of_the_normal_distribution():
    limits = funnel_limits(0.3, 1_000_000)
    spread = (0.3 * 0.7 / 1_000_000) ** 0.5
    assert limits.near_lower == pytest.approx(0.3 - 1.95996 * spread, abs=2e-6)
    assert limits.far_upper == pytest.approx(0.3 + 3.09023 * spread, abs=2e-6)


def test_limits_narrow_as_groups_grow():
    widths = [
        limits.far_upper - limits.far_lower
        for limits in (funnel_limits(0.6, size) for size in (10, 40, 160, 640))
    ]
    assert widths == sorted(widths, reverse=True)
    assert isinstance(funnel_limits(0.6, 10), FunnelLimits)


@pytest.mark.parametrize(("mean", "size"), [(-0.1, 3), (1.1, 3), (nan, 3), (inf, 3), (0.5, -1)])
def test_what_is_no_fraction_or_no_count_is_refused(mean, size):
    with pytest.raises(ValueError, match=r"no fraction|whole number"):
        funnel_limits(mean, size)
