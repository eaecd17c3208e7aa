"""Why no LXR took part: by reason, directorate, setting, month, and at secure and prison sites.

Whoever may not know of checks reads the reasons that name them under "Another reason".
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from insights.charts import Bar, Column, bars, columns
from insights.counting import Counts, Reason, told_by_reason, total
from insights.counting.sites import Site
from insights.figures import MISSED
from insights.numbers import Share
from insights.presenting.charted import Chart, share_column
from insights.queries import Figures
from insights.tables import Column as Words
from insights.tables import Month, Shares, Table
from nhsuk.words import in_words
from organisation.models import Service

NO_REVIEW = "no review"


@dataclass(frozen=True)
class Reasons(Words):
    """How many reviews were missed for which reason; a file has a column for each."""

    reasons: tuple[Reason, ...] = ()

    def words(self, value: Mapping[Reason, int]) -> str:
        """Those that there are, the most frequent first."""
        there = sorted((each for each in value.items() if each[1]), key=lambda each: -each[1])
        said = [f"{reason.label} ({number:,})" for reason, number in there]
        return ", ".join(said) or self.empty

    @property
    def headings(self) -> tuple[str, ...]:
        """A heading for each reason."""
        return tuple(str(reason.label) for reason in self.reasons)

    def values(self, value: Mapping[Reason, int]) -> tuple[Any, ...]:
        """How many for each reason."""
        return tuple(value[reason] for reason in self.reasons)


@dataclass(frozen=True)
class Missed:
    """The page's charts and tables, as this user may see them. ``names_checks``: as they are."""

    figures: Figures
    names_checks: bool

    def of(self, counts: Counts) -> dict[Reason, int]:
        """How many were missed for each reason."""
        return told_by_reason(counts, hides_checks=not self.names_checks)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Every reason that this user may read."""
        return tuple(self.of(Counts()))

    def by_reason(self) -> Chart:
        """All that were missed, by reason."""
        return self._reasons(
            "missed-by-reason", "Reviews without an LXR, by reason", self.figures.overall
        )

    def harder_to_reach(self) -> Chart:
        """The same of secure and prison services alone."""
        return self._reasons(
            "missed-in-secure-and-prison-services",
            "Secure and prison services: reviews without an LXR, by reason",
            total(
                counts
                for setting, counts in self.figures.by_setting
                if setting in Service.HARDER_TO_REACH
            ),
        )

    def _reasons(self, key: str, caption: str, counts: Counts) -> Chart:
        missed = MISSED.value_of(counts)
        there = [(reason, number) for reason, number in self.of(counts).items() if number]
        found = sorted(there, key=lambda each: -each[1])
        finding = _most_often(missed, found)
        marks = [Bar(str(reason.label), number, f"{number:,}") for reason, number in found]
        table = Table(
            key,
            caption,
            (Words("Reason"), Shares("Reviews", part="for this reason", whole="all without")),
            [(str(reason.label), Share(number, missed.numerator)) for reason, number in found],
        )
        svg = bars(key, finding, marks, max([number for _, number in found] + [1]))
        return Chart(finding, svg, table)

    def by_directorate(self) -> Chart:
        """Where reviews were missed, every directorate by name."""
        rows = [(each.name, counts) for each, counts in self.figures.by_directorate]
        key = "missed-by-directorate"
        caption = "Reviews without an LXR, by directorate"
        return self._groups(key, caption, "Directorate", rows)

    def by_setting(self) -> Chart:
        """The same by setting, from the easiest to reach to the hardest."""
        rows = [
            (str(Service.Setting(setting).label), counts)
            for setting, counts in self.figures.by_setting
        ]
        return self._groups(
            "missed-by-setting", "Reviews without an LXR, by setting", "Setting", rows
        )

    def _groups(
        self, key: str, caption: str, head: str, rows: Sequence[tuple[str, Counts]]
    ) -> Chart:
        shares = [(name, MISSED.value_of(counts)) for name, counts in rows]
        finding = _most_in(shares)
        marks = [
            Bar(name, share.numerator, share.counted if share.denominator else NO_REVIEW)
            for name, share in shares
        ]
        most = max([share.numerator for _, share in shares] + [1])
        return Chart(
            finding, bars(key, finding, marks, most), self._table(key, caption, Words(head), rows)
        )

    def by_month(self) -> Chart:
        """When reviews were missed."""
        rows = [(month, MISSED.value_of(counts)) for month, counts in self.figures.by_month]
        finding = _in_months([share for _, share in rows])
        marks = [Column(month, share) for month, share in rows]
        return Chart(
            finding,
            columns("missed-by-month", finding, marks, "Without an LXR", "With"),
            self._table(
                "missed-by-month",
                "Reviews without an LXR, by month",
                Month("Month"),
                self.figures.by_month,
            ),
        )

    def by_site(self, sites: Mapping[Site, Counts]) -> Table:
        """Every secure or prison site at which there was a review."""
        rows = [
            (f"{name} ({Service.Setting(setting).label.lower()})", counts)
            for (name, setting), counts in sites.items()
        ]
        return self._table(
            "missed-by-site",
            "Secure and prison sites: reviews without an LXR",
            Words("Site"),
            rows,
        )

    def _table(
        self, key: str, caption: str, head: Words, rows: Iterable[tuple[Any, Counts]]
    ) -> Table:
        columns = (
            head,
            share_column(MISSED, empty=NO_REVIEW),
            Reasons("Why", reasons=self.reasons),
        )
        return Table(
            key,
            caption,
            columns,
            [(name, MISSED.value_of(counts), self.of(counts)) for name, counts in rows],
        )


def _most_often(missed: Share, found: Sequence[tuple[Reason, int]]) -> str:
    if not missed.denominator:
        return "No completed review in this period"
    if not missed.numerator:
        return f"None of {missed.denominator:,} completed reviews was without an LXR"
    _, most = found[0]
    reasons = [str(reason.label).lower() for reason, number in found if number == most]
    each = " each" if len(reasons) > 1 else ""
    return (
        f"{missed.numerator:,} of {missed.denominator:,} completed reviews had no LXR, "
        f"most often: {in_words(reasons)} ({most:,}{each})"
    )


def _most_in(rows: Sequence[tuple[str, Share]]) -> str:
    most = max([share.numerator for _, share in rows] + [0])
    if not most:
        return "No review was without an LXR"
    names = [
        f"{name} ({share.numerator:,} of {share.denominator:,})"
        for name, share in rows
        if share.numerator == most
    ]
    if len(names) > 2:
        return f"Most reviews without an LXR were in {len(names)} of them, {most:,} in each"
    return f"Most reviews without an LXR were in {in_words(names)}"


def _in_months(shares: Sequence[Share]) -> str:
    missed = sum(1 for share in shares if share.numerator)
    with_reviews = sum(1 for share in shares if share.denominator)
    if not with_reviews:
        return "No completed review in this period"
    if not missed:
        return "No month had a review without an LXR"
    return f"{missed:,} of {with_reviews:,} months with reviews had one without an LXR"
