"""A run chart: points in their order, their median, and what they are in words."""

from nhsuk.run_chart import Point, run_chart


def test_points_stand_in_their_order_with_their_median_in_words():
    chart = run_chart("a", "Support", [Point("W1", 4), Point("W2", 8), Point("W3", 7, is_new=True)])

    assert "W1: 4.00; W2: 8.00; W3: 7.00, after the change. Median 7.00." in chart
    assert chart.count("<circle") == 3
    assert chart.count('stroke-dasharray="2 3"') == 1  # where the change begins
    assert "style=" not in chart


def test_heights_are_between_nothing_and_the_most():
    chart = run_chart("a", "Support", [Point("W1", 0), Point("W2", 10)])

    assert 'cy="172"' in chart
    assert 'cy="12"' in chart


def test_what_others_worded_is_escaped():
    assert "<b>" not in run_chart("a", "<b>", [Point("<b>", 1)])


def test_many_points_have_few_labels():
    chart = run_chart("a", "Support", [Point(f"W{n}", 5) for n in range(40)])

    assert chart.count('text-anchor="middle"') == 5


def test_without_points_there_is_no_chart():
    assert run_chart("a", "Support", []) == ""
