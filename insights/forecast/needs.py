"""How many ready people it takes: the smallest number that reaches a goal. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil

import numpy as np
import numpy.typing as npt

from insights.forecast.chances import Chances
from insights.forecast.simulation import Person, Visit, simulate, with_nobody_lacking

Counted = npt.NDArray[np.int64]

MOST = 64  # people that are looked at for one directorate
MOST_EACH = 2  # on each visit


@dataclass(frozen=True)
class Goal:
    """So large a share of the visits has somebody, in so large a share of the futures."""

    key: str
    share: Fraction
    futures: Fraction

    def visits(self, total: int) -> int:
        """How many of the visits that is.

        >>> LIKELY.visits(2)
        2
        """
        return ceil(self.share * total)

    def is_reached(self, covered: Counted, total: int) -> bool:
        """Whether the visits covered in each future reach it."""
        reached = int((covered >= self.visits(total)).sum())
        return Fraction(reached, len(covered)) >= self.futures


NINE_OF_TEN = Fraction(9, 10)
LIKELY = Goal("likely", NINE_OF_TEN, Fraction(1, 2))
SURE = Goal("sure", NINE_OF_TEN, NINE_OF_TEN)
EVERY = Goal("every", Fraction(1), NINE_OF_TEN)
GOALS = (LIKELY, SURE, EVERY)


@dataclass(frozen=True)
class Need:
    """``people`` who may all go on every visit, ``each`` of them on each visit; ``more`` than are
    ready now. None: no number up to ``MOST`` is enough.
    """

    people: int | None
    more: int | None
    each: int


class Trial:
    """One directorate's coming visits, tried with more and more people.

    Whoever joins wants so many ``visits_a_month`` and may go to every service; those who are ready
    now may go where they may. So more can be needed than the number of people tells.
    """

    def __init__(
        self,
        visits: Sequence[Visit],
        ready: Sequence[Person],
        chances: Chances,
        *,
        visits_a_month: int,
        seed: int,
        rest_days: int = 0,
    ) -> None:
        self.visits, self.ready, self.chances = visits, ready, chances
        self.seed, self.rest_days = seed, rest_days
        self.joins = Person(visits_a_month)
        self._tried: dict[tuple[int, int, bool], Counted] = {}

    def covered(self, joining: int, *, each: int = 1, beside: bool = True) -> Counted:
        """How many visits have somebody, in each future, when so many join.

        ``beside``: those who are ready now are there as well.
        """
        key = (joining, each, beside)
        if key not in self._tried:
            people = [*(self.ready if beside else ()), *([self.joins] * joining)]
            covered = simulate(
                self.visits,
                people,
                self.chances,
                seed=self.seed,
                each=each,
                rest_days=self.rest_days,
            )
            self._tried[key] = covered.sum(axis=0)
        return self._tried[key]

    @cached_property
    def _best(self) -> list[Counted]:
        return [
            with_nobody_lacking(self.visits, self.chances, seed=self.seed, each=each).sum(axis=0)
            for each in range(1, MOST_EACH + 1)
        ]

    def need(self, goal: Goal) -> Need:
        """What the goal takes: one person on each visit, or two where one is never enough."""
        for each, best in enumerate(self._best, start=1):
            if goal.is_reached(best, len(self.visits)):
                people = self._enough(goal, each, beside=False)
                if people is not None:
                    return Need(people, self._enough(goal, each, beside=True), each)
        return Need(None, None, MOST_EACH)

    def _enough(self, goal: Goal, each: int, *, beside: bool) -> int | None:
        def is_enough(joining: int) -> bool:
            covered = self.covered(joining, each=each, beside=beside)
            return goal.is_reached(covered, len(self.visits))

        return smallest(is_enough)


def smallest(is_enough: Callable[[int], bool], most: int = MOST) -> int | None:
    """The smallest number from 0 that is enough, where every larger one is too; None up to most.

    >>> smallest(lambda n: n >= 5)
    5
    """
    low, high = 0, 0
    while not is_enough(high):
        if high >= most:
            return None
        low, high = high + 1, min(most, 2 * high or 1)
    while low < high:
        middle = (low + high) // 2
        if is_enough(middle):
            high = middle
        else:
            low = middle + 1
    return low
