"""Trusts side by side: who differs by more than chance, never who is first."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.funnel_charts import Mark, _rounded_up, funnel_chart
from insights.numbers import Share
from insights.partnership.comparing import OWN, Says, Trust, funnel


def trust(name: str, numerator: int, denominator: int, **given: Any) -> Trust:
    return Trust(name, Share(numerator, denominator), **given)


OURS = trust(OWN, 17, 21, is_own=True)


def test_pooled_mean_is_of_all_reviews_and_not_of_percentages() -> None:
    found = funnel([OURS, trust("Eastmoor", 180, 200)])
    assert found.pooled == Share(197, 221)
    assert found.mean == pytest.approx(197 / 221)


def test_trusts_stand_by_name_and_this_one_first_whatever_their_values() -> None:
    others = [trust("westvale", 1, 10), trust("Ashford", 9, 10), trust("Eastmoor", 10, 10)]
    found = funnel([*others, OURS])
    assert [(row.letter, row.trust.name) for row in found.rows] == [
        ("A", OWN),
        ("B", "Ashford"),
        ("C", "Eastmoor"),
        ("D", "westvale"),
    ]


def test_letters_go_on_after_z() -> None:
    found = funnel([trust(f"Trust {n:02}", 1, 2) for n in range(54)])
    assert [found.rows[n].letter for n in (0, 25, 26, 27, 51, 52)] == [
        "A", "Z", "AA", "AB", "AZ", "BA",
    ]  # fmt: skip


def test_only_what_chance_does_not_explain_is_news() -> None:
    found = funnel(
        [OURS, trust("Far", 40, 100), trust("Like us", 81, 100), trust("More", 200, 200),
         trust("Near", 68, 100)]
    )  # fmt: skip
    says = {row.trust.name: row.says for row in found.rows}
    assert says == {
        OWN: Says.INSIDE,
        "Far": Says.BELOW,
        "Like us": Says.INSIDE,
        "More": Says.ABOVE,
        "Near": Says.NEAR,
    }
    assert found.finding == (
        "More is higher than chance explains; Far is lower than chance explains"
    )


def test_alike_trusts_are_explained_by_chance() -> None:
    found = funnel([OURS, trust("Eastmoor", 8, 10), trust("Westvale", 40, 52)])
    assert found.finding == "Chance alone can explain the differences between these 3 trusts"


@pytest.mark.parametrize("others", [[], [Trust("Hidden", None)], [trust("Nothing yet", 0, 0)]])
def test_one_trust_alone_is_compared_with_nobody(others: list[Trust]) -> None:
    found = funnel([OURS, *others])
    assert found.mean is None
    assert {row.says for row in found.rows} == {Says.NOTHING}
    assert found.finding == "There are too few trusts with figures to compare"


def test_trust_without_figures_stands_in_the_table_alone() -> None:
    found = funnel([OURS, Trust("Hidden", None), trust("Eastmoor", 8, 10)])
    assert [row.says for row in found.rows] == [Says.INSIDE, Says.INSIDE, Says.NOTHING]
    assert found.pooled == Share(25, 31)


@given(
    st.lists(
        st.tuples(st.integers(0, 300), st.integers(0, 300)).map(lambda two: (min(two), sum(two))),
        max_size=8,
    )
)
def test_any_trusts_can_be_drawn(shares: list[tuple[int, int]]) -> None:
    found = funnel([trust(f"Trust {n}", *share) for n, share in enumerate(shares)])
    if found.mean is not None:
        marks = [
            Mark(row.letter, row.trust.name, row.trust.share, row.trust.is_own)
            for row in found.rows
            if row.trust.share is not None and row.says != Says.NOTHING
        ]
        svg = funnel_chart(
            "x", found.finding, marks, mean=found.mean, limits=found.limits, sizes="reviews"
        )
        assert svg.count("<circle") == len(marks)
        assert svg.count("<polyline") == 5
        assert "nan" not in svg


def test_chart_says_its_finding_and_every_value_and_escapes_names() -> None:
    found = funnel([OURS, trust("<b>", 180, 200)])
    marks = [Mark(r.letter, r.trust.name, r.trust.share, r.trust.is_own) for r in found.rows]  # type: ignore[arg-type]
    svg = funnel_chart(
        "coverage", found.finding, marks, mean=0.9, limits=found.limits, sizes="completed reviews"
    )
    assert f'<title id="coverage-title">{found.finding}</title>' in svg
    assert "A, This trust: 17 of 21 (81.0%); B, &lt;b&gt;: 180 of 200 (90.0%)" in svg
    assert svg.count("<polygon") == 1
    assert "style=" not in svg


@pytest.mark.parametrize(("size", "most"), [(1, 2), (3, 4), (21, 40), (104, 200), (960, 1000)])
def test_axis_ends_on_a_round_number_beyond_the_largest(size: int, most: int) -> None:
    assert _rounded_up(size) == most
