"""Rounding, shares and ratings."""

from decimal import Decimal

import pytest

from insights.numbers import Rating, Share, mean, percent


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


def test_share_has_its_interval_in_percent():
    assert Share(17, 21).interval == (Decimal("60.0"), Decimal("92.3"))
