"""What the figures page shows: charts with the finding in their titles, beside their tables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from math import ceil
from typing import Any

from django.utils.safestring import SafeString

from insights.change import MOST_SHOWN, Misses, Monthly
from insights.charts import Bar, Column, Dot, bars, columns, dots
from insights.control_charts import control_chart
from insights.counting import Counts
from insights.figures import (
    ACTIVATION,
    ASSIGNED,
    CO_FACILITATED,
    COVERAGE,
    IMPACT_QUALITY,
    IMPACT_TEAM,
    IN_PERSON,
    NO_SHOWS,
    REMOTE_ONLY,
    STILL_HERE,
    TRAINED,
    AnyFigure,
    Figure,
)
from insights.numbers import Rating, Share
from insights.people import People
from insights.queries import Figures
from insights.suppression import NOT_SHOWN, shown, shown_mean, shows_share
from insights.training import FirstVisits, TrainingFigures
from nhsuk.words import in_words
from organisation.models import Service
from training.models import Session

LATEST = 12  # bars that a chart shows; its table has them all


@dataclass(frozen=True)
class Chart:
    """A chart, its finding as a heading, and the rows of its table."""

    finding: str
    svg: SafeString
    rows: Sequence["MonthRow | GroupRow | SessionRow | TrainedRow | ImpactRow"]


@dataclass(frozen=True)
class Card:
    """A figure with its value in words; ``beside``: figures that go with it."""

    figure: AnyFigure
    words: str
    range: str = ""
    beside: Sequence["Card"] = ()


@dataclass(frozen=True)
class MonthRow:
    """A month's coverage."""

    month: date
    coverage: Share


@dataclass(frozen=True)
class GroupRow:
    """Coverage of a directorate or a setting, as had and as planned for."""

    name: str
    coverage: Share
    assigned: Share


@dataclass(frozen=True)
class SessionRow:
    """A session and how many attended; None where that is hidden."""

    session: Session
    attendees: int | None


@dataclass(frozen=True)
class TrainedRow:
    """A day on which people were trained, and how many were trained by then."""

    day: date
    total: int


@dataclass(frozen=True)
class ImpactRow:
    """What one source thinks; the mean is None where hidden or without a rating."""

    figure: Figure[Counts, Rating]
    source: str
    mean: Decimal | None
    rating: Rating
    is_hidden: bool


def card(figure: AnyFigure, source: Any, *, hides_small: bool, beside: Iterable[Card] = ()) -> Card:
    """The figure as this user may see it."""
    value = shown(
        figure.value_of(source), is_about_people=figure.is_about_people, hides_small=hides_small
    )
    interval = value.range if isinstance(value, Share) else ""
    return Card(figure, NOT_SHOWN if value is None else str(value), interval, list(beside))


def coverage_cards(overall: Counts) -> list[Card]:
    """Coverage and assigned coverage; in person and from afar apart where there is any."""
    apart = (IN_PERSON, REMOTE_ONLY) if overall.remote_only.numerator else ()
    beside = [card(figure, overall, hides_small=False) for figure in apart]
    return [
        card(COVERAGE, overall, hides_small=False, beside=beside),
        card(ASSIGNED, overall, hides_small=False),
    ]


def people_cards(people: People, *, hides_small: bool) -> list[Card]:
    """Trained, with how many are still here; and who has been on a review."""
    here = card(STILL_HERE, people, hides_small=hides_small)
    return [
        card(TRAINED, people, hides_small=hides_small, beside=[here]),
        card(ACTIVATION, people, hides_small=hides_small),
    ]


def training_cards(training: TrainingFigures, *, hides_small: bool) -> list[Card]:
    """Who did not come, and who led."""
    return [
        card(figure, training, hides_small=hides_small) for figure in (NO_SHOWS, CO_FACILITATED)
    ]


def month_chart(figures: Figures) -> Chart:
    """Completed reviews by month, with and without an LXR."""
    share = figures.overall.coverage
    if not share.denominator:
        finding = "No completed review in this period"
    elif not share.rest:
        finding = f"All {share.denominator:,} completed reviews had a Lived Experience Reviewer"
        if share.denominator == 1:
            finding = "The one completed review had a Lived Experience Reviewer"
    else:
        finding = (
            f"{share.numerator:,} of {share.denominator:,} completed reviews had a Lived "
            f"Experience Reviewer; {share.rest:,} did not"
        )
    rows = [MonthRow(month, counts.coverage) for month, counts in figures.by_month]
    marks = [Column(row.month, row.coverage) for row in rows]
    return Chart(finding, columns("months", finding, marks, "With an LXR", "Without"), rows)


def directorate_chart(rows: list[GroupRow]) -> Chart:
    """Coverage of each directorate, with its interval."""
    finding = _lowest(rows)
    svg = dots("directorates", finding, [Dot(row.name, row.coverage) for row in rows])
    return Chart(finding, svg, rows)


def directorate_rows(figures: Figures) -> list[GroupRow]:
    """Every directorate in the order of its name."""
    return [_group(each.name, counts) for each, counts in figures.by_directorate]


def setting_rows(figures: Figures) -> list[GroupRow]:
    """Every setting, from the easiest to reach to the hardest."""
    return [
        _group(str(Service.Setting(setting).label), counts)
        for setting, counts in figures.by_setting
    ]


def _group(name: str, counts: Counts) -> GroupRow:
    return GroupRow(name, COVERAGE.value_of(counts), ASSIGNED.value_of(counts))


def _lowest(rows: list[GroupRow]) -> str:
    reviewed = [row for row in rows if row.coverage.denominator]
    if not reviewed:
        return "No completed review in this period"
    if not any(row.coverage.rest for row in reviewed):
        return "Every completed review had a Lived Experience Reviewer"
    least = min(Decimal(row.coverage.numerator) / row.coverage.denominator for row in reviewed)
    lowest = [
        row
        for row in reviewed
        if Decimal(row.coverage.numerator) / row.coverage.denominator == least
    ]
    if len(lowest) > 2:
        return f"Coverage is lowest in {len(lowest)} directorates, at {lowest[0].coverage.percent}%"
    said = in_words(
        [
            f"{row.name} ({row.coverage.numerator:,} of {row.coverage.denominator:,})"
            for row in lowest
        ]
    )
    return f"Coverage is lowest in {said}"


def session_rows(sessions: Sequence[Any], hidden: set[int]) -> list[SessionRow]:
    """Sessions annotated with ``attendees``, those that are hidden left out."""
    return [SessionRow(each, None if each.pk in hidden else each.attendees) for each in sessions]


def session_chart(sessions: Sequence[Session], hidden: set[int]) -> Chart:
    """Attendees of each session, the earliest first."""
    rows = session_rows(sessions, hidden)
    known = [row.attendees for row in rows if row.attendees is not None]
    finding = "No session yet"
    if known and len(known) == len(rows):
        average = Decimal(sum(known)) / len(known)
        finding = f"{sum(known):,} attended {len(known)} sessions, {average:.1f} at each on average"
        if len(known) == 1:
            finding = f"{known[0]} attended the one session"
    elif rows:
        finding = "Attendees of each session; small numbers are not shown"
    marks = [
        Bar(
            f"{row.session.code}, {row.session.held_on.day} {row.session.held_on:%b %Y}"
            f"{' (pilot)' if row.session.kind == Session.Kind.PILOT else ''}",
            row.attendees,
            NOT_SHOWN if row.attendees is None else f"{row.attendees:,}",
        )
        for row in rows
    ]
    return Chart(finding, bars("sessions", finding, marks, max([*known, 1])), rows)


def trained_chart(steps: Sequence[tuple[date, int]]) -> Chart:
    """How many were trained by each day."""
    finding = "Nobody is trained yet"
    if steps:
        _, most = steps[-1]
        people = "person has" if most == 1 else "people have"
        finding = f"{most:,} {people} been trained since {steps[0][0]:%B %Y}"
    rows = [TrainedRow(day, total) for day, total in steps]
    marks = [Bar(f"{row.day:%-d %B %Y}", row.total, f"{row.total:,}") for row in rows[-LATEST:]]
    most = max([row.total for row in rows] + [1])
    return Chart(finding, bars("trained", finding, marks, most), rows)


def first_visit_finding(first: FirstVisits, *, hides_small: bool) -> str:
    """What the days to a first visit say, with those who wait counted."""
    if not first.been.denominator:
        return "Nobody is trained yet."
    if hides_small and not shows_share(first.been):
        return "Small numbers are not shown."
    if first.days is None:
        return f"Fewer than half of trained people have been on a visit: {first.been.counted}."
    return (
        f"Half of trained people had been on a visit {first.days:,} days after their training. "
        "This counts those who still wait for as long as they have waited."
    )


def misses_svg(misses: Misses) -> SafeString:
    """Covered reviews between misses, the latest runs."""
    latest = replace(misses.chart, points=misses.chart.points[-MOST_SHOWN:])
    labels = [f"{run.ended_on:%b %y}" for run in misses.runs[-MOST_SHOWN:]]
    reach = [*(run.covered for run in misses.runs), misses.upper or 0]
    most = 2 * ceil(max(*reach, 1) / 2)
    return control_chart("misses", misses.finding, labels, latest, most=most)


def monthly_svg(monthly: Monthly) -> SafeString:
    """Coverage by month in percent, with its limits."""
    labels = [f"{month.month:%b %y}" for month in monthly.months]
    return control_chart("monthly", monthly.finding, labels, monthly.chart, most=100, unit="%")


def impact_chart(overall: Counts, *, hides_small: bool) -> Chart:
    """What the reviewed services and the quality team think."""
    rows = [
        ImpactRow(figure, source, mean, rating, hides_small and mean is None and rating.n > 0)
        for figure, source in ((IMPACT_TEAM, "Reviewed services"), (IMPACT_QUALITY, "Quality team"))
        for rating in [figure.value_of(overall)]
        for mean in [shown_mean(rating, hides_small=hides_small)]
    ]
    team, quality = rows
    if team.mean is None and quality.mean is None:
        finding = "No ratings to show for this period"
    else:
        said = [
            f"{words} rated it {row.mean} out of 10"
            for words, row in (("reviewed services", team), ("the quality team", quality))
            if row.mean is not None
        ]
        finding = in_words(said)
        finding = finding[0].upper() + finding[1:]
    marks = [Bar(row.source, row.mean, _rated(row)) for row in rows]
    return Chart(finding, bars("impact", finding, marks, 10), rows)


def _rated(row: ImpactRow) -> str:
    if row.is_hidden:
        return NOT_SHOWN
    return "none yet" if row.mean is None else f"{row.mean} of 10"
