"""What the coming year looks like, for each directorate and for all together. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from insights.forecast.chances import Answers, Cell, Chances, draw, share_of_its_own
from insights.forecast.needs import GOALS, Need, Trial
from insights.forecast.simulation import Person, Visit, simulate

FUTURES = 500
SEED = 36  # any number; the same, so that the same programme has the same forecast
LOW, HIGH = 0.05, 0.95
PER_CENT = 100


@dataclass(frozen=True)
class Range:
    """A number as it is in the middle of all futures; 9 of 10 lie from ``low`` to ``high``."""

    low: int
    middle: int
    high: int

    @classmethod
    def of(cls, numbers: npt.NDArray[np.int64]) -> "Range":
        """The range of one number for each future."""
        found = np.quantile(numbers, (LOW, 0.5, HIGH), method="inverted_cdf")
        return cls(*(int(each) for each in found))

    def __contains__(self, number: int) -> bool:
        return self.low <= number <= self.high


@dataclass(frozen=True)
class Programme:
    """What the forecast is made from: totals, and people as nobody in particular.

    ``people`` are ready now; ``visits_a_month``: how many visits those who join want.
    """

    answers: Mapping[Cell, Answers]
    visits: Sequence[Visit]
    people: Sequence[Person]
    visits_a_month: int
    rest_days: int = 0


@dataclass(frozen=True)
class DirectorateOutlook:
    """One directorate. ``covered``: with those who are ready now, as if they went here alone.

    ``ready``: for one of its coming visits at least; ``ready_everywhere``: for all of them.
    ``comes``: of 100 people asked, how many come. ``answers``: how many were asked here;
    ``own``: how much of the chances rests on them, in per cent.
    """

    directorate: int
    visit_days: Sequence[date]
    ready: int
    ready_everywhere: int
    covered: Range
    comes: Range
    answers: int
    own: int
    needs: Mapping[str, Need]


@dataclass(frozen=True)
class Outlook:
    """The whole programme, and each directorate with a visit to come.

    ``covered``: all visits, by people who share their time between directorates.
    """

    visits: int
    ready: int
    covered: Range
    directorates: Sequence[DirectorateOutlook]


def look_ahead(
    programme: Programme, *, progress: Callable[[int, int], None] = lambda done, of: None
) -> Outlook:
    """The outlook; the same programme, the same outlook. ``progress``: so many done, of so many."""
    cells = sorted({visit.cell for visit in programme.visits})
    chances = draw(programme.answers, cells, count=FUTURES, seed=SEED)
    everybody = simulate(
        programme.visits, programme.people, chances, seed=SEED, rest_days=programme.rest_days
    )
    own = _own(programme.answers, cells)
    ids = sorted({visit.directorate for visit in programme.visits})
    found = []
    for done, directorate in enumerate(ids):
        progress(done, len(ids))
        found.append(_one(programme, directorate, chances, own))
    return Outlook(
        visits=len(programme.visits),
        ready=len(_ready(programme.people, programme.visits)),
        covered=Range.of(everybody.sum(axis=0)),
        directorates=found,
    )


def _one(
    programme: Programme, directorate: int, chances: Chances, own: Mapping[Cell, float]
) -> DirectorateOutlook:
    visits = [visit for visit in programme.visits if visit.directorate == directorate]
    services = {visit.service for visit in visits}
    cells = {visit.cell for visit in visits}
    ready = _ready(programme.people, visits)
    trial = Trial(
        visits,
        ready,
        chances,
        visits_a_month=programme.visits_a_month,
        seed=SEED,
        rest_days=programme.rest_days,
    )
    comes = np.mean([chances.asked_and_came(visit.cell) for visit in visits], axis=0)
    return DirectorateOutlook(
        directorate=directorate,
        visit_days=sorted(visit.day for visit in visits),
        ready=len(ready),
        ready_everywhere=sum(
            person.services is None or services <= person.services for person in ready
        ),
        covered=Range.of(trial.covered(0)),
        comes=Range.of(np.rint(comes * PER_CENT).astype(np.int64)),
        answers=sum(programme.answers.get(cell, Answers()).said_yes.of for cell in cells),
        own=round(PER_CENT * min(own[cell] for cell in cells)),
        needs={goal.key: trial.need(goal) for goal in GOALS},
    )


def _ready(people: Sequence[Person], visits: Sequence[Visit]) -> list[Person]:
    """Those who may go on one of the visits at least."""
    services = {visit.service for visit in visits}
    return [one for one in people if one.services is None or services & one.services]


def _own(answers: Mapping[Cell, Answers], cells: Sequence[Cell]) -> dict[Cell, float]:
    """How much of each cell's chance of a yes rests on its own answers."""
    every = sorted({*cells, *answers})
    shares = share_of_its_own([answers.get(cell, Answers()).said_yes for cell in every])
    return dict(zip(every, shares, strict=True))
