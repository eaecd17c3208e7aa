"""The plan is as good as any: against every possible plan of thousands of small programmes."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import pytest

from reviews.planner.solving import Person, Seat, fill, greedy, month_of

MONDAY = date(2026, 6, 29)  # the week runs into July


def programme(random: Random) -> tuple[list[Seat], list[Person]]:
    # Few people for many visits, or more people than a seat is asked about.
    most_people, most_seats = random.choice([(4, 5), (7, 3)])
    people = [
        Person(
            pk,
            {date(2026, 6, 1): random.randint(0, 2), date(2026, 7, 1): random.randint(0, 2)},
            has_been=random.random() < 0.5,
            load=random.randint(0, 2),
        )
        for pk in range(1, random.randint(2, most_people + 1))
    ]
    seats = []
    for review in range(1, random.randint(2, most_seats + 1)):
        may_go = {person.pk for person in people if random.random() < 0.5}
        know = {pk for pk in may_go if random.random() < 0.5}
        day = MONDAY + timedelta(days=random.randint(0, 3))
        seats.append(Seat(review, day, may_go, know))
    return seats, people


def every_plan(seats: list[Seat], people: list[Person]) -> Iterator[dict[int, int]]:
    """By trying: each seat is left open or gets each person whom the rules let go."""
    if not seats:
        yield {}
        return
    *before, seat = seats
    days = {each.review: each.day for each in before}
    room = {person.pk: person.room for person in people}
    for plan in every_plan(before, people):
        yield plan
        for pk in seat.may_go:
            mine = [days[review] for review, one in plan.items() if one == pk]
            in_month = sum(month_of(day) == month_of(seat.day) for day in mine)
            if seat.day not in mine and in_month < room[pk].get(month_of(seat.day), 0):
                yield plan | {seat.review: pk}


def worth(plan: dict[int, int], seats: list[Seat], people: list[Person]) -> tuple[object, ...]:
    """How good a plan is, what matters most first; less is better."""
    by_pk = {person.pk: person for person in people}
    open_ranks = [rank for rank, seat in enumerate(seats) if seat.review not in plan]
    first_visits = {pk for pk in plan.values() if not by_pk[pk].has_been}
    loads = 0
    for pk in set(plan.values()):
        visits = list(plan.values()).count(pk)
        loads += sum(by_pk[pk].load + visit for visit in range(visits))
    unknown = sum(plan.get(seat.review, 0) not in seat.know for seat in seats)
    # Of two open visits the later one is the better one to leave open.
    return (
        len(open_ranks),
        [-rank for rank in reversed(open_ranks)],
        -len(first_visits),
        loads,
        unknown,
    )


@pytest.mark.parametrize("seed", range(20))
def test_no_plan_is_better(seed: int) -> None:
    random = Random(seed)
    for _ in range(100):
        seats, people = programme(random)
        found = fill(seats, people)
        plans = list(every_plan(seats, people))
        assert found in plans
        assert worth(found, seats, people)[0] == min(len(seats) - len(plan) for plan in plans)
        best = min(plans, key=lambda plan: worth(plan, seats, people))
        assert worth(found, seats, people) == worth(best, seats, people)


def test_same_input_same_plan() -> None:
    seats, people = programme(Random(5))
    assert fill(seats, people) == fill(seats, list(reversed(people)))


def seat(review: int, day: int, *may_go: int) -> Seat:
    return Seat(review, date(2026, 7, day), set(may_go))


def person(pk: int, room: int = 2) -> Person:
    return Person(pk, {date(2026, 7, 1): room}, has_been=True)


def test_one_visit_a_day_and_no_more_than_somebody_wants() -> None:
    seats = [seat(1, 1, 9), seat(2, 1, 9), seat(3, 2, 9), seat(4, 3, 9)]
    assert fill(seats, [person(9)]) == {1: 9, 3: 9}


def test_what_is_kept_takes_its_day_and_its_room() -> None:
    seats = [seat(1, 1, 8, 9), seat(2, 1, 9), seat(3, 2, 9)]
    assert fill(seats, [person(8), person(9)]) == {1: 8, 2: 9, 3: 9}
    assert fill(seats, [person(8), person(9, room=1)], kept={1: 9}) == {}


def test_greedy_can_lose_what_the_plan_covers() -> None:
    seats = [seat(1, 1, 8, 9), seat(2, 1, 8)]
    assert greedy(seats, [person(8), person(9)]) == {1: 8}
    assert fill(seats, [person(8), person(9)]) == {1: 9, 2: 8}
