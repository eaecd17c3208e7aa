"""What the page “What would it take?” shows of a forecast: a row for each directorate, and a chart.

Who may not see small numbers of people gets none: neither how many are ready, nor what would tell.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from insights.charts import Span, spans
from insights.forecast import words
from insights.forecast.findings import Findings
from insights.forecast.needs import EVERY, LIKELY, SURE, Need
from insights.forecast.outlook import DirectorateOutlook
from insights.suppression import NOT_SHOWN, is_small
from reviews.planner.words import in_numbers

SHOWN = 12  # in the chart; the table has them all


@dataclass(frozen=True)
class Row:
    """One directorate. What this user may not see is None or empty."""

    name: str
    outlook: DirectorateOutlook
    ready: int | None
    everywhere: int | None
    one_away: int
    steps: str
    by_when: str

    @property
    def visits(self) -> int:
        """How many are to come."""
        return len(self.outlook.visit_days)

    @property
    def first_on(self) -> date:
        """The day of the first."""
        return self.outlook.visit_days[0]

    @property
    def likely(self) -> Need:
        """What 9 of 10 visits take, in 5 of 10 simulated years."""
        return self.outlook.needs[LIKELY.key]

    @property
    def sure(self) -> Need:
        """The same in 9 of 10 simulated years."""
        return self.outlook.needs[SURE.key]

    @property
    def every(self) -> Need:
        """What every visit takes, in 9 of 10 simulated years."""
        return self.outlook.needs[EVERY.key]

    @property
    def covered(self) -> str:
        """How many visits have somebody with the people who are ready now."""
        if self.ready is None:
            return NOT_SHOWN
        return f"{words.middle_of(self.outlook.covered)} of {self.visits:,}"

    @property
    def nine_of_ten(self) -> str:
        """What 9 of 10 visits take, in words."""
        return words.needed(self.likely, self.sure)

    @property
    def all_visits(self) -> str:
        """What every visit takes, in words."""
        return words.needed_for_every(self.every)

    @property
    def more(self) -> str:
        """How many more than now, in words."""
        if self.ready is None:
            return NOT_SHOWN
        return words.more(self.likely, self.sure)

    @property
    def asked(self) -> int | None:
        """How many people were asked to such visits; None where hidden."""
        answers = self.outlook.answers
        return None if self.everywhere is None and is_small(answers) else answers

    @property
    def comes(self) -> str:
        """Of 100 people who are asked, how many come; empty where hidden."""
        return "" if self.asked is None else words.middle_of(self.outlook.comes)

    @property
    def where_from(self) -> str:
        """Who could be cleared or helped, and how many have to be found and trained at least."""
        if not self.is_short or self.everywhere is None:
            return ""
        return words.where_from(self.likely, self.sure, self.one_away, self.steps)

    @property
    def is_short(self) -> bool:
        """Whether this user is told that people are missing."""
        return self.ready is not None and is_short(self.outlook)


def is_short(outlook: DirectorateOutlook) -> bool:
    """Whether more people are needed to be nearly sure of 9 of 10 visits."""
    return outlook.needs[SURE.key].more != 0


def rows_of(
    findings: Findings, names: Mapping[int, str], as_at: date, *, hides_small: bool
) -> list[Row]:
    """Every directorate with a visit to come, by name. One that is no more is left out."""
    known = [each for each in findings.outlook.directorates if each.directorate in names]
    return sorted(
        (_row(each, findings, names, as_at, hides_small) for each in known),
        key=lambda row: row.name,
    )


def _row(
    outlook: DirectorateOutlook,
    findings: Findings,
    names: Mapping[int, str],
    as_at: date,
    hides_small: bool,
) -> Row:
    name = names[outlook.directorate]
    if hides_small and is_small(outlook.ready):
        return Row(name, outlook, None, None, 0, "", "")
    steps = {} if hides_small else findings.steps.get(outlook.directorate, {})
    return Row(
        name,
        outlook,
        outlook.ready,
        None if hides_small else outlook.ready_everywhere,
        sum(steps.values()),
        in_numbers(steps),
        _by_when(outlook, findings, as_at, is_with_checks="readiness" in steps),
    )


def _by_when(
    outlook: DirectorateOutlook, findings: Findings, as_at: date, *, is_with_checks: bool
) -> str:
    if not is_short(outlook):
        return ""
    days, lead = outlook.visit_days, findings.lead
    checks = words.clear_by(days, lead, as_at) if is_with_checks else ""
    return " ".join(filter(None, (checks, words.by_when(days, lead, as_at))))


def finding(rows: Sequence[Row], *, hides_small: bool) -> str:
    """The directorate that needs most, in a sentence.

    To whom small numbers are hidden: the one that takes most people, whoever is ready there.
    """
    if not rows:
        return "No visit is planned for the next 12 months"
    if hides_small:
        return _sentence(max(rows, key=_takes))
    short = [row for row in rows if row.is_short]
    if not short:
        where = "the directorate" if len(rows) == 1 else f"all {len(rows)} directorates"
        return f"Enough people are ready for 9 of 10 visits in {where} with visits to come"
    return _sentence(max(short, key=_lacks))


def _sentence(row: Row) -> str:
    return words.takes(row.name, row.ready, row.likely, row.sure)


def _takes(row: Row) -> tuple[float, int, int]:
    return _or_most(row.sure.people), row.likely.people or 0, row.visits


def _lacks(row: Row) -> tuple[float, int, int]:
    return _or_most(row.sure.more), row.likely.more or 0, row.visits


def _or_most(number: int | None) -> float:
    return float("inf") if number is None else number


def chart(rows: Sequence[Row], title: str) -> SafeString:
    """People needed in each directorate, and those who are ready: the most needed first."""
    most_first = sorted(rows, key=_takes, reverse=True)[:SHOWN]
    return spans("needs", title, [_span(row) for row in most_first])


def _span(row: Row) -> Span:
    needed = words.between(row.likely, row.sure)
    ready = "" if row.ready is None else f", {row.ready:,} ready"
    return Span(
        label=row.name,
        low=row.likely.people or 0,
        high=row.sure.people,
        mark=row.ready,
        text=needed,
        about=f"{needed} needed{ready}",
    )


def together(findings: Findings, rows: Sequence[Row]) -> str:
    """All visits with all who are ready now, who share their time.

    Empty where a directorate is hidden: what is left of the whole would give it away.
    """
    if any(row.ready is None for row in rows):
        return ""
    outlook = findings.outlook
    people = "person is" if outlook.ready == 1 else "people are"
    return (
        f"{outlook.ready:,} {people} ready for one of these visits at least. With them, "
        f"{words.middle_of(outlook.covered)} of {outlook.visits:,} visits would have somebody."
    )
