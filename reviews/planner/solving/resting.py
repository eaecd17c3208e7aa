"""Days of rest between the visits of one person.

A flow cannot ask for them, and no fast way to fill most seats with them is known. So the flow says
how many seats could be filled without rest: no plan fills more. Chains of people fill what they
can with it. Where that is less, a solver looks at the part of the programme that the open seats
touch, and fills more or proves that nobody can, unless that part is too large. What is left is
said: so many visits are lost to rest, exactly or at most.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reviews.in_bulk.bits import bits_of, places_in
from reviews.planner.solving.covering import Cover, Person, Seat, month_of

MOST_CHOICES = 20_000  # of people for seats, in the part that is solved
EFFORT = 10.0  # the solver's own measure of work, in seconds or so: the same plan on any machine


@dataclass(frozen=True)
class Lost:
    """How many visits have nobody because people rest: exactly so many, or at most."""

    number: int
    is_exact: bool


NOTHING = Lost(0, is_exact=True)


def cover_with_rest(without: Cover, *, apart: int) -> tuple[Cover, Lost]:
    """As many seats as are found, two visits of a person ``apart`` days apart, and what is lost.

    ``without``: the best cover without rest.
    """
    seats, people = without.seats, without.people
    found = min(
        (kept_and_filled(seats, people, who, apart=apart) for who in ((), without.who)), key=open_in
    )
    if len(open_in(found)) == len(open_in(without)):
        return found, NOTHING
    part = touched(found)
    solved = _solve(found, part)
    is_exact = False
    if solved is not None:
        who, at_most = solved
        found = min(found, kept_and_filled(seats, people, who, apart=apart), key=open_in)
        is_exact = sum(found.who[seat] is not None for seat in part) == at_most
    return found, Lost(len(open_in(found)) - len(open_in(without)), is_exact)


def open_in(cover: Cover) -> tuple[int, ...]:
    """The seats that nobody has, how many of them first: less is better."""
    still_open = cover.still_open
    # Of two open seats the later one is the better one to leave open.
    return len(still_open), *(-seat for seat in reversed(still_open))


def kept_and_filled(
    seats: Sequence[Seat],
    people: Sequence[Person],
    who: Sequence[int | None],
    *,
    apart: int,
    favourites: Sequence[int] = (),
) -> Cover:
    """What of a plan leaves rest between visits, what matters most first; the others by chains."""
    found = Cover(seats, people, apart=apart)
    for seat, place in enumerate(who):
        if place is not None and found.free(seat, 1 << place):
            found.take(seat, place)
    for seat in found.still_open:
        found.fill(seat, favourites)
    return found


def rests(seats: Sequence[Seat], who: Sequence[int | None], *, apart: int) -> bool:
    """Whether all visits of each person are that far apart."""
    days: defaultdict[int, list[int]] = defaultdict(list)
    for seat, place in zip(seats, who, strict=True):
        if place is not None:
            days[place].append(seat.day.toordinal())
    return all(
        later - day >= apart for each in days.values() for day, later in pairwise(sorted(each))
    )


def touched(cover: Cover) -> list[int]:
    """The open seats, those that people who may take one of them have, and so on.

    Nobody outside can go on a visit in here, and whoever may go here has no visit outside: so the
    best for the whole is the best for this part, with what is outside as it is.
    """
    found = cover.still_open
    met = set(found)
    going = bits_of(place for place, seats in cover.seats_of.items() if seats)
    for seat in found:
        asked = cover.seats[seat].may_go & going
        going &= ~asked  # each of them once
        for place in places_in(asked):
            new = [each for each in cover.seats_of.get(place, ()) if each not in met]
            met.update(new)
            found += new
    return sorted(found)


def _solve(cover: Cover, part: Sequence[int]) -> tuple[list[int | None], int] | None:
    """Who has which seat when this part is solved, and how many of it at most can be filled.

    None where the part is too large.
    """
    seats = cover.seats
    if sum(seats[seat].may_go.bit_count() for seat in part) > MOST_CHOICES:
        return None
    from ortools.sat.python import cp_model  # noqa: PLC0415 - large, and hardly ever needed

    model = cp_model.CpModel()
    choices = {
        (seat, place): model.new_bool_var("")
        for seat in part
        for place in places_in(seats[seat].may_go)
    }
    by_seat: defaultdict[int, list[int]] = defaultdict(list)
    by_place: defaultdict[int, list[int]] = defaultdict(list)
    for seat, place in choices:
        by_seat[seat].append(place)
        by_place[place].append(seat)
    for seat, places in by_seat.items():
        model.add_at_most_one(choices[seat, place] for place in places)
    for place, mine in by_place.items():
        for together in _too_near(seats, mine, cover.apart):
            model.add_at_most_one(choices[seat, place] for seat in together)
        room = cover.people[place].room
        for month in {month_of(seats[seat].day) for seat in mine}:
            then = [choices[seat, place] for seat in mine if month_of(seats[seat].day) == month]
            model.add(sum(then) <= room.get(month, 0))
    # One more seat outweighs all that says which.
    more = len(part) * (len(part) + 1)
    worth = {seat: more + len(part) - number for number, seat in enumerate(part)}
    model.maximize(sum(worth[seat] * choice for (seat, _), choice in choices.items()))
    for (seat, place), choice in choices.items():
        model.add_hint(choice, cover.who[seat] == place)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    solver.parameters.max_deterministic_time = EFFORT
    if solver.solve(model) not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return None
    who = list(cover.who)
    for seat in part:
        who[seat] = next(
            (place for place in by_seat[seat] if solver.value(choices[seat, place])), None
        )
    return who, int(solver.best_objective_bound // more)


def _too_near(seats: Sequence[Seat], mine: Iterable[int], apart: int) -> list[list[int]]:
    """The seats of each few days of which somebody can have one."""
    by_day = sorted(mine, key=lambda seat: (seats[seat].day, seat))
    found = []
    for number, first in enumerate(by_day):
        together = [
            seat for seat in by_day[number:] if (seats[seat].day - seats[first].day).days < apart
        ]
        if len(together) > 1:
            found.append(together)
    return found
