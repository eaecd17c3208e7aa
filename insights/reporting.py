"""All figures of exactly these days, as plain values: what the ``figures`` command prints."""

from typing import Any

from insights.figures import FIGURES
from insights.numbers import Rating, Share
from insights.people import count_people, sessions_with_attendees
from insights.periods import Period
from insights.queries import count_figures


def report(period: Period) -> dict[str, Any]:
    """The figures as JSON values. Coverage and impact over the period; people as at its end."""
    figures = count_figures(period)
    people = count_people(period.until)
    overall = figures.overall
    sessions = sessions_with_attendees(period.until).order_by("held_on", "pk")
    return {
        "as_at": period.until.isoformat(),
        "since": period.since.isoformat(),
        "trained": people.trained,
        "trained_and_still_here": people.still_here,
        "attendees_per_session": {each.code: each.attendees for each in sessions},
        "completed_a_review_after_training": _share(people.activation),
        "coverage": _share(overall.coverage),
        "coverage_in_person": _share(overall.in_person),
        "coverage_remote_only": _share(overall.remote_only),
        "assigned_coverage": _share(overall.assigned_coverage),
        "coverage_by_directorate": {
            directorate.name: _share(counts.coverage)
            for directorate, counts in figures.by_directorate
        },
        "coverage_by_month": {
            f"{month:%Y-%m}": _share(counts.coverage) for month, counts in figures.by_month
        },
        "impact": {"team": _rating(overall.team), "quality": _rating(overall.quality)},
        "impact_response": {
            "team": _share(overall.team.response),
            "quality": _share(overall.quality.response),
        },
        "definitions": {figure.key: figure.version for figure in FIGURES},
    }


def _share(share: Share) -> dict[str, Any]:
    percent = share.percent
    return {
        "numerator": share.numerator,
        "denominator": share.denominator,
        "percent": None if percent is None else float(percent),
    }


def _rating(rating: Rating) -> dict[str, Any]:
    return {"mean": None if rating.mean is None else float(rating.mean), "n": rating.n}


def as_text(period: Period) -> str:
    """The same for people to read."""
    figures = count_figures(period)
    people = count_people(period.until)
    overall = figures.overall
    lines = [
        f"Figures from {period.since} to {period.until}",
        "",
        f"Coverage: {overall.coverage}",
        *_remote(overall.remote_only, overall.in_person),
        *(f"  {each.name}: {counts.coverage}" for each, counts in figures.by_directorate),
        f"Assigned coverage: {overall.assigned_coverage}",
        "",
        f"Trained: {people.trained}",
        f"Trained and still here: {people.still_here}",
        f"Trained and been on a review: {people.activation}",
        "Attendees per session:",
        *(
            f"  {each.code} ({each.held_on}): {each.attendees}"
            for each in sessions_with_attendees(period.until).order_by("held_on", "pk")
        ),
        "",
        f"Impact, reviewed services: {overall.team}; answers: {overall.team.response}",
        f"Impact, quality team: {overall.quality}; answers: {overall.quality.response}",
    ]
    return "\n".join(lines)


def _remote(remote: Share, in_person: Share) -> list[str]:
    if not remote.numerator:
        return []
    return [f"  in person: {in_person}", f"  remotely only: {remote}"]
