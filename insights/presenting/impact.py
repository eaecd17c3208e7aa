"""What difference it made: mean ratings, and how many gave each."""

from collections.abc import Mapping, Sequence

from insights.charts import Bar, bars
from insights.counting import Counts
from insights.figures import IMPACT_QUALITY, IMPACT_TEAM, AnyFigure
from insights.numbers import Rating
from insights.periods import Period
from insights.presenting.charted import Chart
from insights.queries import Figures
from insights.steps import Step, together
from insights.suppression import NOT_SHOWN
from insights.tables import HIDDEN, Column, Means, Number, Shares, Table
from nhsuk.words import in_words

IN_STEPS = (
    "So that nobody’s rating can be worked out, ratings are shown of the whole programme, in steps "
    "of months with at least 5 of them, where a step lies within the months asked for."
)
SOURCES = {IMPACT_TEAM: "Reviewed services", IMPACT_QUALITY: "Quality team"}


def impact_chart(overall: Counts) -> Chart:
    """The mean of what the reviewed services and the quality team think."""
    return _chart(overall, {figure: figure.value_of(overall) for figure in SOURCES})


def stepped_impact_chart(overall: Counts, steps: Mapping[AnyFigure, Sequence[Step]]) -> Chart:
    """The same in the steps that lie within what was asked for; hidden where there is none."""
    found: dict[AnyFigure, Rating | None] = {}
    said = []
    for figure, source in SOURCES.items():
        of_figure = list(steps[figure])
        found[figure] = together(of_figure) if of_figure else None
        if not figure.value_of(overall).n:
            found[figure] = figure.value_of(Counts())
        elif of_figure:
            said.append(f"{source}: {Period(of_figure[0].since, of_figure[-1].until)}.")
    return _chart(overall, found, " ".join([IN_STEPS, *said]))


def _chart(overall: Counts, found: Mapping[AnyFigure, Rating | None], note: str = "") -> Chart:
    rows, marks, said = [], [], []
    for figure, source in SOURCES.items():
        value, of_all = found[figure], figure.value_of(overall)
        shown = HIDDEN if value is None else value
        counted = value if value and value.n else of_all  # of the same months as the mean
        rows.append((source, shown, counted.n, counted.response))
        marks.append(Bar(source, value.number if value else None, _rated(value)))
        if value is not None and value.number is not None:
            said.append(f"{_subject(source)} rated it {value.number} out of 10")
    finding = in_words(said) or "there are no ratings to show"
    finding = finding[0].upper() + finding[1:]
    table = Table(
        "impact",
        "Impact by source",
        (
            Column("Source"),
            Means("Mean", empty="none yet"),
            Number("Ratings (n)"),
            Shares(
                "Answers received of those asked for", part="received", whole="asked for",
                empty="none yet",
            ),
        ),
        rows,
    )  # fmt: skip
    return Chart(finding, bars("impact", finding, marks, 10), table, note)


def directorates_table(figures: Figures) -> Table:
    """The same of each directorate, side by side."""
    rows = [
        (each.name, *(figure.value_of(counts) for figure in SOURCES))
        for each, counts in figures.by_directorate
    ]
    means = (Means(source, empty="none yet", with_n=True) for source in SOURCES.values())
    columns = (Column("Directorate"), *means)
    return Table("impact-by-directorate", "Impact by directorate: mean ratings", columns, rows)


def _subject(source: str) -> str:
    return "reviewed services" if source == SOURCES[IMPACT_TEAM] else "the quality team"


def _rated(value: Rating | None) -> str:
    if value is None:
        return NOT_SHOWN
    return "none yet" if value.mean is None else f"{value.mean} of 10"
