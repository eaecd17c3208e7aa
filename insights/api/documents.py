"""What each address answers, as JSON values. Field names are promised in ``openapi.yaml``.

Counts of reviews are told by month and directorate; ratings of the whole programme in steps of
months, so that no two answers give away, by what they differ in, what few people rated.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q

from insights.api.asked import Asked
from insights.counting import Counts, told_by_reason, total
from insights.figures import (
    ACTIVATION,
    ASSIGNED,
    ATTENDEES,
    COVERAGE,
    IMPACT_QUALITY,
    IMPACT_TEAM,
    MISSED,
    STILL_HERE,
    TRAINED,
    AnyFigure,
    Figure,
)
from insights.numbers import Rating, Share
from insights.people import sessions_with_attendees
from insights.queries import counts_by_month_so_far, hidden_session_ids, people_as_at
from insights.steps import Step, steps_of, together, within
from insights.stored import Month, stored_counts
from insights.suppression import shown_people
from organisation.models import Directorate

SHARES: tuple[Figure[Counts, Share], ...] = (COVERAGE, ASSIGNED)
RATINGS: tuple[Figure[Counts, Rating], ...] = (IMPACT_TEAM, IMPACT_QUALITY)
PEOPLE = (TRAINED, STILL_HERE, ACTIVATION)


def coverage(asked: Asked, directorates: Iterable[Directorate], today: date) -> dict[str, Any]:
    """Coverage and assigned coverage by month and directorate: counts of reviews, all shown."""
    names = {each.pk: each.name for each in directorates}
    cells = _together(_stored(asked.period.since, asked.period.until), asked.setting)
    rows = [
        {**_of(figure), **_at(cell, names), **_share(figure.value_of(cells[cell]))}
        for cell in sorted(cells)
        if _is_asked(cell, asked)
        for figure in SHARES
    ]
    return _document(asked, today, SHARES, rows=rows)


def misses(asked: Asked, directorates: Iterable[Directorate], today: date) -> dict[str, Any]:
    """Why no LXR took part, by month and directorate: a row for each reason that there was."""
    names = {each.pk: each.name for each in directorates}
    cells = _together(_stored(asked.period.since, asked.period.until), asked.setting)
    rows = [
        {**_of(MISSED), **_at(cell, names), "reason": reason.value, "reviews": number}
        for cell in sorted(cells)
        if _is_asked(cell, asked)
        for reason, number in told_by_reason(cells[cell], hides_checks=True).items()
        if number
    ]
    return _document(asked, today, (MISSED,), rows=rows)


def impact(asked: Asked, directorates: Iterable[Directorate], today: date) -> dict[str, Any]:
    """Mean ratings of the whole programme in steps of months, and of those steps together.

    A step has at least 5 ratings, and is the same whatever is asked for: see ``insights.steps``.
    """
    by_month = counts_by_month_so_far(today)
    rows, whole = [], []
    for figure in RATINGS:
        steps = within(steps_of(figure, by_month), asked.period)
        rows += [{**_of(figure), **_rating([each])} for each in steps]
        whole.append({**_of(figure), **_rating(steps)})
    return _document(asked, today, RATINGS, rows=rows, whole=whole)


def training(asked: Asked, directorates: Iterable[Directorate], today: date) -> dict[str, Any]:
    """People as at today, and the attendees of each session of the months that were asked for.

    People are of no directorate. Their numbers are those of one day alone: two days' would give
    away the difference.
    """
    people = people_as_at(today)
    shown = shown_people(people, hides_small=True)
    rows = [
        {**_of(TRAINED), "people": shown.trained, "of": None, "value": None,
         "is_hidden": shown.trained is None},
        {**_of(STILL_HERE), **_people(shown.here)},
        {**_of(ACTIVATION), **_people(shown.activation)},
    ]  # fmt: skip
    hidden = hidden_session_ids(today)
    held = sessions_with_attendees(today).filter(held_on__gte=asked.period.since)
    sessions = [
        {
            "session": each.code,
            "kind": each.kind,
            "held_on": each.held_on.isoformat(),
            "attendees": None if each.pk in hidden else each.attendees,
            "is_hidden": each.pk in hidden,
        }
        for each in held.filter(held_on__lte=asked.period.until).order_by("held_on", "pk")
    ]
    return _document(asked, today, (*PEOPLE, ATTENDEES), rows=rows, sessions=sessions)


def _document(
    asked: Asked, today: date, figures: Iterable[AnyFigure], **rows: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "as_at": today.isoformat(),
        "since": f"{asked.period.since:%Y-%m}",
        "until": f"{asked.period.until:%Y-%m}",
        "definitions": [
            {
                **_of(figure),
                "name": figure.name,
                "sentence": figure.sentence,
                "numerator": figure.numerator,
                "denominator": figure.denominator or None,
                "rule": figure.rule,
            }
            for figure in figures
        ],
        **rows,
    }


def _stored(first: date, last: date) -> dict[Month, dict[str, Counts]]:
    """The settings of each month and directorate. One query."""
    found: dict[Month, dict[str, Counts]] = {}
    within = Q(month__gte=first, month__lte=last)
    for (month, directorate, setting), counts in stored_counts(within).items():
        found.setdefault((month, directorate), {})[setting] = counts
    return found


def _together(stored: dict[Month, dict[str, Counts]], setting: str = "") -> dict[Month, Counts]:
    """One setting, or all of them added up."""
    if setting:
        return {cell: parts[setting] for cell, parts in stored.items() if setting in parts}
    return {cell: total(parts.values()) for cell, parts in stored.items()}


def _is_asked(cell: Month, asked: Asked) -> bool:
    month, directorate = cell
    is_theirs = asked.directorate is None or asked.directorate.pk == directorate
    return is_theirs and asked.period.since <= month <= asked.period.until


def _of(figure: AnyFigure) -> dict[str, Any]:
    return {"figure": figure.key, "version": figure.version}


def _at(cell: Month, names: dict[int, str]) -> dict[str, Any]:
    month, directorate = cell
    return {
        "month": month.isoformat(),
        "directorate_id": directorate,
        "directorate": names[directorate],
    }


def _share(share: Share) -> dict[str, Any]:
    return {
        "numerator": share.numerator,
        "denominator": share.denominator,
        "value": None if share.percent is None else float(share.percent),
    }


def _rating(steps: list[Step]) -> dict[str, Any]:
    rating = together(steps)
    return {
        "since": steps[0].since.isoformat() if steps else None,
        "until": steps[-1].until.isoformat() if steps else None,
        "value": None if rating.mean is None else float(rating.mean),
        "ratings": rating.n,
        "asked": rating.asked,
        "received": rating.received,
    }


def _people(share: Share | None) -> dict[str, Any]:
    if share is None:
        return {"people": None, "of": None, "value": None, "is_hidden": True}
    value = None if share.percent is None else float(share.percent)
    return {"people": share.numerator, "of": share.denominator, "value": value, "is_hidden": False}
