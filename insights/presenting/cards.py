"""Figures as cards: the name, the value large, the sentence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from insights.counting import Counts
from insights.figures import (
    ACTIVATION,
    ASSIGNED,
    CO_FACILITATED,
    COVERAGE,
    IN_PERSON,
    NO_SHOWS,
    REMOTE_ONLY,
    STILL_HERE,
    TRAINED,
    AnyFigure,
)
from insights.numbers import Share
from insights.people import People
from insights.suppression import NOT_SHOWN, shown
from insights.training import TrainingFigures


@dataclass(frozen=True)
class Card:
    """A figure with its value in words; ``beside``: figures that go with it."""

    figure: AnyFigure
    words: str
    range: str = ""
    beside: Sequence["Card"] = ()


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
