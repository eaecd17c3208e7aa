"""Coverage by month, directorate and setting."""

from collections.abc import Sequence
from decimal import Decimal

from insights.charts import Column, ShareBar, columns, share_bars
from insights.counting import Counts
from insights.figures import ASSIGNED, COVERAGE
from insights.numbers import Share
from insights.presenting.charted import Chart, share_column
from insights.queries import Figures
from insights.tables import Column as Words
from insights.tables import Month, Table
from nhsuk.words import in_words
from organisation.models import Service

NO_REVIEW = "no review"


def month_chart(figures: Figures) -> Chart:
    """Completed reviews by month, with and without an LXR."""
    finding = _of_all(COVERAGE.value_of(figures.overall))
    rows = [(month, COVERAGE.value_of(counts)) for month, counts in figures.by_month]
    marks = [Column(month, share) for month, share in rows]
    table = Table(
        "coverage-by-month",
        "Coverage by month",
        (Month("Month"), share_column(COVERAGE, is_short=True, empty=NO_REVIEW)),
        rows,
    )
    return Chart(finding, columns("months", finding, marks, "With an LXR", "Without"), table)


def _of_all(share: Share) -> str:
    if not share.denominator:
        return "No completed review in this period"
    if share.rest:
        return (
            f"{share.numerator:,} of {share.denominator:,} completed reviews had a Lived "
            f"Experience Reviewer; {share.rest:,} did not"
        )
    if share.denominator == 1:
        return "The one completed review had a Lived Experience Reviewer"
    return f"All {share.denominator:,} completed reviews had a Lived Experience Reviewer"


def directorate_chart(figures: Figures) -> Chart:
    """Coverage of every directorate in the order of its name, with its interval."""
    rows = [_row(each.name, counts) for each, counts in figures.by_directorate]
    shares = [(name, share) for name, share, _ in rows]
    finding = _lowest(shares)
    svg = share_bars("directorates", finding, [ShareBar(*each) for each in shares])
    note = (
        "Bar: coverage. Line over its end: the 95% interval. Where these lines overlap, chance "
        "alone may explain the difference."
    )
    table = _groups("coverage-by-directorate", "Coverage by directorate", "Directorate", rows)
    return Chart(finding, svg, table, note)


def setting_table(figures: Figures) -> Table:
    """Coverage of every setting, from the easiest to reach to the hardest."""
    rows = [
        _row(str(Service.Setting(setting).label), counts) for setting, counts in figures.by_setting
    ]
    return _groups("coverage-by-setting", "Coverage by setting", "Setting", rows)


def _row(name: str, counts: Counts) -> tuple[str, Share, Share]:
    return name, COVERAGE.value_of(counts), ASSIGNED.value_of(counts)


def _groups(key: str, caption: str, head: str, rows: Sequence[tuple[str, Share, Share]]) -> Table:
    return Table(
        key,
        caption,
        (
            Words(head),
            share_column(COVERAGE, with_interval=True, empty=NO_REVIEW),
            share_column(ASSIGNED, is_short=True),
        ),
        rows,
    )


def _lowest(rows: Sequence[tuple[str, Share]]) -> str:
    reviewed = [(name, share) for name, share in rows if share.denominator]
    if not reviewed:
        return "No completed review in this period"
    if not any(share.rest for _, share in reviewed):
        return "Every completed review had a Lived Experience Reviewer"
    least = min(_fraction(share) for _, share in reviewed)
    lowest = [(name, share) for name, share in reviewed if _fraction(share) == least]
    if len(lowest) > 2:
        return f"Coverage is lowest in {len(lowest)} directorates, at {lowest[0][1].percent}%"
    said = [f"{name} ({share.numerator:,} of {share.denominator:,})" for name, share in lowest]
    return f"Coverage is lowest in {in_words(said)}"


def _fraction(share: Share) -> Decimal:
    return Decimal(share.numerator) / share.denominator
