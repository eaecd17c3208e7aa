"""The plan is as good as any: against every possible plan of thousands of small programmes."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import pytest

from reviews.in_bulk.bits import bits_of, places_in
from reviews.planner.solving.arranging import Programme, arrange, keep
from reviews.planner.solving.choosing import _best_known, cheapest, choose
from reviews.planner.solving.covering import Cover, Person, Seat, greedy, month_of

MONDAY = date(2026, 6, 29)  # the week runs into July
Plan = dict[int, int]  # who has which seat, by place


def programme(random: Random) -> tuple[list[Seat], list[Person]]:
    # Few people for many visits, people enough, or one or two whom everybody needs.
    most_people, most_seats = random.choice([(4, 5), (7, 3), (2, 6)])
    people = [
        Person(
            {date(2026, 6, 1): random.randint(0, 2), date(2026, 7, 1): random.randint(0, 2)},
            has_been=random.random() < 0.5,
            load=random.randint(0, 2),
        )
        for _ in range(random.randint(1, most_people))
    ]
    places = range(len(people))
    seats = [
        Seat(
            number,
            MONDAY + timedelta(days=random.randint(0, 3)),
            bits_of(place for place in places if random.random() < 0.5),
            bits_of(place for place in places if random.random() < 0.5),
        )
        for number in range(random.randint(1, most_seats))
    ]
    return seats, people


def every_plan(seats: list[Seat], people: list[Person]) -> Iterator[Plan]:
    """By trying: each seat is left open or gets each person whom the rules let go."""
    if not seats:
        yield {}
        return
    *before, seat = seats
    for plan in every_plan(before, people):
        yield plan
        for place in places_in(seat.may_go):
            mine = [seats[number].day for number, one in plan.items() if one == place]
            in_month = sum(month_of(day) == month_of(seat.day) for day in mine)
            room = people[place].room.get(month_of(seat.day), 0)
            if seat.day not in mine and in_month < room:
                yield plan | {len(before): place}


def worth(plan: Plan, seats: list[Seat], people: list[Person]) -> tuple[object, ...]:
    """How good a plan is, what matters most first; less is better."""
    still_open = [number for number in range(len(seats)) if number not in plan]
    first_visits = {place for place in plan.values() if not people[place].has_been}
    loads = 0
    for place in set(plan.values()):
        visits = list(plan.values()).count(place)
        loads += sum(people[place].load + visit for visit in range(visits))
    strangers = sum(not seats[number].know >> place & 1 for number, place in plan.items())
    # Of two open visits the later one is the better one to leave open.
    return (
        len(still_open),
        [-number for number in reversed(still_open)],
        -len(first_visits),
        loads,
        strangers,
    )


def covered_in(seats: list[Seat], people: list[Person]) -> list[int]:
    cover = Cover(seats, people)
    cover.fill_all(range(len(seats)))
    return [number for number, place in enumerate(cover.who) if place is not None]


def solved(seats: list[Seat], people: list[Person]) -> Plan:
    covered = covered_in(seats, people)
    who = choose([seats[number] for number in covered], people)
    assert None not in who
    return {number: place for number, place in zip(covered, who, strict=True) if place is not None}


def by_the_flow(seats: list[Seat], people: list[Person]) -> Plan:
    """The same where the flow is asked even if the cheapest plan is the best already."""
    covered = covered_in(seats, people)
    if not covered:
        return {}
    wanted = [seats[number] for number in covered]
    who = _best_known(wanted, people, cheapest(wanted, people).dearest)
    return {number: place for number, place in zip(covered, who, strict=True) if place is not None}


@pytest.mark.parametrize("seed", range(20))
def test_no_plan_is_better(seed: int) -> None:
    random = Random(seed)
    for _ in range(150):
        seats, people = programme(random)
        plans = list(every_plan(seats, people))
        best = min(worth(plan, seats, people) for plan in plans)
        for found in (solved(seats, people), by_the_flow(seats, people)):
            assert found in plans
            assert worth(found, seats, people) == best


def largest_flow(seats: list[Seat], people: list[Person]) -> int:
    """How many seats a largest flow fills, found another way: arc by arc, on the whole graph."""
    left: dict[object, dict[object, int]] = {}

    def arc(start: object, end: object, capacity: int) -> None:
        left.setdefault(start, {})[end] = capacity
        left.setdefault(end, {}).setdefault(start, 0)

    for number, seat in enumerate(seats):
        arc(number, "sink", 1)
        for place in places_in(seat.may_go):
            month = (place, month_of(seat.day))
            arc("source", month, people[place].room.get(month[1], 0))
            arc(month, (place, seat.day, "day"), 1)
            arc((place, seat.day, "day"), number, 1)
    flow = 0
    while True:
        came: dict[object, object] = {"source": None}
        queue: list[object] = ["source"]
        for node in queue:
            for end, capacity in left.get(node, {}).items():
                if capacity and end not in came:
                    came[end] = node
                    queue.append(end)
        if "sink" not in came:
            return flow
        node = "sink"
        while (before := came[node]) is not None:
            left[before][node] -= 1
            left[node][before] += 1
            node = before
        flow += 1


@pytest.mark.parametrize("seed", range(12))
def test_as_many_visits_as_a_largest_flow_in_a_year_with_few_people(seed: int) -> None:
    random = Random(seed)
    days = [date(2026, 1, 5) + timedelta(days=random.randrange(90)) for _ in range(120)]
    people = [
        Person({date(2026, month, 1): random.randint(0, 3) for month in range(1, 5)}, True)
        for _ in range(random.randint(12, 30))
    ]
    seats = [
        Seat(number, day, bits_of(random.sample(range(len(people)), random.randint(0, 6))))
        for number, day in enumerate(days)
    ]
    found = covered_in(seats, people)
    assert len(found) == largest_flow(seats, people)
    assert len(solved(seats, people)) == len(found)
    assert sum(place is not None for place in greedy(seats, people).who) <= len(found)


def test_same_input_same_plan() -> None:
    for seed in range(50):
        assert solved(*programme(Random(seed))) == solved(*programme(Random(seed)))


JULY = date(2026, 7, 1)


def seat(review: int, day: int, *may_go: int) -> Seat:
    return Seat(review, JULY.replace(day=day), bits_of(may_go))


def person(room: int = 2, **fields: int) -> Person:
    return Person({JULY: room}, has_been=True, **fields)


def newcomer(room: int = 2) -> Person:
    return Person({JULY: room}, has_been=False)


def test_one_visit_a_day_and_no_more_than_somebody_wants() -> None:
    seats = [seat(1, 1, 0), seat(2, 1, 0), seat(3, 2, 0), seat(4, 3, 0)]
    assert solved(seats, [person()]) == {0: 0, 2: 0}


def test_greedy_can_lose_what_the_plan_covers() -> None:
    seats = [seat(1, 1, 0, 1), seat(2, 1, 0)]
    assert greedy(seats, [person(), person()]).who == [0, None]
    assert solved(seats, [person(), person()]) == {0: 1, 1: 0}


def test_every_first_seat_comes_before_any_second() -> None:
    firsts = [seat(1, 1, 0), seat(2, 2, 0)]
    company = [seat(1, 1, 0, 1), seat(2, 2, 0, 1)]
    found = arrange(Programme(firsts, company, [person(room=2), newcomer(room=1)]))
    assert found.first == {1: 0, 2: 0}
    assert found.company == {1: [1]}


def test_nobody_goes_along_where_nobody_goes() -> None:
    found = arrange(Programme([seat(1, 1)], [seat(1, 1, 0)], [newcomer()]))
    assert (found.first, found.company, found.with_nobody) == ({}, {}, {1})


def test_company_is_sent_where_somebody_was_asked() -> None:
    found = arrange(Programme([], [seat(1, 1, 0)], [newcomer()], has_somebody={1}))
    assert found.company == {1: [0]}


def test_who_goes_first_leaves_others_free_to_go_along() -> None:
    """Either of two could go first on one visit; the other visit's company can be one of them."""
    firsts = [seat(1, 1, 0, 1), seat(2, 1, 2)]
    company = [seat(2, 1, 0)]
    found = arrange(Programme(firsts, company, [person(), person(), person()]))
    assert (found.first, found.company) == ({1: 1, 2: 2}, {2: [0]})


def test_what_is_kept_takes_its_seat_its_day_and_its_room() -> None:
    programme = Programme(
        [seat(1, 1, 0, 1), seat(2, 1, 0), seat(3, 2, 0)], [], [person(room=1), person()]
    )
    assert len(arrange(programme).first) == 2
    kept, in_force = keep(programme, [(1, 0)])
    assert in_force == [(1, 0)]
    assert [each.review for each in kept.firsts] == [2, 3]
    assert arrange(kept).first == {}


def test_two_kept_for_one_day_or_beyond_what_somebody_wants_are_not_both_in_force() -> None:
    programme = Programme([seat(1, 1, 0), seat(2, 1, 0), seat(3, 5, 0)], [], [person(room=1)])
    assert keep(programme, [(1, 0), (2, 0)])[1] == [(1, 0)]
    assert keep(programme, [(1, 0), (3, 0)])[1] == [(1, 0)]


def test_who_needs_company_is_kept_beside_the_first() -> None:
    programme = Programme([seat(1, 1, 0)], [seat(1, 1, 0, 1)], [person(), newcomer()])
    kept, in_force = keep(programme, [(1, 1)])
    assert in_force == [(1, 1)]
    assert (len(kept.firsts), kept.company) == (1, [])
    assert arrange(kept).first == {1: 0}
