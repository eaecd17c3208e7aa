"""The XmR chart: its lines, the rules by which a point is special, and what it says of a target."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.spc import xmr

# 40 series with the results of the NHS-R community's package NHSRplotthedots, default options
EXAMPLES = json.loads((Path(__file__).parent / "spc_examples.json").read_text())


def causes(values, **options):
    return [point.special_cause for point in xmr(values, **options).points]


def kinds(values, **options):
    return [point.kind for point in xmr(values, **options).points]


def lines(point):
    return (point.mean, point.lower, point.upper)


@pytest.mark.parametrize("number", range(40))
def test_every_example_of_the_nhs_r_package_is_reproduced(number):
    example = EXAMPLES[number]
    chart = xmr(
        example["values"],
        improvement=example["direction"],
        target=example["target"],
        rebase_at=example["rebase_at"],
    )
    assert [point.value for point in chart.points] == example["values"]
    for line in ("mean", "lower", "upper"):
        drawn = [getattr(point, line) for point in chart.points]
        assert drawn == [
            x if x is None else pytest.approx(x, rel=0, abs=1e-6) for x in example[line]
        ]
    assert [point.special_cause for point in chart.points] == example["special"]
    assert [point.kind for point in chart.points] == example["point"]
    assert chart.assurance == example["assurance"]


def test_there_are_forty_examples():
    assert len(EXAMPLES) == 40


# Lines


def test_lines_follow_from_the_mean_and_the_mean_moving_range():
    # mean 34 / 4; moving ranges 2, 1, 2: 2.66 × 5 / 3 = 4.43333
    point = xmr([7, 9, 8, 10]).points[0]
    assert lines(point) == pytest.approx((8.5, 4.066667, 12.933333), abs=1e-6)


def test_nothing_makes_an_empty_chart():
    chart = xmr([], target=90)
    assert (chart.points, chart.assurance, chart.is_trial) == ((), None, True)


def test_one_point_has_a_mean_and_no_limits():
    chart = xmr([80], target=90)
    assert [lines(point) for point in chart.points] == [(80, None, None)]
    assert chart.points[0].special_cause == "Common Cause"
    assert chart.assurance == "inconsistent"


def test_two_points_have_limits():
    # moving range 2: 2.66 × 2 = 5.32
    assert {lines(point) for point in xmr([4, 6]).points} == {(5, -0.32, 10.32)}


def test_points_that_are_all_alike_have_no_limits():
    for screen_outliers in (True, False):
        chart = xmr([75.0] * 20, screen_outliers=screen_outliers)
        assert {lines(point) for point in chart.points} == {(75, None, None)}
        assert {point.special_cause for point in chart.points} == {"Common Cause"}


def test_a_month_without_reviews_stays_a_point_and_is_left_out_of_the_calculation():
    values = [7, 9, 8, 10]
    chart = xmr([None, 7, None, None, 9, 8, 10, None])
    assert [point.value for point in chart.points] == [None, 7, None, None, 9, 8, 10, None]
    assert tuple(point for point in chart.points if point.value is not None) == xmr(values).points
    gap = chart.points[0]
    assert lines(gap) == lines(chart.points[1])
    assert (gap.special_cause, gap.kind) == (None, None)


def test_a_month_without_reviews_does_not_break_a_run():
    rising = [1, 2, 3, None, 4, 5, 6, 7]
    assert causes(rising).count("7 Point Trend (Increasing)") == causes(
        [1, 2, 3, 4, 5, 6, 7]
    ).count("7 Point Trend (Increasing)")
    assert causes(rising)[4] == "7 Point Trend (Increasing)"


def test_months_without_any_review_have_no_lines():
    chart = xmr([None, None], target=90)
    assert [lines(point) for point in chart.points] == [(None, None, None)] * 2
    assert (chart.assurance, chart.is_trial) == (None, True)


def test_limits_are_on_trial_until_the_latest_group_has_thirteen_values():
    assert xmr([1, 2] * 6).is_trial
    assert not xmr([*[1, 2] * 6, 1]).is_trial
    assert xmr([*[1, 2] * 6, None]).is_trial
    assert xmr([*[1, 2] * 20], rebase_at=[30]).is_trial


# Screening


def test_a_freak_jump_does_not_widen_the_limits():
    values = [10, 11, 10, 11, 10, 40, 10, 11, 10, 11]
    # moving ranges 1 × 7, 30 × 2: mean 67 / 9; 3.267 × that is 24.3, so both 30s go
    assert lines(xmr(values).points[0]) == pytest.approx((13.4, 10.74, 16.06))
    wide = xmr(values, screen_outliers=False).points[0]
    assert lines(wide) == pytest.approx((13.4, 13.4 - 2.66 * 67 / 9, 13.4 + 2.66 * 67 / 9))


def moves(*sizes):
    """Values whose moving ranges are the sizes."""
    values = [0]
    for turn, size in enumerate(sizes):
        values.append(values[-1] + (size if turn % 2 == 0 else -size))
    return values


def test_screening_happens_once():
    # 1 × 16, 8, 100: the mean is 124 / 18 = 6.9, its border 22.5: 100 goes. Then 8 would be over
    # 3.267 × 24 / 17 = 4.6, and stays.
    values = moves(*[1] * 16, 8, 100)
    point = xmr(values).points[0]
    assert point.upper - point.mean == pytest.approx(2.66 * 24 / 17)


def test_limits_lie_on_the_mean_where_screening_leaves_no_movement():
    values = [*[100] * 9, 50]
    assert {lines(point) for point in xmr(values).points} == {(95, 95, 95)}
    assert causes(values) == [*["Above UCL"] * 9, "Below LCL"]
    assert causes(values, screen_outliers=False)[0] == "7 Points Above CL"
    assert causes(values, screen_outliers=False)[9] == "Below LCL"


# Rules: each series is the shortest that signals, and one that just does not


def test_seven_points_on_one_side_of_the_mean_are_a_shift():
    # mean 0, moving ranges 2: limits at 5.32
    assert causes([*[1, 3] * 3, 1, *[-1, -3] * 3, -1]) == [
        *["7 Points Above CL"] * 7,
        *["7 Points Below CL"] * 7,
    ]
    assert causes([*[1, 3] * 3, *[-1, -3] * 3]) == ["Common Cause"] * 12


def test_a_point_on_the_mean_breaks_a_shift():
    # the mean is 0.2 as written, whatever binary fractions make of the sum
    assert causes([*[0.5, 0.3] * 3, 0.2, *[-0.1, 0.1] * 3]) == ["Common Cause"] * 13


def test_two_of_three_points_near_a_limit_are_special_when_all_lie_on_that_side():
    # mean 0, limits at 2.66 × 22 / 7 = 8.36, near limits at 5.57
    above = [7, 1, 7, -3, -3, -3, -3, -3]
    assert causes(above) == [
        "2 in 3 Above CL",
        "Common Cause",
        "2 in 3 Above CL",
        *["Common Cause"] * 5,
    ]
    assert causes([-value for value in above])[:3] == [
        "2 in 3 Below CL",
        "Common Cause",
        "2 in 3 Below CL",
    ]
    # the third on the other side: limits at 2.66 × 27 / 7 = 10.26, near limits at 6.84
    assert causes([7, -1, 7, -3, -3, -3, -2, -2]) == ["Common Cause"] * 8


def test_a_point_is_outside_only_beyond_the_limit():
    # mean 0, moving ranges 330.4 and 6 × 61.6, on average 100: the limit is 266
    rest = [*[-64.4, -2.8] * 3, -64.4]
    assert causes([266, *rest], screen_outliers=False)[0] == "Common Cause"
    assert causes([266.1, *rest], screen_outliers=False)[0] == "Above UCL"
    assert causes([-266.1, *[-value for value in rest]], screen_outliers=False)[0] == "Below LCL"


@pytest.mark.parametrize(
    ("values", "cause"),
    [([1, 2, 3, 4, 5, 6, 7], "In"), ([7, 6, 5, 4, 3, 2, 1], "De")],
)
def test_seven_rising_or_falling_points_are_a_trend(values, cause):
    # mean 4, limits 4 ± 2.66: only the ends lie outside
    assert causes(values)[1:-1] == [f"7 Point Trend ({cause}creasing)"] * 5
    assert causes(values[:6])[1:-1] == ["Common Cause"] * 4


def test_a_tie_breaks_a_trend():
    assert not any("Trend" in cause for cause in causes([1, 2, 3, 3, 4, 5, 6, 7]))


def test_a_rise_that_turns_into_a_fall_belongs_to_the_fall():
    values = [*range(0, 70, 10), *range(50, -10, -10)]
    trend = causes(values)
    assert len(values) == 13
    assert {trend[2], trend[10]} == {"7 Point Trend (Increasing)", "7 Point Trend (Decreasing)"}


@pytest.mark.parametrize(
    ("improvement", "rising", "falling"),
    [
        ("increase", "special_cause_improvement", "special_cause_concern"),
        ("decrease", "special_cause_concern", "special_cause_improvement"),
    ],
)
def test_a_special_cause_is_good_or_bad_by_the_direction_of_improvement(
    improvement, rising, falling
):
    up, down = [1, 2, 3, 4, 5, 6, 7], [7, 6, 5, 4, 3, 2, 1]
    assert kinds(up, improvement=improvement)[1:-1] == [rising] * 5
    assert kinds(down, improvement=improvement)[1:-1] == [falling] * 5


# Rebasing and targets


def test_no_run_crosses_a_rebasing():
    rising = [1, 2, 3, 4, 5, 6, 7]
    assert not any("Trend" in cause for cause in causes(rising, rebase_at=[3]))
    assert xmr(rising, rebase_at=[0]) == xmr(rising)
    assert xmr(rising, rebase_at=[3, 3]) == xmr(rising, rebase_at=[3])


@pytest.mark.parametrize(
    ("target", "increase", "decrease"),
    [
        (-0.33, "consistent_pass", "consistent_fail"),
        (-0.32, "inconsistent", "inconsistent"),
        (10.32, "inconsistent", "inconsistent"),
        (10.33, "consistent_fail", "consistent_pass"),
        (None, None, None),
    ],
)
def test_a_target_outside_the_limits_is_always_met_or_never(target, increase, decrease):
    assert xmr([4, 6], target=target).assurance == increase
    assert xmr([4, 6], target=target, improvement="decrease").assurance == decrease


# Refusals


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_finite_number_is_refused(value):
    with pytest.raises(ValueError, match=r"Value 2 is .*, which is not a finite number"):
        xmr([1, value])
    with pytest.raises(ValueError, match=r"The target is .*, which is not a finite number"):
        xmr([1, 2], target=value)


def test_values_too_large_to_write_are_refused():
    with pytest.raises(ValueError, match="too large for a chart"):
        xmr([1e308, -1e308])
    with pytest.raises(ValueError, match="Value 1 is too large"):
        xmr([10**400])


@pytest.mark.parametrize("index", [-1, 2])
def test_a_rebasing_outside_the_chart_is_refused(index):
    with pytest.raises(ValueError, match=f"no point {index} to rebase at: 2 points"):
        xmr([1, 2], rebase_at=[index])


def test_an_unknown_direction_is_refused():
    with pytest.raises(ValueError, match="not 'sideways'"):
        xmr([1, 2], improvement="sideways")


# Properties

series = st.lists(st.integers(0, 1000).map(lambda number: number / 10), max_size=40)


@given(series)
def test_turning_the_values_over_turns_the_chart_over(values):
    chart, over = xmr(values), xmr([-value for value in values], improvement="decrease")
    assert [point.kind for point in chart.points] == [point.kind for point in over.points]
    assert [point.mean for point in chart.points] == [-point.mean for point in over.points]


@given(series)
def test_moving_all_values_up_changes_no_cause(values):
    assert causes(values) == causes([value + 1000 for value in values])
