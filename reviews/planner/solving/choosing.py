"""Who goes, once it is known which seats can be filled: the best plan of all that fill them. Exact.

Best: most people who have never been on a visit, then an even load, then most who know such
services. What a visit costs so far depends on the person alone: on whether it is their first, and
how many they had of late. So a plan is a set of visits of people, and the sets that can fill the
seats are the bases of a matroid: whoever takes the cheapest visits first, as long as all seats can
still be filled, ends with the cheapest set. That gives what the plan may cost, and which visits of
whom no best plan has. What is left to choose from is small, and a min-cost flow chooses from it.
"""

from collections import defaultdict
from collections.abc import Sequence
from functools import reduce
from heapq import heapify, heappop, heappush
from operator import or_
from typing import Any, NamedTuple

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from reviews.in_bulk.bits import places_in
from reviews.planner.solving.covering import Cover, Person, Seat, month_of

HEAVIEST = 400  # visits in a year; more weigh the same


class Rank(NamedTuple):
    """What one visit of a person costs: a first visit nothing, then by how many they have had."""

    is_no_first: bool
    load: int


def rank_of(person: Person, visit: int) -> Rank:
    """Of this person's visit number ``visit`` in the plan, from 0. Dearer with each."""
    is_first = visit == 0 and not person.has_been
    return Rank(not is_first, min(person.load, HEAVIEST) + visit)


class Cheapest(NamedTuple):
    """A plan of the cheapest visits, and for each seat the dearest a best plan has there."""

    cover: Cover
    dearest: list[Rank]


def cheapest(seats: Sequence[Seat], people: Sequence[Person]) -> Cheapest:
    """Fill seats that can all be filled by the cheapest visits, whoever knows such services.

    Visits are allowed rank by rank. A seat that no search for a seat still open has met is filled
    by visits of that rank or cheaper in every best plan: those plans have as many such visits as
    there can be, and each way to have as many fills that seat.
    """
    found = Cover(seats, people, limits=True)
    everybody = reduce(or_, (seat.may_go for seat in seats))
    waiting = [(rank_of(people[place], 0), place) for place in places_in(everybody)]
    heapify(waiting)
    dearest: dict[int, Rank] = {}
    still_open = list(range(len(seats)))
    while still_open and waiting:
        rank = waiting[0][0]
        while waiting and waiting[0][0] == rank:
            _, place = heappop(waiting)
            visits = _visits(found, place) + 1
            found.allow(place, visits)
            if visits < len(seats):
                heappush(waiting, (rank_of(people[place], visits), place))
        found.consider_all()
        still_open = found.fill_all(still_open)
        for seat in range(len(seats)):
            if seat not in dearest and seat not in found.closed:
                dearest[seat] = rank
    return Cheapest(found, [dearest.get(seat, rank) for seat in range(len(seats))])


def _visits(cover: Cover, place: int) -> int:
    return cover.limits[place] if cover.limits is not None else 0


def choose(seats: Sequence[Seat], people: Sequence[Person]) -> list[int | None]:
    """Who has each seat in a best plan, by the places of seats. All of them can be filled."""
    if not seats:
        return []
    found, dearest = cheapest(seats, people)
    known = sum(bool(seat.know & 1 << place) for seat, place in _filled(seats, found.who))
    if known == sum(bool(seat.may_go & seat.know) for seat in seats):
        return found.who
    return _best_known(seats, people, dearest)


def _filled(seats: Sequence[Seat], who: Sequence[int | None]) -> list[tuple[Seat, int]]:
    return [(seat, place) for seat, place in zip(seats, who, strict=True) if place is not None]


def _best_known(
    seats: Sequence[Seat], people: Sequence[Person], dearest: Sequence[Rank]
) -> list[int | None]:
    graph = Graph(seats, people, dearest)
    graph.solve()
    return graph.who()


class Graph:
    """The flow: source, people, their months, their days, seats, sink.

    A day stands there only where somebody may go on two visits of it, a month only where somebody
    may go on more days of it than they have room for.
    """

    def __init__(
        self, seats: Sequence[Seat], people: Sequence[Person], dearest: Sequence[Rank]
    ) -> None:
        self.flow = SimpleMinCostFlow()
        self.size = len(seats)
        self.nodes = 2 + len(seats)  # source, sink, seats
        size = max(seat.may_go.bit_length() for seat in seats)
        firsts = [rank_of(person, 0) for person in people[:size]]
        ranks = sorted({*firsts, *dearest})
        number = {rank: each for each, rank in enumerate(ranks)}
        first = np.array([number[rank] for rank in firsts])
        most = np.array([number[rank] for rank in dearest])
        may_go = _table([seat.may_go for seat in seats], size)
        self.seat, self.person = np.nonzero(may_go & (first[None, :] <= most[:, None]))
        know = _table([seat.know for seat in seats], size)
        self.strange = ~know[self.seat, self.person]
        self._add(people, seats, dearest)

    def _new(self, number: int) -> Any:
        nodes = np.arange(self.nodes, self.nodes + number)
        self.nodes += number
        return nodes

    def _arcs(self, start: Any, end: Any, capacity: Any, cost: Any) -> Any:
        number = len(end)
        return self.flow.add_arcs_with_capacity_and_unit_cost(
            np.broadcast_to(start, number).astype(np.int32),
            np.asarray(end, dtype=np.int32),
            np.broadcast_to(capacity, number).astype(np.int64),
            np.broadcast_to(cost, number).astype(np.int64),
        )

    def _add(
        self, people: Sequence[Person], seats: Sequence[Seat], dearest: Sequence[Rank]
    ) -> None:
        start = min(month_of(seat.day) for seat in seats).toordinal()
        day = np.array([seat.day.toordinal() - start for seat in seats])[self.seat]
        firsts = {month_of(seat.day).toordinal() - start: month_of(seat.day) for seat in seats}
        months = [month_of(seat.day).toordinal() - start for seat in seats]
        month = np.array(months)[self.seat]
        # By rows: each day of a person, each month, each person
        days, of_day, on_day = _distinct(self.person, month, day)
        month_rows, of_month, in_month = _distinct(*days[:2])
        persons, of_person = np.unique(month_rows[0], return_inverse=True)
        room = np.array(
            [
                people[person].room.get(firsts[first], 0)
                for person, first in zip(*(row.tolist() for row in month_rows), strict=True)
            ]
        )
        node = self._new(len(persons))
        month_node = node[of_person]
        full = in_month > room
        month_node[full] = self._new(int(full.sum()))
        self._arcs(node[of_person][full], month_node[full], room[full], 0)
        day_node = month_node[of_month]
        twice = on_day > 1
        day_node[twice] = self._new(int(twice.sum()))
        self._arcs(month_node[of_month][twice], day_node[twice], 1, 0)
        self.arcs = self._arcs(day_node[of_day], 2 + self.seat, 1, self.strange)
        self._arcs(2 + np.arange(self.size), np.full(self.size, 1), 1, 0)
        # Nobody has more visits than their months have room and days for.
        days_of_month = np.bincount(of_month, minlength=len(room))
        visits = np.bincount(of_person, weights=np.minimum(room, days_of_month)).astype(int)
        self._add_visits(people, dearest, persons.tolist(), node.tolist(), visits.tolist())

    def _add_visits(
        self,
        people: Sequence[Person],
        dearest: Sequence[Rank],
        persons: Sequence[int],
        nodes: Sequence[int],
        visits: Sequence[int],
    ) -> None:
        """An arc for each visit of each person that a best plan may have."""
        most: dict[int, Rank] = defaultdict(lambda: Rank(is_no_first=False, load=-1))
        for seat, person in zip(self.seat.tolist(), self.person.tolist(), strict=True):
            most[person] = max(most[person], dearest[seat])
        ends: list[int] = []
        ranks: list[Rank] = []
        for person, node, number in zip(persons, nodes, visits, strict=True):
            for visit in range(number):
                rank = rank_of(people[person], visit)
                if rank > most[person]:
                    break
                ends.append(node)
                ranks.append(rank)
        # Each of these outweighs everything below it: strangers are at most one a seat.
        per_load = self.size + 1
        per_visit = per_load * (self.size * max(rank.load for rank in ranks) + 1)
        costs = [per_visit * rank.is_no_first + per_load * rank.load for rank in ranks]
        self._arcs(0, np.array(ends), 1, np.array(costs))

    def solve(self) -> None:
        """Fill every seat at the least cost."""
        self.flow.set_node_supply(0, self.size)
        self.flow.set_node_supply(1, -self.size)
        status = self.flow.solve()
        if status != SimpleMinCostFlow.OPTIMAL:
            raise RuntimeError(f"The flow was not solved: {status}.")

    def who(self) -> list[int | None]:
        """The person of each seat."""
        found: list[int | None] = [None] * self.size
        chosen = self.flow.flows(self.arcs) > 0
        for seat, person in zip(
            self.seat[chosen].tolist(), self.person[chosen].tolist(), strict=True
        ):
            found[seat] = person
        return found


def _table(sets: Sequence[int], size: int) -> Any:
    """A row for each set, a column for each place: whether it is in the set."""
    cut = (1 << size) - 1
    length = (size + 7) // 8
    rows = b"".join((each & cut).to_bytes(length, "little") for each in sets)
    table = np.frombuffer(rows, dtype=np.uint8).reshape(len(sets), length)
    return np.unpackbits(table, axis=1, bitorder="little", count=size).astype(bool)


def _distinct(*columns: Any) -> tuple[list[Any], Any, Any]:
    """The distinct rows as columns, for each row which of them it is, and how often each is."""
    keys, scale = np.zeros(len(columns[0]), dtype=np.int64), 1
    for column in reversed(columns):
        keys += column * scale
        scale *= int(column.max()) + 1
    _, first, inverse, counts = np.unique(
        keys, return_index=True, return_inverse=True, return_counts=True
    )
    return [column[first] for column in columns], inverse, counts
