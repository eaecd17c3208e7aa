"""The g-chart, the p-chart and the interval of one share."""

from math import sqrt

import pytest

from insights.spc import g_chart, p_chart, wilson


def test_gaps_between_misses_have_a_mean_and_an_upper_limit():
    # mean 2: 2 + 3 × sqrt(2 × 3) = 9.348469
    chart = g_chart([1, 3, 2])
    assert [point.mean for point in chart.points] == [2.0] * 3
    assert [point.upper for point in chart.points] == pytest.approx([9.348469] * 3, abs=1e-6)
    assert [point.lower for point in chart.points] == [None] * 3
    assert [point.value for point in chart.points] == [1, 3, 2]
    assert (chart.assurance, chart.is_trial) == (None, True)


@pytest.mark.parametrize(
    ("gap", "cause", "kind"),
    [
        # mean (19 + gap) / 20. For 8: 1.35 + 3 × sqrt(1.35 × 2.35) = 6.69; for 6: 1.25 + 5.03
        (8, "Above UCL", "special_cause_improvement"),
        (6, "Common Cause", "common_cause"),
    ],
)
def test_a_gap_above_the_limit_is_an_improvement(gap, cause, kind):
    point = g_chart([*[1] * 19, gap]).points[-1]
    assert (point.special_cause, point.kind) == (cause, kind)


def test_a_gap_on_the_limit_is_not_above_it():
    # 27 gaps with the sum 27: mean 1, the limit 1 + 3 × sqrt(2) lies between 5 and 6
    assert g_chart([5, *[1] * 22, 0, 0, 0, 0]).points[0].special_cause == "Common Cause"
    assert g_chart([6, *[1] * 21, 0, 0, 0, 0, 0]).points[0].special_cause == "Above UCL"


def test_a_run_of_short_gaps_says_nothing():
    assert {point.special_cause for point in g_chart([*[0] * 7, 3, 3]).points} == {"Common Cause"}


def test_no_gaps_make_an_empty_chart():
    assert g_chart([]).points == ()
    assert [point.upper for point in g_chart([0, 0]).points] == [0.0, 0.0]


@pytest.mark.parametrize("gap", [-1, 2.5, float("nan"), float("inf"), None])
def test_what_is_no_count_is_no_gap(gap):
    with pytest.raises(ValueError, match=r"Gap 2 is .*: a count is a whole number, 0 or more"):
        g_chart([1, gap])


def test_shares_have_limits_that_widen_with_fewer_counted():
    # p = 30 / 50; 3 × sqrt(0.24 / 40) = 0.232379; for 10: 0.464758 goes past 1
    chart = p_chart([24, 6], [40, 10])
    assert [point.mean for point in chart.points] == [0.6, 0.6]
    assert [point.lower for point in chart.points] == pytest.approx(
        [0.6 - 3 * sqrt(0.24 / 40), 0.6 - 3 * sqrt(0.24 / 10)]
    )
    assert chart.points[0].upper == pytest.approx(0.832379, abs=1e-6)
    assert chart.points[1].upper == 1.0


def test_a_share_outside_the_limits_is_special():
    # p = 96 / 200; 3 × sqrt(0.48 × 0.52 / 20) = 0.335: 2 of 20 is below 0.145, 4 of 20 is not
    numerators = [2, *[10] * 4, *[11] * 4, 10]
    low = p_chart(numerators, [20] * 10).points[0]
    assert (low.special_cause, low.kind) == ("Below LCL", "special_cause_concern")
    assert p_chart(numerators, [20] * 10, improvement="decrease").points[0].kind == (
        "special_cause_improvement"
    )
    assert p_chart([4, *numerators[1:]], [20] * 10).points[0].special_cause == "Common Cause"


def test_a_month_without_reviews_is_a_point_without_a_share():
    chart = p_chart([24, 0, 6], [40, 0, 10])
    assert (chart.points[0], chart.points[2]) == p_chart([24, 6], [40, 10]).points
    assert (chart.points[1].value, chart.points[1].special_cause) == (None, None)
    assert p_chart([], []).points == ()
    assert p_chart([0], [0]).points[0].mean is None


def test_shares_that_are_none_or_all_have_limits_on_the_mean():
    for numerators in ([0, 0], [5, 5]):
        for point in p_chart(numerators, [5, 5]).points:
            assert point.lower == point.mean == point.upper
            assert point.special_cause == "Common Cause"


@pytest.mark.parametrize(
    ("numerators", "denominators", "sentence"),
    [
        ([3], [2], "3 is no part of 2"),
        ([0], [-1], "The denominator is -1"),
        ([-1], [2], "The numerator is -1"),
        ([float("nan")], [2], "The numerator is nan"),
        ([1], [float("inf")], "The denominator is inf"),
        ([1, 2], [3], "2 numerators do not go with 1 denominators"),
    ],
)
def test_what_is_no_share_is_refused(numerators, denominators, sentence):
    with pytest.raises(ValueError, match=sentence):
        p_chart(numerators, denominators)


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


def test_wilson_refuses_a_part_larger_than_the_whole():
    with pytest.raises(ValueError, match="3 is no part of 2"):
        wilson(3, 2)


@pytest.mark.parametrize(
    ("numerator", "denominator"), [(0, -1), (-1, 0), (float("nan"), 3), (0, float("inf"))]
)
def test_wilson_refuses_what_is_no_count(numerator, denominator):
    with pytest.raises(ValueError, match="a count is a whole number, 0 or more"):
        wilson(numerator, denominator)
