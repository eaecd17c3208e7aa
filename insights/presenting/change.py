"""Chance or change: the control charts with their tables."""

from dataclasses import replace
from math import ceil

from insights.change import MOST_SHOWN, Misses, Monthly
from insights.control_charts import control_chart
from insights.figures import COVERAGE
from insights.presenting.charted import Chart, share_column
from insights.presenting.coverage import NO_REVIEW
from insights.tables import Column, Day, Month, Number, Table


def misses_chart(misses: Misses) -> Chart:
    """Covered reviews between misses: the latest runs, and the one that goes on."""
    runs = misses.runs[-MOST_SHOWN:]
    latest = replace(misses.chart, points=misses.chart.points[-MOST_SHOWN:])
    reach = [*(run.covered for run in misses.runs), misses.upper or 0]
    svg = control_chart(
        "misses",
        misses.finding,
        [f"{run.ended_on:%b %y}" for run in runs],
        latest,
        most=2 * ceil(max(*reach, 1) / 2),
    )
    note = (
        "Line: the mean. Dashed line: the limit. A run above it, shown as a triangle, is longer "
        "than chance explains."
    )
    if misses.chart.is_trial:
        note += " There are fewer than 13 runs, so the limit may still move."
    return Chart(misses.finding, svg, misses_table(misses, most=MOST_SHOWN), note)


def misses_table(misses: Misses, *, most: int = 0) -> Table:
    """Every run, or the latest ``most``."""
    return Table(
        "covered-between-misses",
        "Covered reviews before each miss",
        (Day("Missed on", empty="Since then"), Number("Covered before")),
        [*((run.ended_on, run.covered) for run in misses.runs[-most:]), (None, misses.now)],
    )


def monthly_chart(monthly: Monthly) -> Chart:
    """Coverage by month in percent, with its limits and what each month says."""
    labels = [f"{month.month:%b %y}" for month in monthly.months]
    svg = control_chart("monthly", monthly.finding, labels, monthly.chart, most=100, unit="%")
    note = (
        "Line: the mean. Dashed lines: the limits of chance. Triangle up: better than chance "
        "explains. Triangle down: worse. Dot: chance."
    )
    if monthly.chart.is_trial:
        note += " There are fewer than 13 months with reviews, so the limits may still move."
    table = Table(
        "coverage-by-month-and-what-it-says",
        "Coverage by month, and what it says",
        (Month("Month"), share_column(COVERAGE, empty=NO_REVIEW), Column("What it says", empty="")),
        [(each.month, each.coverage, each.says or None) for each in monthly.months],
    )
    return Chart(monthly.finding, svg, table, note)
