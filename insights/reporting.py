"""All figures of exactly these days, as plain values: what the ``figures`` command prints."""

from collections.abc import Iterable, Iterator
from typing import Any

from insights.counting import Counts, missed_by_reason
from insights.figures import (
    ACTIVATION,
    ATTENDEES,
    COVERAGE,
    FIGURES,
    IMPACT_QUALITY,
    IMPACT_TEAM,
    IN_PERSON,
    PEOPLE_FIGURES,
    REMOTE_ONLY,
    RESPONSE_QUALITY,
    RESPONSE_TEAM,
    REVIEW_FIGURES,
    AnyFigure,
)
from insights.numbers import Value
from insights.people import People, count_people, sessions_with_attendees
from insights.periods import Period
from insights.queries import ALL, Chosen, Figures, count_figures
from organisation.models import Service


def valued(counts: Counts, people: People) -> Iterator[tuple[AnyFigure, Value]]:
    """Every figure of reviews and of people, with its value."""
    yield from ((figure, figure.value_of(counts)) for figure in REVIEW_FIGURES)
    yield from ((figure, figure.value_of(people)) for figure in PEOPLE_FIGURES)


def report(period: Period, chosen: Chosen = ALL) -> dict[str, Any]:
    """The figures as JSON values. Coverage and impact over the period; people as at its end.

    What is chosen narrows coverage and impact; people are of the whole programme.
    """
    figures = count_figures(period, chosen)
    values = {
        figure.key: value.as_json()
        for figure, value in valued(figures.overall, count_people(period.until))
    }
    return {
        "as_at": period.until.isoformat(),
        "since": period.since.isoformat(),
        "directorate": chosen.directorate and chosen.directorate.name,
        "setting": chosen.setting or None,
        **values,
        "completed_a_review_after_training": values[ACTIVATION.key],
        "impact": {"team": values[IMPACT_TEAM.key], "quality": values[IMPACT_QUALITY.key]},
        "impact_response": {
            "team": values[RESPONSE_TEAM.key],
            "quality": values[RESPONSE_QUALITY.key],
        },
        "attendees_per_session": {
            each.code: ATTENDEES.value_of(each.attendees).as_json() for each in _sessions(period)
        },
        "impact_by_directorate": {
            each.name: {
                "team": IMPACT_TEAM.value_of(counts).as_json(),
                "quality": IMPACT_QUALITY.value_of(counts).as_json(),
            }
            for each, counts in figures.by_directorate
        },
        "coverage_by_directorate": {
            each.name: COVERAGE.value_of(counts).as_json()
            for each, counts in figures.by_directorate
        },
        "coverage_by_setting": {
            setting: COVERAGE.value_of(counts).as_json() for setting, counts in figures.by_setting
        },
        "coverage_by_month": {
            f"{month:%Y-%m}": COVERAGE.value_of(counts).as_json()
            for month, counts in figures.by_month
        },
        "missed_by_reason": {
            str(reason): number for reason, number in missed_by_reason(figures.overall).items()
        },
        "definitions": {figure.key: figure.version for figure in FIGURES},
    }


def as_text(period: Period, chosen: Chosen = ALL) -> str:
    """The same for people to read."""
    figures = count_figures(period, chosen)
    overall = figures.overall
    of = f", {chosen.words}" if chosen.words else ""
    lines = [f"Figures from {period.since} to {period.until}{of}"]
    for figure, value in valued(overall, count_people(period.until)):
        if figure in {IN_PERSON, REMOTE_ONLY} and not overall.remote_only.numerator:
            continue
        lines.append(f"{figure.name}: {value}")
        if figure is COVERAGE:
            lines += _groups(figures)
    lines += [
        f"{ATTENDEES.name}:",
        *(f"  {each.code} ({each.held_on}): {each.attendees}" for each in _sessions(period)),
    ]
    return "\n".join(lines)


def _groups(figures: Figures) -> Iterator[str]:
    for each, counts in figures.by_directorate:
        yield f"  {each.name}: {COVERAGE.value_of(counts)}"
    for setting, counts in figures.by_setting:
        yield f"  {Service.Setting(setting).label}: {COVERAGE.value_of(counts)}"


def _sessions(period: Period) -> Iterable[Any]:
    return sessions_with_attendees(period.until).order_by("held_on", "pk")
