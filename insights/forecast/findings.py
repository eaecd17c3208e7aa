"""What a forecast found, as it is kept and shown. Totals, of nobody in particular. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from insights.forecast.chances import Answers, Tally
from insights.forecast.needs import Need
from insights.forecast.outlook import DirectorateOutlook, Outlook, Range
from insights.forecast.past import Held

VERSION = 2
"""Of the kept form: a forecast kept in another one is not read, and is worked out anew."""


@dataclass(frozen=True)
class Usual:
    """How many days it took half of people; who is still on the way is counted. None: too few.

    ``people``: to how many it has happened.
    """

    days: int | None
    people: int


@dataclass(frozen=True)
class Lead:
    """How long it takes until somebody can go."""

    joining_to_ready: Usual
    joining_to_trained: Usual
    trained_to_ready: Usual
    checks: Usual


@dataclass(frozen=True)
class Findings:
    """``steps``: by directorate, how many are one step away, by the key of the rule."""

    outlook: Outlook
    held: Sequence[Held]
    steps: Mapping[int, Mapping[str, int]]
    lead: Lead
    answers: Answers
    visits_a_month: int
    rest_days: int


def as_kept(findings: Findings) -> dict[str, Any]:
    """The findings as values that JSON can hold, once days are written as text."""
    kept = asdict(findings)
    kept["steps"] = {str(key): dict(value) for key, value in findings.steps.items()}
    return {"version": VERSION, **kept}


def from_kept(kept: Mapping[str, Any]) -> Findings | None:
    """The findings; None where they were kept in another form."""
    if kept.get("version") != VERSION:
        return None
    outlook = kept["outlook"]
    return Findings(
        outlook=Outlook(
            visits=outlook["visits"],
            ready=outlook["ready"],
            covered=Range(**outlook["covered"]),
            directorates=[_directorate(each) for each in outlook["directorates"]],
        ),
        held=[_held(each) for each in kept["held"]],
        steps={int(key): value for key, value in kept["steps"].items()},
        lead=Lead(**{key: Usual(**value) for key, value in kept["lead"].items()}),
        answers=Answers(**{key: Tally(**value) for key, value in kept["answers"].items()}),
        visits_a_month=kept["visits_a_month"],
        rest_days=kept["rest_days"],
    )


def _directorate(kept: Mapping[str, Any]) -> DirectorateOutlook:
    read = DirectorateOutlook(**kept)
    return replace(
        read,
        visit_days=[date.fromisoformat(day) for day in kept["visit_days"]],
        covered=Range(**kept["covered"]),
        comes=Range(**kept["comes"]),
        needs={key: Need(**value) for key, value in kept["needs"].items()},
    )


def _held(kept: Mapping[str, Any]) -> Held:
    days = {key: date.fromisoformat(kept[key]) for key in ("on", "until")}
    return Held(**{**kept, **days, "forecast": Range(**kept["forecast"])})
