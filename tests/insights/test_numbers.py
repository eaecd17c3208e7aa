"""Rounding, shares and ratings."""

from decimal import Decimal

import pytest

from insights.numbers import Rating, Share, mean, percent
from insights.spc import wilson


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [(17, 21, "81.0"), (15, 36, "41.7"), (1, 16, "6.3"), (1, 2000, "0.1"), (0, 3, "0.0")],
)
def test_percent_has_one_decimal_and_rounds_halves_up(numerator, denominator, expected):
    assert percent(numerator, denominator) == Decimal(expected)


def test_mean_has_two_decimals_and_rounds_halves_up():
    assert mean(25, 3) == Decimal("8.33")
    assert mean(1, 8) == Decimal("0.13")


def test_nothing_is_divided_by_nothing():
    assert percent(0, 0) is None
    assert mean(0, 0) is None
    assert Share(0, 0).interval is None
    assert str(Share(0, 0)) == "none yet"
    assert str(Rating(0, 0, 0, 0)) == "none yet"


def test_share_reads_as_the_programme_writes_it():
    assert str(Share(17, 21)) == "17 of 21 (81.0%)"
    assert Share(17, 21).rest == 4


def test_rating_says_its_mean_and_its_response():
    rating = Rating(total=25, n=3, asked=5, received=4)
    assert str(rating) == "8.33 out of 10 (n = 3)"
    assert str(rating.response) == "4 of 5 (80.0%)"


@pytest.mark.parametrize(
    ("numerator", "denominator", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998), table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_interval_equals_the_published_examples(numerator, denominator, low, high):
    assert [round(x, 4) for x in wilson(numerator, denominator)] == [low, high]


def test_wilson_interval_ends_exactly_at_nothing_and_at_everything():
    assert wilson(0, 3)[0] == 0.0
    assert wilson(3, 3)[1] == 1.0
    assert Share(17, 21).interval == (Decimal("60.0"), Decimal("92.3"))


def test_wilson_refuses_a_part_larger_than_the_whole():
    with pytest.raises(ValueError, match="3 is no part of 2"):
        wilson(3, 2)
