"""Months and the periods made of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

FINANCIAL_YEAR_STARTS = 4  # April, as everywhere in the NHS


def month_of(day: date) -> date:
    """The first day of the day's month."""
    return day.replace(day=1)


def add_months(month: date, count: int) -> date:
    """The first day of the month ``count`` months later (earlier when negative).

    >>> add_months(date(2026, 1, 1), -2)
    datetime.date(2025, 11, 1)
    """
    years, index = divmod(month.month - 1 + count, 12)
    return date(month.year + years, index + 1, 1)


@dataclass(frozen=True)
class Period:
    """Days from ``since`` to ``until``, both included."""

    since: date
    until: date

    @property
    def months(self) -> Iterator[date]:
        """The first day of each month it touches."""
        month = month_of(self.since)
        while month <= self.until:
            yield month
            month = add_months(month, 1)

    def __str__(self) -> str:
        first, last = f"{self.since:%B %Y}", f"{self.until:%B %Y}"
        return first if first == last else f"{first} to {last}"


def whole_months(first: date, last: date, today: date) -> Period:
    """From the first month's first day to the last month's end, or today if that is earlier."""
    end = add_months(month_of(last), 1) - timedelta(days=1)
    return Period(month_of(first), max(min(end, today), month_of(first)))


def last_months(count: int, today: date) -> Period:
    """The last ``count`` months, this one (so far) included."""
    return whole_months(add_months(month_of(today), 1 - count), today, today)


def financial_year(day: date) -> date:
    """The first day of the day's financial year.

    >>> financial_year(date(2026, 3, 31))
    datetime.date(2025, 4, 1)
    """
    return date(day.year - (day.month < FINANCIAL_YEAR_STARTS), FINANCIAL_YEAR_STARTS, 1)


def spans_of(months: Iterable[date]) -> list[tuple[date, date]]:
    """The months as spans without gaps: (first day, first day after).

    >>> spans_of([date(2026, 2, 1), date(2026, 1, 1), date(2026, 5, 1)])[0]
    (datetime.date(2026, 1, 1), datetime.date(2026, 3, 1))
    """
    spans: list[tuple[date, date]] = []
    for month in sorted(set(months)):
        after = add_months(month, 1)
        if spans and spans[-1][1] == month:
            spans[-1] = (spans[-1][0], after)
        else:
            spans.append((month, after))
    return spans


def shortcuts(today: date, first: date) -> list[tuple[str, Period]]:
    """Periods people ask for, by name; ``first`` is the first month there is."""
    this_year = financial_year(today)
    last_year = financial_year(this_year - timedelta(days=1))
    return [
        ("Last 12 months", last_months(12, today)),
        ("This financial year", whole_months(this_year, today, today)),
        ("Last financial year", whole_months(last_year, add_months(last_year, 11), today)),
        ("Since the start", whole_months(first, today, today)),
    ]
