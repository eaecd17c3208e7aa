"""How wrong would it have been? Forecasts made from earlier days only, beside what happened. Pure.

Each cut takes the programme as it was on a day, forecasts the visits of the months after, and
counts how many of those were covered. Cuts whose months overlap are not independent of each other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from insights.forecast.chances import Answers, Cell, draw, total
from insights.forecast.outlook import SEED, Range
from insights.forecast.simulation import Person, Visit, simulate

FUTURES = 500
FEWEST_ANSWERS = 5
FEWEST_VISITS = 3


@dataclass(frozen=True)
class Cut:
    """What was known by the day, and the visits from it to ``until``, each covered or not."""

    on: date
    until: date
    answers: Mapping[Cell, Answers]
    people: Sequence[Person]
    visits: Sequence[Visit]
    covered: Sequence[bool]
    rest_days: int = 0

    @property
    def says_something(self) -> bool:
        """Whether enough people had been asked, and enough visits followed."""
        asked = total(self.answers).said_yes.of
        return asked >= FEWEST_ANSWERS and len(self.visits) >= FEWEST_VISITS


@dataclass(frozen=True)
class Held:
    """A forecast beside what happened; ``within``: in how many directorates it was in its range."""

    on: date
    until: date
    visits: int
    forecast: Range
    happened: int
    directorates: int
    within: int

    @property
    def is_within(self) -> bool:
        """Whether what happened lies in the range."""
        return self.happened in self.forecast


def hold_out(cuts: Sequence[Cut]) -> list[Held]:
    """Each cut that says something, forecast and held against what happened."""
    return [_held(cut) for cut in cuts if cut.says_something]


def _held(cut: Cut) -> Held:
    chances = draw(cut.answers, [visit.cell for visit in cut.visits], count=FUTURES, seed=SEED)
    simulated = simulate(cut.visits, cut.people, chances, seed=SEED, rest_days=cut.rest_days)
    owners = np.array([visit.directorate for visit in cut.visits])
    happened = np.array(cut.covered, dtype=np.bool_)
    directorates = sorted(set(owners.tolist()))
    return Held(
        on=cut.on,
        until=cut.until,
        visits=len(cut.visits),
        forecast=Range.of(simulated.sum(axis=0)),
        happened=int(happened.sum()),
        directorates=len(directorates),
        within=sum(
            int(happened[owners == each].sum()) in Range.of(simulated[owners == each].sum(axis=0))
            for each in directorates
        ),
    )
