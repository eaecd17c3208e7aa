"""Months and periods."""

from datetime import date

from insights.periods import (
    Period,
    add_months,
    financial_year,
    last_months,
    shortcuts,
    spans_of,
    whole_months,
)


def test_months_cross_years():
    assert add_months(date(2026, 1, 1), -1) == date(2025, 12, 1)
    assert add_months(date(2025, 12, 1), 1) == date(2026, 1, 1)


def test_last_twelve_months_end_today():
    period = last_months(12, date(2026, 2, 28))
    assert period == Period(date(2025, 3, 1), date(2026, 2, 28))
    assert len(list(period.months)) == 12
    assert str(period) == "March 2025 to February 2026"


def test_whole_months_end_with_the_month_unless_it_is_still_running():
    assert whole_months(date(2024, 2, 1), date(2024, 2, 1), date(2026, 6, 10)) == Period(
        date(2024, 2, 1), date(2024, 2, 29)
    )


def test_financial_year_starts_in_april():
    assert financial_year(date(2026, 3, 31)) == date(2025, 4, 1)
    assert financial_year(date(2026, 4, 1)) == date(2026, 4, 1)


def test_shortcuts_are_the_periods_people_ask_for():
    assert shortcuts(date(2026, 6, 10), date(2024, 3, 1)) == [
        ("Last 12 months", Period(date(2025, 7, 1), date(2026, 6, 10))),
        ("This financial year", Period(date(2026, 4, 1), date(2026, 6, 10))),
        ("Last financial year", Period(date(2025, 4, 1), date(2026, 3, 31))),
        ("Since the start", Period(date(2024, 3, 1), date(2026, 6, 10))),
    ]


def test_neighbouring_months_make_one_span():
    months = [date(2026, 3, 1), date(2025, 12, 1), date(2026, 1, 1), date(2026, 1, 1)]
    assert spans_of(months) == [
        (date(2025, 12, 1), date(2026, 2, 1)),
        (date(2026, 3, 1), date(2026, 4, 1)),
    ]
