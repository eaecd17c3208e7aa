"""A year of visits, played many times: who is asked, says yes, keeps to it and comes. Pure.

Visit by visit, people who may go, are rested and have fewer visits that month than they want are
asked one after another, in any order, until somebody says yes and keeps to it. Who gives a visit
back in time is followed by the next; who does not come on the day is not.

Each visit draws its own numbers, the same for the same person whoever else there is. So without
days of rest a further person never covers fewer visits of the same future, unless so many may go
that not all are asked. With days of rest that holds for nearly every future.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from insights.forecast.chances import Cell, Chances

Covered = npt.NDArray[np.bool_]
MOST_ASKED = 20  # about one visit
_NOT_THEM = 2.0  # higher than any number that is drawn
_NEVER = -1_000_000  # long before any day


@dataclass(frozen=True)
class Visit:
    """A visit to come. ``available``: how likely anybody has time on a day like that."""

    day: date
    service: int
    cell: Cell
    available: float = 1.0

    @property
    def directorate(self) -> int:
        """Whose service it is."""
        return self.cell[0]


@dataclass(frozen=True)
class Person:
    """Somebody who is ready, for some services or (None) for all. Nobody in particular."""

    visits_a_month: int
    services: frozenset[int] | None = None


def simulate(
    visits: Sequence[Visit],
    people: Sequence[Person],
    chances: Chances,
    *,
    seed: int,
    each: int = 1,
    rest_days: int = 0,
) -> Covered:
    """Whether each visit (rows) has somebody, in each future (columns).

    ``each``: how many people are wanted on each visit; one who comes is enough. ``rest_days`` lie
    between two days on which somebody goes; nobody goes on two visits on one day.
    """
    covered = np.zeros((len(visits), chances.count), dtype=np.bool_)
    services = {visit.service for visit in visits}
    people_now = _People(people, services, chances.count, rest_days)
    in_order = sorted(range(len(visits)), key=lambda index: (visits[index].day, index))
    for place, index in enumerate(in_order):
        visit = visits[index]
        row = chances.row[visit.cell]
        rng = np.random.default_rng((seed, place))
        luck = rng.random(chances.count, dtype=np.float32)
        people_now.wake_up_on(visit.day)
        keep = people_now.ask(visit, chances.keeps[row], rng, each)
        covered[index] = luck < 1 - (1 - chances.comes[row]) ** keep
    return covered


def with_nobody_lacking(
    visits: Sequence[Visit], chances: Chances, *, seed: int, each: int = 1
) -> Covered:
    """The same if there were always as many people as wanted: no number of people does better."""
    covered = np.zeros((len(visits), chances.count), dtype=np.bool_)
    in_order = sorted(range(len(visits)), key=lambda index: (visits[index].day, index))
    for place, index in enumerate(in_order):
        luck = np.random.default_rng((seed, place)).random(chances.count, dtype=np.float32)
        covered[index] = luck < 1 - (1 - chances.comes[chances.row[visits[index].cell]]) ** each
    return covered


class _People:
    """Everybody in every future: their visits this month, and the day of their last visit."""

    def __init__(
        self, people: Sequence[Person], services: set[int], futures: int, rest_days: int
    ) -> None:
        self.rest_days = rest_days
        self.wants = np.array([[each.visits_a_month] for each in people], dtype=np.int8)
        self.had = np.zeros((len(people), futures), dtype=np.int8)
        self.last_out = np.full((len(people), futures), _NEVER, dtype=np.int32)
        self.futures = np.arange(futures)
        self.today: date | None = None
        may_go: dict[int, list[int]] = {service: [] for service in services}
        for index, person in enumerate(people):
            for service in services if person.services is None else services & person.services:
                may_go[service].append(index)
        self.may_go = {each: np.array(who, dtype=np.intp) for each, who in may_go.items()}

    def wake_up_on(self, day: date) -> None:
        """In a new month nobody has been on a visit."""
        if self.today is not None and (day.year, day.month) != (self.today.year, self.today.month):
            self.had[:] = 0
        self.today = day

    def ask(
        self,
        visit: Visit,
        keeps: npt.NDArray[np.float32],
        rng: np.random.Generator,
        wanted: int,
    ) -> npt.NDArray[np.int8]:
        """How many say yes and keep to it, up to those wanted, in each future.

        Whoever draws the lowest number was asked first of those who would; so everybody's order is
        as likely as any other.
        """
        found = np.zeros(len(self.futures), dtype=np.int8)
        who = self.may_go[visit.service]
        if not len(who):
            return found
        if len(who) > MOST_ASKED:
            who = rng.choice(who, MOST_ASKED, replace=False)
        drawn = rng.random((len(who), len(self.futures)), dtype=np.float32)
        would = drawn < keeps * np.float32(visit.available)
        would &= self.had[who] < self.wants[who]
        would &= self.last_out[who] < visit.day.toordinal() - self.rest_days
        drawn[~would] = _NOT_THEM
        for _ in range(wanted):
            first = drawn.argmin(axis=0)
            goes = drawn[first, self.futures] < _NOT_THEM
            futures = self.futures[goes]
            chosen = who[first[goes]]
            self.had[chosen, futures] += 1
            self.last_out[chosen, futures] = visit.day.toordinal()
            drawn[first[goes], futures] = _NOT_THEM
            found += goes
        return found
