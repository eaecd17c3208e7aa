"""Who goes on which visit, so that most visits have somebody. Pure: ids, days and numbers.

A flow from people to visits: each person has room in a month and one visit a day, each visit one
seat. First the flow is as large as it can be, and among those the one whose visits come first in
the order given. Then, with just these visits, whoever goes: most people who have never been on a
visit, then an even load, then those who know such services. Exact; the same input, the same plan.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from ortools.graph.python.min_cost_flow import SimpleMinCostFlow


@dataclass(frozen=True)
class Seat:
    """A place on a visit: who may go, and who of them knows such services."""

    review: int
    day: date
    may_go: AbstractSet[int]
    know: AbstractSet[int] = frozenset()


@dataclass(frozen=True)
class Person:
    """How many more visits somebody takes in a month, and how many they had of late.

    ``room`` by the first day of the month; a month that is not named has none.
    """

    pk: int
    room: Mapping[date, int]
    has_been: bool
    load: int = 0


def month_of(day: date) -> date:
    """The first day of the month."""
    return day.replace(day=1)


def fill(
    seats: Sequence[Seat], people: Iterable[Person], *, kept: Mapping[int, int] | None = None
) -> dict[int, int]:
    """The person for each visit that can have one, by review. ``seats``: what matters most first.

    ``kept``: people whom somebody has chosen already; they take their day and their room. A kept
    person need not be among those who may go.
    """
    kept = kept or {}
    by_pk = {person.pk: person for person in people}
    taken = {(kept[seat.review], seat.day) for seat in seats if seat.review in kept}
    room = _room_left(seats, by_pk, kept)
    open_seats = [seat for seat in seats if seat.review not in kept]
    free = _Free(by_pk, room, taken)
    most = _solve(open_seats, free, covered=None)
    chosen = [seat for seat in open_seats if seat.review in most]
    return _solve(chosen, free, covered=len(chosen)) if chosen else {}


def _room_left(
    seats: Iterable[Seat], people: Mapping[int, Person], kept: Mapping[int, int]
) -> dict[tuple[int, date], int]:
    room = {
        (person.pk, month): most
        for person in people.values()
        for month, most in person.room.items()
    }
    for seat in seats:
        key = (kept.get(seat.review, 0), month_of(seat.day))
        if key in room:
            room[key] -= 1
    return room


class _Free:
    """The people, their room by month, and the days that are taken."""

    def __init__(
        self,
        people: Mapping[int, Person],
        room: Mapping[tuple[int, date], int],
        taken: AbstractSet[tuple[int, date]],
    ) -> None:
        self.people, self.room, self.taken = people, room, taken
        alike: dict[tuple[bool, int], list[int]] = {}
        for pk, person in sorted(people.items()):
            alike.setdefault((person.has_been, min(person.load, _HEAVIEST)), []).append(pk)
        self.in_order = [alike[key] for key in sorted(alike)]

    def for_seat(self, seat: Seat, *, most: int) -> list[int]:
        """The ``most`` who are best for the seat: those who have never been, who went least, who
        know such services.

        With one for each seat there is, no plan is better with more. If somebody further down has
        the seat, then of all those above, one goes nowhere, and can go instead at no greater cost.
        """
        month = month_of(seat.day)
        found: list[int] = []
        for alike in self.in_order:
            can = [
                pk
                for pk in alike
                if pk in seat.may_go
                and self.room.get((pk, month), 0) > 0
                and (pk, seat.day) not in self.taken
            ]
            if len(found) + len(can) > most:
                can.sort(key=lambda pk: pk not in seat.know)
            found += can[: most - len(found)]
            if len(found) == most:
                break
        return found


class _Graph:
    """Arcs of a flow from node 0 to node 1; other nodes are made as they are named."""

    def __init__(self) -> None:
        self.flow = SimpleMinCostFlow()
        self.nodes: dict[object, int] = {}

    def node(self, name: object) -> int:
        """The number of the node."""
        return self.nodes.setdefault(name, len(self.nodes) + 2)

    def has(self, name: object) -> bool:
        """Whether the node is there."""
        return name in self.nodes

    def arc(self, start: int, end: int, capacity: int, cost: int = 0) -> int:
        """Add an arc; its number."""
        return int(self.flow.add_arc_with_capacity_and_unit_cost(start, end, capacity, cost))

    def solve(self, supply: int) -> None:
        """Send as much of the supply as arrives, at the least cost."""
        self.flow.set_node_supply(0, supply)
        self.flow.set_node_supply(1, -supply)
        status = self.flow.solve_max_flow_with_min_cost()
        if status != SimpleMinCostFlow.OPTIMAL:
            raise RuntimeError(f"The flow was not solved: {status}.")


SOURCE, SINK = 0, 1


def _solve(seats: Sequence[Seat], free: _Free, *, covered: int | None) -> dict[int, int]:
    """One flow. Without ``covered`` the order of the seats costs, with it who goes."""
    graph = _Graph()
    arcs: dict[int, tuple[int, int]] = {}
    days: dict[int, set[date]] = {}
    for rank, seat in enumerate(seats):
        there = graph.node(("seat", seat.review))
        graph.arc(there, SINK, 1, rank if covered is None else 0)
        for pk in free.for_seat(seat, most=len(seats)):
            if not graph.has((pk, seat.day)):
                _add_day(graph, free, pk, seat.day)
                days.setdefault(pk, set()).add(seat.day)
            cost = 0 if covered is None or pk in seat.know else 1
            arcs[graph.arc(graph.node((pk, seat.day)), there, 1, cost)] = (seat.review, pk)
    for pk in sorted(days):
        _add_person(graph, free.people[pk], len(days[pk]), seats=len(seats), covered=covered)
    graph.solve(len(seats))
    return {review: pk for arc, (review, pk) in arcs.items() if graph.flow.flow(arc)}


def _add_day(graph: _Graph, free: _Free, pk: int, day: date) -> None:
    month = (pk, "month", month_of(day))
    if not graph.has(month):
        graph.arc(graph.node(pk), graph.node(month), free.room[pk, month_of(day)])
    graph.arc(graph.node(month), graph.node((pk, day)), 1)


def _add_person(
    graph: _Graph, person: Person, most: int, *, seats: int, covered: int | None
) -> None:
    node = graph.node(person.pk)
    if covered is None:
        graph.arc(SOURCE, node, most)
        return
    # Each of these outweighs everything below it: who knows such services is at most one a seat.
    per_load = seats + 1
    heaviest = seats * (_HEAVIEST + seats)
    per_first_visit = per_load * (heaviest + 1)
    for visit in range(most):
        is_first = visit == 0 and not person.has_been
        cost = per_load * (min(person.load, _HEAVIEST) + visit)
        graph.arc(SOURCE, node, 1, cost + (0 if is_first else per_first_visit))


_HEAVIEST = 400  # visits in a year; more weigh the same


def greedy(seats: Sequence[Seat], people: Iterable[Person]) -> dict[int, int]:
    """What giving each visit the first who is free would cover; to compare with."""
    by_pk = {person.pk: person for person in people}
    room = _room_left(seats, by_pk, {})
    taken: set[tuple[int, date]] = set()
    found: dict[int, int] = {}
    for seat in seats:
        for pk in _Free(by_pk, room, taken).for_seat(seat, most=1):
            found[seat.review] = pk
            taken.add((pk, seat.day))
            room[pk, month_of(seat.day)] -= 1
    return found
