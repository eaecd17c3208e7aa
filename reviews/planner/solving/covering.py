"""Which visits can have somebody: as many as possible, those that matter most first. Exact.

A flow from people to seats: each person has room in a month and one visit a day, each seat takes
one. A seat that nobody free may take asks those who may: whoever is elsewhere that day, or has had
enough that month, goes there if the seat they leave can be filled anew. If no such chain ends with
somebody free, no plan fills all the seats filled so far and this one (the augmenting path theorem);
and as seats that a flow can fill together form a matroid, taking them in order fills as many as
any plan, the most important first.

With days of rest between the visits of one person the same chains are followed, each person giving
up one visit for another. That may miss plans: ``resting`` says by how much.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from reviews.in_bulk.bits import bits_of, lowest_in, places_in


@dataclass(frozen=True)
class Seat:
    """A place on a visit, and as bits who may take it and who knows such services."""

    review: int
    day: date
    may_go: int
    know: int = 0


@dataclass(frozen=True)
class Person:
    """How many more visits somebody takes in a month, and how many they had of late.

    ``room`` by the first day of the month; a month that is not named has none.
    """

    room: Mapping[date, int]
    has_been: bool
    load: int = 0


def month_of(day: date) -> date:
    """The first day of the month."""
    return day.replace(day=1)


def _by_room(people: Sequence[Person]) -> list[tuple[Mapping[date, int], int]]:
    """Each room that somebody has, and who has it: most people have the very same."""
    rooms: dict[int, Mapping[date, int]] = {}
    places: defaultdict[int, list[int]] = defaultdict(list)
    for place, person in enumerate(people):
        rooms[id(person.room)] = person.room
        places[id(person.room)].append(place)
    return [(room, bits_of(places[key])) for key, room in rooms.items()]


class Cover:
    """Who has which seat, by their places in ``seats`` and ``people``.

    ``apart``: how many days at least lie between two visits of a person; 1 is one visit a day.
    ``limits``: nobody may have a visit until ``allow`` says how many; else as many as they have
    room for.
    """

    def __init__(
        self,
        seats: Sequence[Seat],
        people: Sequence[Person],
        *,
        apart: int = 1,
        limits: bool = False,
    ) -> None:
        self.seats, self.people, self.apart = seats, people, apart
        self.who: list[int | None] = [None] * len(seats)
        self.seats_of: defaultdict[int, list[int]] = defaultdict(list)
        self._days = [seat.day for seat in seats]
        self._months = [month_of(day) for day in self._days]
        days = {day.toordinal(): day for day in self._days}
        self._near = {
            day: [
                days[other] for other in range(number - apart + 1, number + apart) if other in days
            ]
            for number, day in days.items()
        }
        self._blocked = dict.fromkeys(self._near, 0)  # who has a seat too near that day
        self._left: dict[tuple[int, date], int] = {}
        self._full = dict.fromkeys(self._months, 0)  # who has no room in that month
        for room, alike in _by_room(people):
            for month in self._full:
                if room.get(month, 0) <= 0:
                    self._full[month] |= alike
        self.limits: defaultdict[int, int] | None = defaultdict(int) if limits else None
        self._in_play = 0 if limits else (1 << len(people)) - 1
        self._at_limit = 0
        self.consider_all()

    def widened(self, wider: Mapping[int, int]) -> Self:
        """The same where more people may take some seats. ``wider``: by seat, who may then."""
        found = copy(self)
        seats = list(self.seats)
        for seat, people in wider.items():
            seats[seat] = replace(seats[seat], may_go=seats[seat].may_go | people)
        found.seats, found.who = seats, list(self.who)
        found.seats_of = defaultdict(list, {each: list(s) for each, s in self.seats_of.items()})
        found._blocked, found._left = dict(self._blocked), dict(self._left)
        found._full = dict(self._full)
        found.consider_all()
        return found

    @property
    def still_open(self) -> list[int]:
        """The seats that nobody has."""
        return [seat for seat, place in enumerate(self.who) if place is None]

    @property
    def covered(self) -> set[int]:
        """The visits on which a seat is filled."""
        return {
            seat.review
            for seat, place in zip(self.seats, self.who, strict=True)
            if place is not None
        }

    def allow(self, place: int, most: int) -> None:
        """This person may have so many visits in all from now on."""
        assert self.limits is not None  # noqa: S101 - whoever limits one limits all
        self.limits[place] = most
        self._in_play |= 1 << place
        if len(self.seats_of[place]) < most:
            self._at_limit &= ~(1 << place)

    def consider_all(self) -> None:
        """Forget which seats and people a search found no way out of."""
        self.closed: set[int] = set()
        self._closed_people = 0
        self._closed_in_month = dict.fromkeys(self._full, 0)
        self._closed_on_day = dict.fromkeys(self._near, 0)

    def take(self, seat: int, place: int) -> None:
        """This person has this seat."""
        bit, month = 1 << place, self._months[seat]
        self.who[seat] = place
        self.seats_of[place].append(seat)
        for day in self._near[self._days[seat]]:
            self._blocked[day] |= bit
        left = self._left.get((place, month), self.people[place].room.get(month, 0)) - 1
        self._left[place, month] = left
        if left <= 0:
            self._full[month] |= bit
        if self.limits is not None and len(self.seats_of[place]) >= self.limits[place]:
            self._at_limit |= bit

    def leave(self, seat: int) -> None:
        """Whoever has this seat has it no more."""
        place = self.who[seat]
        assert place is not None  # noqa: S101 - asked of seats that are filled
        bit, month = 1 << place, self._months[seat]
        self.who[seat] = None
        self.seats_of[place].remove(seat)
        for day in self._near[self._days[seat]]:
            if not self._seats_near(place, day):
                self._blocked[day] &= ~bit
        self._left[place, month] += 1
        if self._left[place, month] > 0:
            self._full[month] &= ~bit
        if self.limits is not None and len(self.seats_of[place]) < self.limits[place]:
            self._at_limit &= ~bit

    def free(self, seat: int, among: int, *, whatever_room: int = 0) -> int:
        """Who of these can take the seat as things are; some of them have room for one more."""
        day, full = self._days[seat], self._full[self._months[seat]] & ~whatever_room
        return among & self._in_play & ~self._at_limit & ~self._blocked[day] & ~full

    def fill_all(self, seats: Iterable[int]) -> list[int]:
        """Fill these in their order, as far as it goes; those that stay open."""
        return [seat for seat in seats if not self.fill(seat)]

    def fill(self, seat: int, favourites: Sequence[int] = ()) -> bool:
        """Fill the seat, others changing places if need be; whether it could be.

        Nobody who has a seat is left without one for it, and no filled seat is opened. What a
        vain search has met cannot help any later one, and is not searched again. Of several who
        are free one of the first of ``favourites`` goes, who knows such services if one does.
        """
        if self.apart == 1 and not self.unasked(seat):
            self.closed.add(seat)
            return False
        search = Search(self, seat)
        queue = [seat]
        for asking in queue:
            found = self.free(asking, search.unasked(asking, self.seats[asking].may_go))
            if found and self.apart > 1:
                found = search.once(asking, found)
            if found:
                for some in favourites:
                    if found & some:
                        found &= some
                        break
                self._move(search, asking, lowest_in(found & self.seats[asking].know or found))
                return True
            queue += search.ask(asking, self.seats[asking].may_go)
        if self.apart == 1:
            search.close()
        return False

    def unasked(self, seat: int) -> int:
        """Who may take the seat, and no vain search has met yet."""
        met = self._closed_in_month[self._months[seat]] | self._closed_on_day[self._days[seat]]
        return self.seats[seat].may_go & self._in_play & ~(self._closed_people | met)

    def _move(self, search: "Search", seat: int, place: int) -> None:
        """Give the seat to this person, the one before takes the seat that asked, and so on."""
        while True:
            if self.who[seat] is not None:
                self.leave(seat)
            self.take(seat, place)
            before = search.came_from[seat]
            if before is None:
                return
            seat, place = before

    def _seats_near(self, place: int, day: date) -> list[int]:
        return [
            seat
            for seat in self.seats_of.get(place, ())
            if abs((self._days[seat] - day).days) < self.apart
        ]

    def in_the_way(self, place: int, seat: int) -> list[int]:
        """The seats of this person any one of which they could give up for the other."""
        day, month = self._days[seat], self._months[seat]
        bit, mine = 1 << place, self.seats_of.get(place, [])
        if self._blocked[day] & bit:
            near = self._seats_near(place, day)
            if len(near) > 1:  # one visit is given up for one
                return []
            if self._full[month] & bit and self._months[near[0]] != month:
                return []
            return near
        if self._full[month] & bit:
            return [each for each in mine if self._months[each] == month]
        return list(mine)


class Search:
    """A search for a chain of people that ends with somebody free.

    ``came_from``: for each seat that was met, which seat asked for whose place.
    """

    def __init__(self, cover: Cover, seat: int) -> None:
        self.cover = cover
        self.came_from: dict[int, tuple[int, int] | None] = {seat: None}
        self._people = cover._closed_people
        self._in_month = dict(cover._closed_in_month)
        self._on_day = dict(cover._closed_on_day)

    def unasked(self, seat: int, among: int) -> int:
        """Who of these has not been asked on the way to this seat."""
        day, month = self.cover._days[seat], self.cover._months[seat]
        asked = self._people | self._in_month[month] | self._on_day[day]
        return among & self.cover._in_play & ~asked

    def ask(self, seat: int, among: int) -> list[int]:
        """The seats that these people, none of them free, could give up for this one."""
        cover = self.cover
        day, month = cover._days[seat], cover._months[seat]
        asked = self.unasked(seat, among)
        there = asked & cover._blocked[day]
        self._on_day[day] |= there
        # Who gives up any visit of a month, or any at all, need not be asked about a day again.
        full = asked & ~there & cover._full[month]
        self._in_month[month] |= full
        self._people |= asked & ~there & ~full
        met = []
        for place in places_in(asked):
            for other in cover.in_the_way(place, seat):
                if other not in self.came_from and other not in cover.closed:
                    self.came_from[other] = (seat, place)
                    met.append(other)
        return met

    def once(self, seat: int, found: int) -> int:
        """Who of these ends a chain to this seat in which nobody changes twice.

        Two changes of one person may be too near each other where each alone is not.
        """
        on_the_way = 0
        while (before := self.came_from[seat]) is not None:
            seat, place = before
            if on_the_way >> place & 1:
                return 0
            on_the_way |= 1 << place
        return found & ~on_the_way

    def close(self) -> None:
        """There was none: nothing that was met can help another seat."""
        cover = self.cover
        cover.closed.update(self.came_from)
        cover._closed_people = self._people
        cover._closed_in_month, cover._closed_on_day = self._in_month, self._on_day


def greedy(seats: Sequence[Seat], people: Sequence[Person]) -> Cover:
    """Each seat goes to the first who is free; to compare with."""
    found = Cover(seats, people)
    for place, seat in enumerate(seats):
        free = found.free(place, seat.may_go)
        if free:
            found.take(place, lowest_in(free))
    return found
