"""From an enquiry to a first review, as a chart. Who may not see small numbers sees no waiting."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from insights.charts import Bar, bars
from insights.figures import STEPS_TAKEN
from insights.funnel import STEPS, Step
from insights.presenting.charted import Chart
from insights.suppression import NOT_SHOWN, shows_share
from insights.tables import HIDDEN, Column, Number, Shares, Table


@dataclass(frozen=True)
class Funnel:
    """The steps as this user may see them."""

    steps: Sequence[Step]
    hides_small: bool

    @property
    def everybody(self) -> int:
        """Who ever enquired."""
        return self.steps[0].came.denominator

    def shows(self, index: int) -> bool:
        """Whether a step may be shown: neither it nor what is lost on the way to it is small."""
        return not self.hides_small or all(
            shows_share(each.came) for each in self.steps[: index + 1]
        )

    @property
    def finding(self) -> str:
        """How many got to the end, and the step that takes longest."""
        if not self.everybody:
            return "Nobody has enquired yet"
        if not self.shows(len(self.steps) - 1):
            return "From an enquiry to a first review; small numbers are not shown"
        been = self.steps[-1].came.numerator
        said = f"{been:,} of {self.everybody:,} who enquired have been on a review"
        timed = [step for step in self.steps if step.days is not None]
        if not timed:
            return said
        slowest = max(timed, key=lambda step: step.days or 0)
        before = STEPS[STEPS.index(slowest.name) - 1].lower()
        step = f"from {before} to {slowest.name.lower()}, {slowest.days:,} days"
        return f"{said}; the longest step is {step}"

    def chart(self) -> Chart:
        """A bar for each step."""
        # With the first step hidden, who enquired would give it away beside who is trained.
        marks = [self._bar(STEPS[0], self.everybody, "", shows=self.shows(0))]
        for index, step in enumerate(self.steps):
            days = "" if step.days is None else f", half within {step.days:,} days"
            marks.append(self._bar(step.name, step.came.numerator, days, shows=self.shows(index)))
        note = (
            "Days: by then half of those who reached the step before had reached this one. Who "
            "still waits counts for as long as they have waited."
        )
        svg = bars("funnel", self.finding, marks, max(self.everybody, 1))
        return Chart(self.finding, svg, self.table(), note)

    def _bar(self, name: str, number: int, days: str, *, shows: bool) -> Bar:
        return Bar(name, number if shows else None, f"{number:,}{days}" if shows else NOT_SHOWN)

    def table(self) -> Table:
        """A row a step. Waiting and left are for the team alone."""
        columns: list[Column] = [
            Column("Step"),
            Shares("Reached it", part=STEPS_TAKEN.numerator, whole=STEPS_TAKEN.denominator),
            Number("Days by which half had", empty="not yet"),
        ]
        if not self.hides_small:
            columns += [
                Number("Still waiting for it"),
                Number("Left before it"),
                Number("Reached it, days not known"),
            ]
        return Table(
            "activation-funnel",
            "From an enquiry to a first review",
            columns,
            [self._row(index, step) for index, step in enumerate(self.steps)],
        )

    def _row(self, index: int, step: Step) -> list[Any]:
        if not self.shows(index):
            return [step.name, HIDDEN, HIDDEN]
        row = [step.name, STEPS_TAKEN.value_of(step), step.days]
        return row if self.hides_small else [*row, step.waiting, step.left, step.undated]
