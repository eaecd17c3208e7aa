"""Charts can be read by everyone and carry nothing that a page forbids."""

import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from insights.charts import Bar, Column, ShareBar, Span, bars, columns, share_bars, spans
from insights.numbers import Share
from insights.periods import Period

EVIL = '<script>alert("&")</script>'
MONTHS = [Column(date(2026, 5, 1), Share(1, 2)), Column(date(2026, 6, 1), Share(0, 0))]
CHARTS = {
    "bars": bars("b", EVIL, [Bar(EVIL, 3, "3"), Bar("hidden", None, "not shown")], 6),
    "share_bars": share_bars(
        "d", EVIL, [ShareBar(EVIL, Share(0, 3)), ShareBar("none", Share(0, 0))]
    ),
    "columns": columns("c", EVIL, MONTHS, "With", "Without"),
    "spans": spans(
        "s",
        EVIL,
        [
            Span(EVIL, 2, 8, 4, "2 to 8", "2 to 8 needed, 4 ready"),
            Span("no end", 2, None, None, "2 or more", "2 or more needed"),
        ],
    ),
}


@pytest.mark.parametrize("name", CHARTS)
def test_chart_is_an_image_with_a_title_and_its_values_in_words(name):
    root = ET.fromstring(CHARTS[name])  # noqa: S314 - our own words
    title, about = root[0], root[1]
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {about.get('id')}"
    assert title.text == EVIL
    assert about.text


@pytest.mark.parametrize("name", CHARTS)
def test_chart_escapes_words_and_has_no_inline_style(name):
    assert "<script" not in CHARTS[name]
    assert not re.search(r"\sstyle=|\son\w+=", CHARTS[name])


def test_values_are_said_in_words():
    assert "May 2026: 1 of 2 (50.0%); June 2026: none yet" in CHARTS["columns"]


def test_hidden_bar_is_not_drawn():
    assert CHARTS["bars"].count('fill="#005eb8"') == 1


def test_part_and_rest_differ_without_colour():
    assert 'fill="url(#c-hatch)"' in CHARTS["columns"]
    assert 'id="c-hatch"' in CHARTS["columns"]


@pytest.mark.parametrize("count", [1, 12, 24, 60, 240, 400])
def test_columns_of_any_number_of_months_have_few_labels(count):
    months = list(Period(date(2000, 1, 1), date(2040, 1, 1)).months)[:count]
    chart = columns("c", "t", [Column(month, Share(1, 1)) for month in months], "a", "b")
    assert len(re.findall(">Jan<|>Jul<|>Mar<", chart)) <= 24


def test_long_name_is_cut_in_the_chart_alone():
    name = "A very long name of a directorate that nobody can read"
    chart = bars("b", "t", [Bar(name, 1, "1")], 1)
    assert "A very long name of a directorate t…" in chart
    assert f"{name}: 1" in chart


def test_span_has_its_ends_and_a_mark_where_things_stand():
    one, no_end = (
        spans("s", "Needed", [Span("Forensic", 2, high, mark, "", "")])
        for high, mark in ((8, 4), (None, None))
    )
    assert one.count('stroke-width="3"') == 2
    assert one.count("<polygon") == 1
    assert "stroke-dasharray" not in one
    assert no_end.count('stroke-width="3"') == 1
    assert "<polygon" not in no_end
    assert "stroke-dasharray" in no_end


def test_spans_of_nobody():
    assert ">0</text>" in spans("s", "Needed", [Span("Forensic", 0, 0, 0, "0", "0 needed")])
    assert spans("s", "Needed", [])


def test_a_bar_of_a_share_is_as_long_as_it_says_and_has_a_whisker_over_it():
    def drawn(numerator, denominator):
        chart = share_bars("d", "t", [ShareBar("Forensic", Share(numerator, denominator))])
        bars_of = re.findall(r'width="([\d.]+)%" height="14" fill="#005eb8"', chart)
        ends = re.findall(r'<line x1="([\d.]+)%" x2="([\d.]+)%" y1="31" y2="31"/>', chart)
        return bars_of, ends

    half, whole = drawn(5, 10), drawn(10, 10)
    assert (half[0], whole[0]) == (["47.00"], ["94.00"])
    assert half[1] == [("25.28", "74.72")] * 2  # light below, dark above: seen on the bar and off
    assert drawn(0, 3) == ([], [("3.0", "55.73")] * 2)
    assert drawn(0, 0) == ([], [])


def test_bars_of_shares_keep_their_words_where_nobody_came():
    chart = CHARTS["share_bars"]
    assert ">0 of 3 (0.0%)</text>" in chart
    assert ">no review</text>" in chart
    assert "0 of 3 (0.0%), interval 0.0% to 56.1%; none: none yet" in chart
    assert all(f">{line}%</text>" in chart for line in (0, 50, 100))


def test_a_value_stands_in_a_line_of_its_own_where_a_phone_has_no_room_beside_the_name():
    name = "Forensic and Offender Healthcare"
    beside, below = (
        share_bars("d", "t", [ShareBar(each, Share(0, 0))]) for each in ("Community", name)
    )
    assert 'x="100%" y="16"' in beside
    assert 'x="0" y="34"' in below
    assert [re.search(r"height=\"(\d+)\"", each)[1] for each in (beside, below)] == ["70", "88"]
