"""The fewest steps that open a visit, and what a step would cover: against trying all."""

from collections import Counter
from datetime import date, timedelta
from itertools import combinations
from random import Random

import pytest

from reviews.in_bulk.bits import bits_of, places_in
from reviews.planner.solving.covering import Cover, Person, Seat
from reviews.planner.solving.steps import (
    Near,
    Piece,
    fewest_steps,
    more_covered,
    none_would_do,
    without_rest,
)

MONDAY = date(2026, 6, 1)
ROOM = {MONDAY: 2}
Missing = dict[tuple[int, int], int]  # by seat and person, how many rules; absent: no step would do


def programme(random: Random) -> tuple[list[Seat], list[Person], Missing]:
    people = [
        Person({MONDAY: random.randint(1, 2)}, has_been=True) for _ in range(random.randint(1, 4))
    ]
    missing = {}
    seats = []
    for number in range(random.randint(1, 4)):
        for place in range(len(people)):
            rules = random.choice([0, 0, 1, 1, 2, 3, None])
            if rules is not None:
                missing[number, place] = rules
        may_go = bits_of(place for place in range(len(people)) if missing.get((number, place)) == 0)
        seats.append(Seat(number, MONDAY + timedelta(days=random.randint(0, 2)), may_go))
    return seats, people, missing


def full(seats: list[Seat], people: list[Person]) -> Cover:
    cover = Cover(seats, people)
    cover.fill_all(range(len(seats)))
    return cover


def near(missing: Missing, seats: list[Seat], people: list[Person]):
    def of(seat: int) -> Near:
        sets = [
            bits_of(place for place in range(len(people)) if missing.get((seat, place)) == rules)
            for rules in range(4)
        ]
        return Near(sets)

    return of


def with_steps(seats: list[Seat], taken: set[tuple[int, int]]) -> list[Seat]:
    return [
        Seat(seat.review, seat.day, seat.may_go | bits_of(p for s, p in taken if s == number))
        for number, seat in enumerate(seats)
    ]


def fewest_by_trying(cover: Cover, people: list[Person], missing: Missing, seat: int) -> int | None:
    """The least sum of rules after which all that were filled can be filled, and this one."""
    wanted = [s for s in range(len(cover.seats)) if cover.who[s] is not None or s == seat]
    pairs = [pair for pair, rules in missing.items() if rules and pair[0] in wanted]
    best = None
    for size in range(1, 4):
        for chosen in combinations(pairs, size):
            total = sum(missing[pair] for pair in chosen)
            if best is not None and total >= best:
                continue
            seats = with_steps(list(cover.seats), set(chosen))
            tried = Cover([seats[number] for number in wanted], people)
            if not tried.fill_all(range(len(wanted))):
                best = total
    return best


def all_can_be_filled(seats: list[Seat], people: list[Person], apart: int) -> bool:
    """By trying: somebody for each seat, within their room and so many days apart."""

    def fill(number: int, days: dict[int, list[date]]) -> bool:
        if number == len(seats):
            return True
        day = seats[number].day
        for place in places_in(seats[number].may_go):
            mine = days.get(place, [])
            has_room = len(mine) < people[place].room[MONDAY]
            rests = all(abs((day - other).days) >= apart for other in mine)
            if has_room and rests and fill(number + 1, days | {place: [*mine, day]}):
                return True
        return False

    return fill(0, {})


def some_steps_do(
    cover: Cover, seats: list[Seat], people: list[Person], missing: Missing, seat: int
) -> bool:
    """By trying: whether all that are filled and this one could be, whatever the steps."""
    wanted = [n for n, place in enumerate(cover.who) if place is not None or n == seat]
    after = with_steps(seats, set(missing))
    return all_can_be_filled([after[n] for n in wanted], people, cover.apart)


@pytest.mark.parametrize("seed", range(10))
def test_with_rest_it_never_says_more_than_is_so(seed: int) -> None:
    random = Random(seed)
    met: Counter[str] = Counter()
    for _ in range(200):
        seats, people, missing = programme(random)
        cover = Cover(seats, people, apart=2)
        cover.fill_all(range(len(seats)))
        of = near(missing, seats, people)
        relaxed = without_rest(cover)
        for seat in cover.still_open:
            pieces = fewest_steps(cover, seat, of)
            if pieces:
                chosen = {(piece.seat, next(places_in(piece.people))) for piece in pieces}
                assert chosen <= set(missing)
                after = with_steps(seats, chosen)
                wanted = [n for n, place in enumerate(cover.who) if place is not None or n == seat]
                assert all_can_be_filled([after[n] for n in wanted], people, 2)
                met["found"] += 1
            elif none_would_do(relaxed, seat, of):
                assert not some_steps_do(cover, seats, people, missing, seat)
                met["none"] += 1
            else:
                met["not found"] += 1
    assert set(met) == {"found", "none", "not found"}


@pytest.mark.parametrize("seed", range(10))
def test_no_fewer_steps_would_do(seed: int) -> None:
    random = Random(seed)
    met = set()
    for _ in range(40):
        seats, people, missing = programme(random)
        cover = full(seats, people)
        for seat in [number for number, place in enumerate(cover.who) if place is None]:
            pieces = fewest_steps(cover, seat, near(missing, seats, people))
            best = fewest_by_trying(cover, people, missing, seat)
            met.add(best)
            if best is None:
                assert pieces == []
                continue
            assert sum(piece.steps for piece in pieces) == best
            # Taking the first of each does it.
            chosen = {(piece.seat, next(places_in(piece.people))) for piece in pieces}
            assert sum(missing[pair] for pair in chosen) == best
            after = with_steps(seats, chosen)
            wanted = [n for n, place in enumerate(cover.who) if place is not None or n == seat]
            assert None not in full([after[number] for number in wanted], people).who
    assert {1, 2} <= met


def test_a_step_for_another_visit_sets_somebody_free() -> None:
    """One person for two visits of a day; a second is one step away from the other visit."""
    seats = [Seat(1, MONDAY, 0b01), Seat(2, MONDAY, 0b01)]
    people = [Person(ROOM, has_been=True), Person(ROOM, has_been=True)]
    pieces = fewest_steps(
        full(seats, people), 1, near({(0, 0): 0, (1, 0): 0, (0, 1): 1}, seats, people)
    )
    assert pieces == [Piece(0, 0b10, 1)]


def test_who_would_come_once_more_is_a_step() -> None:
    seats = [Seat(1, MONDAY, 0)]
    people = [Person({MONDAY: 0}, has_been=True)]
    cover = full(seats, people)
    assert fewest_steps(cover, 0, lambda seat: Near([0, 0b1])) == []
    assert fewest_steps(cover, 0, lambda seat: Near([0, 0b1], whatever_room=0b1)) == [
        Piece(0, 0b1, 1)
    ]


def test_more_is_covered_only_where_nobody_could_go_already() -> None:
    seats = [Seat(1, MONDAY, 0b01), Seat(2, MONDAY, 0b01), Seat(3, MONDAY, 0b01)]
    people = [Person(ROOM, has_been=True), Person(ROOM, has_been=True)]
    cover = full(seats, people)
    # To go to the visit that is covered sets the other free: one more, not two.
    assert more_covered(cover, {0: 0b10}) == [1]
    assert more_covered(cover, {1: 0b10, 2: 0b10}) == [1]
    assert more_covered(cover, {}) == []
    assert more_covered(full(seats[:1], people), {0: 0b10}) == []


@pytest.mark.parametrize("seed", range(5))
def test_what_a_step_covers_is_what_the_best_plan_gains(seed: int) -> None:
    random = Random(seed)
    gained = 0
    for _ in range(60):
        seats, people, missing = programme(random)
        cover = full(seats, people)
        taken = {pair for pair, rules in missing.items() if rules == 1 and random.random() < 0.5}
        wider = {seat: bits_of(place for s, place in taken if s == seat) for seat, _ in taken}
        found = more_covered(cover, wider)
        best = full(with_steps(seats, taken), people)
        assert len(found) == len(best.covered) - len(cover.covered)
        assert not set(found) & {n for n, place in enumerate(cover.who) if place is not None}
        gained += len(found)
    assert gained
