"""What a board report says in figures: taken from the figures' own entries, as observers see them.

What is counted is kept as words, charts and tables, so that the page and the PDF of a report are
set from the same, and a report can be set again without counting.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.safestring import SafeString

from insights import change, queries
from insights.figures import (
    ACTIVATION,
    ASSIGNED,
    ATTENDEES,
    COVERAGE,
    IMPACT_QUALITY,
    IMPACT_TEAM,
    IN_PERSON,
    MISSED,
    REMOTE_ONLY,
    STILL_HERE,
    TRAINED,
    AnyFigure,
)
from insights.looking import Look
from insights.operations import refresh_counts
from insights.periods import Period
from insights.presenting import cards, coverage, people
from insights.presenting import change as changed
from insights.presenting.cards import Card
from insights.presenting.charted import Chart
from insights.presenting.ratings import IMPACT
from insights.queries import ALL, Chosen
from insights.tables import Cell, Column, Number, Shape, Table, drawn
from nhsuk.words import nhs_date

SESSIONS_SHOWN = 12
DEFINED: tuple[AnyFigure, ...] = (
    COVERAGE, IN_PERSON, REMOTE_ONLY, ASSIGNED, MISSED, TRAINED, STILL_HERE, ACTIVATION, ATTENDEES,
    IMPACT_TEAM, IMPACT_QUALITY,
)  # fmt: skip
DONE = "done"  # the part that the report's own words fill


class PublishedLook(Look):
    """A look at a whole period as it may be published: small numbers of people hidden."""

    def __init__(self, period: Period, today: date) -> None:
        # Nobody looks, and nothing is asked for but the months
        self.today = today
        self.hides_small = True
        self._period = period

    @property
    def period(self) -> Period:
        """The period of the report."""
        return self._period

    @property
    def chosen(self) -> Chosen:
        """Every review."""
        return ALL


def count(period: Period, today: date) -> dict[str, Any]:
    """Everything a report says in figures, as JSON can hold it. People are as at ``today``."""
    refresh_counts()
    look = PublishedLook(period, today)
    misses = change.misses(today)
    found = look.figures
    latest, _ = queries.latest_sessions(look.people_as_at, SESSIONS_SHOWN)
    harder = look.missed.harder_to_reach()
    why = [("Why no Lived Experience Reviewer took part", look.missed.by_reason())]
    if harder.table.rows:
        why.append(("The same in secure and prison services", harder))
    sections = [
        _section(
            "coverage",
            "Was a Lived Experience Reviewer there?",
            cards=cards.coverage_cards(found.overall),
            charts=[coverage.month_chart(found), coverage.directorate_chart(found)],
            tables=[coverage.setting_table(found)],
        ),
        _section(
            "change",
            "Is it chance, or a change?",
            f"Over {misses.over}, not of these months alone.",
            charts=[changed.misses_chart(misses)],
        ),
        *(_section("missed", title, charts=[chart]) for title, chart in why),
        _section(DONE, "What was done about it"),
        _section(
            "people",
            "Who is trained, and who has been on a review?",
            f"As at {nhs_date(look.people_as_at)}, in the whole programme, over everything before. "
            "Numbers under 5 people, and what would give them away, are not shown.",
            cards=cards.people_cards(look.people, hides_small=look.hides_small),
            charts=[people.session_chart(latest, look.hidden_sessions)],
        ),
        _section(
            "impact",
            "What difference did it make?",
            "Mean of the ratings from 0 to 10; and how many gave each rating in the whole "
            "programme, few of them put together with their neighbours.",
            charts=[look.impact, *(look.ratings(question) for question in IMPACT)],
        ),
    ]
    return {
        "days": f"{nhs_date(period.since)} to {nhs_date(period.until)}",
        "counted_on": nhs_date(today),
        "missed": found.overall.missed.numerator,
        "sections": sections,
        "definitions": [_definition(figure) for figure in DEFINED],
    }


@dataclass(frozen=True)
class KeptTable(Shape):
    """A table as it was counted; a page and a PDF draw it. It has no files: a report has them."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    files: tuple[()] = ()

    @property
    def body(self) -> SafeString:
        """The rows as HTML."""
        return drawn(self.rows, is_wide=self.is_wide)


@dataclass(frozen=True)
class KeptChart:
    """A chart as it was counted."""

    finding: str
    svg: SafeString
    note: str
    table: KeptTable


@dataclass(frozen=True)
class Section:
    """A part of the report."""

    key: str
    title: str
    lead: str
    cards: Sequence[Any]
    charts: Sequence[KeptChart]
    tables: Sequence[KeptTable]


@dataclass(frozen=True)
class Content:
    """What was counted, ready to be set. ``missed``: how many reviews had no LXR."""

    days: str
    counted_on: str
    missed: int
    sections: Sequence[Section] = ()
    definitions: Sequence[Any] = field(default=())


def from_kept(kept: dict[str, Any]) -> Content:
    """The content that ``count`` made."""
    return Content(
        kept["days"],
        kept["counted_on"],
        kept["missed"],
        [
            Section(
                each["key"],
                each["title"],
                each["lead"],
                each["cards"],
                [_chart(chart) for chart in each["charts"]],
                [_table(table) for table in each["tables"]],
            )
            for each in kept["sections"]
        ],
        kept["definitions"],
    )


def _chart(kept: dict[str, Any]) -> KeptChart:
    # Drawn by insights.charts, which escapes what others worded
    svg = SafeString(kept["svg"])
    return KeptChart(kept["finding"], svg, kept["note"], _table(kept["table"]))


def _table(kept: dict[str, Any]) -> KeptTable:
    columns = [(Number if is_number else Column)(name) for name, is_number in kept["columns"]]
    rows = [
        [Cell(words, note, column) for column, (words, note) in zip(columns, row, strict=True)]
        for row in kept["rows"]
    ]
    return KeptTable(kept["caption"], columns, rows)


def _section(
    key: str,
    title: str,
    lead: str = "",
    *,
    cards: Iterable[Card] = (),
    charts: Iterable[Chart] = (),
    tables: Iterable[Table] = (),
) -> dict[str, Any]:
    return {
        "key": key,
        "title": title,
        "lead": lead,
        "cards": [_kept_card(each) for each in cards],
        "charts": [
            {
                "finding": each.finding,
                "svg": str(each.svg),
                "note": each.note,
                "table": _kept_table(each.table),
            }
            for each in charts
        ],
        "tables": [_kept_table(each) for each in tables],
    }


def _kept_card(card: Card) -> dict[str, Any]:
    return {
        "figure": {"name": card.figure.name, "sentence": card.figure.sentence},
        "words": card.words,
        "range": card.range,
        "beside": [_kept_card(each) for each in card.beside],
    }


def _kept_table(table: Table) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "columns": [[column.name, column.is_number] for column in table.columns],
        "rows": [[[cell.words, cell.note] for cell in row] for row in table.shown],
    }


def _definition(figure: AnyFigure) -> dict[str, Any]:
    names = ("name", "sentence", "numerator", "denominator", "rule", "version")
    return {name: getattr(figure, name) for name in names}
