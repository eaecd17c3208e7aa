"""Ratings in steps of months, as whoever small numbers are hidden from may see them.

The means of two periods that differ by a month would give away what few people rated in it. So the
months of the whole programme are parted once, for everybody alike: each step runs until it has at
least 5 ratings, and what is left at the end joins the last. Whatever period is asked for, the
ratings of the steps that lie within it are shown together: what any two sums differ in is whole
steps. Nothing is shown of a part of the programme, which would cut through the steps.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from insights.counting import Counts, total
from insights.figures import AnyFigure
from insights.numbers import Rating
from insights.periods import Period
from insights.suppression import FEWEST


@dataclass(frozen=True)
class Step:
    """Months, named by their first days, from the first to the last with a rating in the step."""

    since: date
    until: date
    rating: Rating


def steps_of(figure: AnyFigure, by_month: Mapping[date, Counts]) -> list[Step]:
    """The steps of a figure; none where there are fewer than 5 ratings in all.

    ``by_month``: what is counted of every month there ever was.
    """
    parts: list[list[date]] = []
    part: list[date] = []
    gathered = 0
    for month in sorted(by_month):
        rated = figure.value_of(by_month[month]).n
        if rated:
            part.append(month)
            gathered += rated
        if gathered >= FEWEST:
            parts.append(part)
            part, gathered = [], 0
    if parts:
        parts[-1] += part
    return [
        Step(each[0], each[-1], figure.value_of(_months(by_month, each[0], each[-1])))
        for each in parts
    ]


def within(steps: list[Step], period: Period) -> list[Step]:
    """Those that lie within the months of a period."""
    months = set(period.months)
    return [each for each in steps if {each.since, each.until} <= months]


def together(steps: list[Step]) -> Rating:
    """The ratings of these steps as one."""
    ratings = [each.rating for each in steps]
    sums: Any = (
        sum(getattr(each, name) for each in ratings) for name in ("total", "n", "asked", "received")
    )
    return Rating(*sums)


def _months(by_month: Mapping[date, Counts], since: date, until: date) -> Counts:
    return total(counts for month, counts in by_month.items() if since <= month <= until)
