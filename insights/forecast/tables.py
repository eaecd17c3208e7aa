"""The tables of “What would it take?”: on the page in sentences, in a file as numbers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from insights.forecast import words
from insights.forecast.outlook import Range
from insights.forecast.past import Held
from insights.forecast.presenting import Row, rows_of
from insights.forecast.queries import latest_forecast
from insights.looking import Look
from insights.suppression import NOT_SHOWN
from insights.tables import Column, Day, Number, Table
from nhsuk.words import nhs_date


@dataclass(frozen=True)
class Told(Column):
    """A column about a directorate: ``says`` it, ``adds`` a note, and what a file holds of it."""

    says: Callable[[Row], str] = field(kw_only=True)
    adds: Callable[[Row], str] = field(kw_only=True, default=lambda row: "")
    holds: Mapping[str, Callable[[Row], Any]] = field(kw_only=True)

    def words(self, value: Row) -> str:
        """What the page says."""
        return self.says(value)

    def note(self, value: Row) -> str:
        """What the page says below, in grey."""
        return self.adds(value)

    @property
    def headings(self) -> tuple[str, ...]:
        """A heading for each number."""
        return tuple(self.holds)

    def values(self, value: Row) -> tuple[Any, ...]:
        """Each number by itself."""
        return tuple(of_row(value) for of_row in self.holds.values())


@dataclass(frozen=True)
class Ranges(Column):
    """Numbers with their range."""

    def words(self, value: Range) -> str:
        """The middle, and the range behind it."""
        return words.middle_of(value)

    @property
    def headings(self) -> tuple[str, ...]:
        """A heading for each number."""
        return tuple(f"{self.name}: {each}" for each in ("from", "middle", "to"))

    def values(self, value: Range) -> tuple[Any, ...]:
        """Each number by itself."""
        return value.low, value.middle, value.high


def _visits(row: Row) -> str:
    visits = "1 visit" if row.visits == 1 else f"{row.visits:,} visits"
    return f"{visits} to come, the first on {nhs_date(row.first_on)}"


def _ready(row: Row) -> str:
    if row.ready is None:
        return NOT_SHOWN
    return f"{row.ready:,}" if row.ready else "none"


def _for_all(row: Row) -> str:
    if row.everywhere is None or row.everywhere == row.ready:
        return ""
    return f"{row.everywhere or 'none'} of them for all its visits"


def _shown(row: Row, value: Any) -> Any:
    """A value that is not shown with the number of people who are ready."""
    return NOT_SHOWN if row.ready is None else value


NAME = Told(
    "Directorate",
    says=lambda row: row.name,
    holds={
        "Directorate": lambda row: row.name,
        "Visits to come": lambda row: row.visits,
        "First visit on": lambda row: row.first_on,
    },
)
NEEDS = (
    NAME,
    Told(
        "Ready now",
        says=_ready,
        adds=_for_all,
        holds={
            "Ready now": lambda row: _shown(row, row.ready),
            "Ready for all its visits": lambda row: (
                NOT_SHOWN if row.everywhere is None else row.everywhere
            ),
        },
    ),
    Told(
        "Visits with somebody, as things are",
        says=lambda row: row.covered,
        adds=_visits,
        holds={
            "Visits with somebody as things are: from": lambda row: _shown(
                row, row.outlook.covered.low
            ),
            "Visits with somebody as things are: middle": lambda row: _shown(
                row, row.outlook.covered.middle
            ),
            "Visits with somebody as things are: to": lambda row: _shown(
                row, row.outlook.covered.high
            ),
        },
    ),
    Told(
        "Needed for 9 of 10 visits",
        says=lambda row: row.nine_of_ten,
        holds={
            "Needed for 9 of 10 visits, even chance": lambda row: row.likely.people,
            "On each visit, even chance": lambda row: row.likely.each,
            "Needed for 9 of 10 visits, nearly sure": lambda row: row.sure.people,
            "On each visit, nearly sure": lambda row: row.sure.each,
        },
    ),
    Told(
        "Needed for every visit, nearly sure",
        says=lambda row: row.all_visits,
        holds={
            "Needed for every visit, nearly sure": lambda row: row.every.people,
            "On each visit, for every visit": lambda row: row.every.each,
        },
    ),
    Told(
        "More, for 9 of 10 visits",
        says=lambda row: row.more,
        adds=lambda row: " ".join(filter(None, (row.where_from, row.by_when))),
        holds={
            "More for 9 of 10 visits, even chance": lambda row: _shown(row, row.likely.more),
            "More for 9 of 10 visits, nearly sure": lambda row: _shown(row, row.sure.more),
            "Where from": lambda row: _shown(row, row.where_from),
            "By when": lambda row: _shown(row, row.by_when),
        },
    ),
)
ASKED = (
    Told(
        "Directorate",
        says=lambda row: row.name,
        holds={"Directorate": lambda row: row.name},
    ),
    Told(
        "People asked, last 3 years",
        says=lambda row: NOT_SHOWN if row.asked is None else f"{row.asked:,}",
        holds={"People asked": lambda row: NOT_SHOWN if row.asked is None else row.asked},
    ),
    Told(
        "Of 100 people asked, so many come",
        says=lambda row: row.comes or NOT_SHOWN,
        holds={"Of 100 people asked, so many come": lambda row: row.comes or NOT_SHOWN},
    ),
    Told(
        "Rests on its own answers",
        says=lambda row: f"{row.outlook.own}%" if row.comes else NOT_SHOWN,
        holds={
            "Rests on its own answers, %": lambda row: row.outlook.own if row.comes else NOT_SHOWN
        },
    ),
)
HELD = (
    Day("From what was known by"),
    Number("Visits in the 6 months from then"),
    Ranges("Forecast to have somebody"),
    Number("Had somebody"),
    Column("In the range"),
    Number("Directorates"),
    Number("Directorates in their range"),
)


def needs_table(rows: Sequence[Row]) -> Table:
    """What each directorate needs, has, and lacks."""
    return Table("what-it-would-take", "What each directorate needs", NEEDS, _each(NEEDS, rows))


def asked_table(rows: Sequence[Row]) -> Table:
    """What came of asking, in totals."""
    return Table("what-came-of-asking", "How often people come", ASKED, _each(ASKED, rows))


def held_table(held: Sequence[Held]) -> Table:
    """Forecasts made from earlier days only, beside what happened."""
    rows = [
        (
            each.on,
            each.visits,
            each.forecast,
            each.happened,
            "yes" if each.is_within else "no",
            each.directorates,
            each.within,
        )
        for each in held
    ]
    caption = "Forecasts made from earlier days only, beside what happened"
    return Table("forecasts-and-what-happened", caption, HELD, rows)


def _each(columns: Sequence[Told], rows: Sequence[Row]) -> list[list[Row]]:
    """Every column is made from the whole row."""
    return [[row] * len(columns) for row in rows]


def kept_rows(look: Look) -> list[Row]:
    """The rows of the latest forecast, as whoever looks may see them."""
    latest = latest_forecast()
    if latest is None or not latest.findings.answers.said_yes.of:
        return []
    names = {each.pk: each.name for each in look.directorates}
    return rows_of(latest.findings, names, latest.as_at, hides_small=look.hides_small)


def kept_past(look: Look) -> Sequence[Held]:
    """What the latest forecast was held against."""
    latest = latest_forecast()
    return latest.findings.held if latest else ()
