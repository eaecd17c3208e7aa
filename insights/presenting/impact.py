"""What difference it made: mean ratings, and how many gave each."""

from collections.abc import Collection, Mapping

from insights.charts import Bar, bars
from insights.counting import Counts
from insights.figures import IMPACT_QUALITY, IMPACT_TEAM, AnyFigure
from insights.numbers import Rating
from insights.presenting.charted import Chart
from insights.queries import Figures
from insights.suppression import NOT_SHOWN
from insights.tables import HIDDEN, Column, Means, Number, Shares, Table
from nhsuk.words import in_words

SOURCES = {IMPACT_TEAM: "Reviewed services", IMPACT_QUALITY: "Quality team"}


def impact_chart(overall: Counts, hidden: Collection[AnyFigure] = ()) -> Chart:
    """The mean of what the reviewed services and the quality team think, ``hidden`` ones not."""
    rows, marks, said = [], [], []
    for figure, source in SOURCES.items():
        rating = figure.value_of(overall)
        value = None if figure in hidden else rating
        rows.append((source, HIDDEN if value is None else rating, rating.n, rating.response))
        marks.append(Bar(source, value.number if value else None, _rated(value)))
        if value is not None and value.number is not None:
            said.append(f"{_subject(source)} rated it {value.number} out of 10")
    finding = in_words(said) or "no ratings to show for this period"
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
    return Chart(finding, bars("impact", finding, marks, 10), table)


def directorates_table(figures: Figures, hidden: Mapping[AnyFigure, Collection[int]]) -> Table:
    """The same of each directorate, side by side; ``hidden`` has the ids of those not shown."""
    rows = [
        (
            each.name,
            *(
                HIDDEN if each.pk in hidden.get(figure, ()) else figure.value_of(counts)
                for figure in SOURCES
            ),
        )
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
