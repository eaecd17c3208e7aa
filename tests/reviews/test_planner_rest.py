"""Days of rest: as few visits lost as is found, never fewer than is said, against trying all."""

from datetime import date, timedelta
from itertools import pairwise
from random import Random
from unittest.mock import patch

import pytest

from reviews.in_bulk.bits import bits_of, places_in
from reviews.planner.solving import resting
from reviews.planner.solving.arranging import Programme, arrange
from reviews.planner.solving.covering import Cover, Person, Seat, month_of
from reviews.planner.solving.resting import Lost, cover_with_rest, rests

MONDAY = date(2026, 6, 29)


def programme(random: Random) -> tuple[list[Seat], list[Person]]:
    people = [
        Person(
            {date(2026, 6, 1): random.randint(1, 3), date(2026, 7, 1): random.randint(1, 4)},
            has_been=random.random() < 0.5,
        )
        for _ in range(random.randint(1, 4))
    ]
    seats = [
        Seat(
            number,
            MONDAY + timedelta(days=random.randint(0, 9)),
            bits_of(place for place in range(len(people)) if random.random() < 0.6),
        )
        for number in range(random.randint(2, 9))
    ]
    return seats, people


def most(seats: list[Seat], people: list[Person], apart: int) -> int:
    """How many seats can be filled, by trying."""

    def beyond(number: int, days: dict[int, list[date]]) -> int:
        if number == len(seats):
            return 0
        seat = seats[number]
        found = beyond(number + 1, days)
        for place in places_in(seat.may_go):
            mine = days.get(place, [])
            in_month = sum(month_of(day) == month_of(seat.day) for day in mine)
            if in_month < people[place].room[month_of(seat.day)] and all(
                abs((day - seat.day).days) >= apart for day in mine
            ):
                found = max(found, 1 + beyond(number + 1, days | {place: [*mine, seat.day]}))
        return found

    return beyond(0, {})


@pytest.mark.parametrize("seed", range(10))
def test_what_is_lost_to_rest_is_said_exactly(seed: int) -> None:
    random = Random(seed)
    for _ in range(40):
        seats, people = programme(random)
        apart = random.choice([2, 2, 3])
        without = Cover(seats, people)
        without.fill_all(range(len(seats)))
        found, lost = cover_with_rest(without, apart=apart)
        assert rests(seats, found.who, apart=apart)
        covered = len(found.covered)
        assert lost == Lost(len(without.covered) - covered, is_exact=True)
        assert covered == most(seats, people, apart)


def test_where_it_is_too_large_to_prove_it_says_at_most() -> None:
    seats = [Seat(number, MONDAY + timedelta(days=number), 0b1) for number in range(3)]
    people = [Person({date(2026, 6, 1): 5, date(2026, 7, 1): 5}, has_been=True)]
    without = Cover(seats, people)
    without.fill_all(range(3))
    with patch.object(resting, "MOST_CHOICES", 2):
        found, lost = cover_with_rest(without, apart=2)
    assert (found.who, lost) == ([0, None, 0], Lost(1, is_exact=False))


@pytest.mark.parametrize("seed", range(6))
def test_a_plan_with_rest_leaves_rest_and_opens_nothing_more(seed: int) -> None:
    random = Random(seed)
    for _ in range(40):
        seats, people = programme(random)
        apart = random.choice([2, 3])
        beside = [
            Seat(seat.review, seat.day, (1 << len(people)) - 1)
            for seat in seats
            if random.random() < 0.5
        ]
        found = arrange(Programme(seats, beside, people, apart=apart))
        assert len(found.first) == most(seats, people, apart)
        days = {seat.review: seat.day for seat in seats}
        visits = [(place, days[review]) for review, place in found.first.items()]
        visits += [(place, days[each]) for each, some in found.company.items() for place in some]
        for place in range(len(people)):
            mine = sorted(day for each, day in visits if each == place)
            assert all((b - a).days >= apart for a, b in pairwise(mine))
            for month, room in people[place].room.items():
                assert sum(month_of(day) == month for day in mine) <= room


def test_the_best_plan_stays_where_it_leaves_rest_anyway() -> None:
    seats = [Seat(1, MONDAY, 0b11), Seat(2, MONDAY + timedelta(days=1), 0b11)]
    room = {date(2026, 6, 1): 2}
    people = [Person(room, has_been=True), Person(room, has_been=False)]
    found = arrange(Programme(seats, [], people, apart=2))
    assert sorted(found.first.values()) == [0, 1]
