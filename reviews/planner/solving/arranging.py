"""The whole plan: which visits have somebody, who goes with them, and who it is. Pure.

Every visit's first seat comes before any visit's second. With one visit a day and monthly caps all
of it is exact. Days of rest are kept by changing as little as possible of what is best without.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from reviews.in_bulk.bits import places_in
from reviews.planner.solving.choosing import choose, rank_of
from reviews.planner.solving.covering import Cover, Person, Seat, month_of
from reviews.planner.solving.resting import NOTHING, Lost, cover_with_rest, kept_and_filled, rests

Pair = tuple[int, int]


@dataclass(frozen=True)
class Programme:
    """What is planned.

    ``firsts``: a seat for each visit that has nobody, for those who may go alone, what matters
    most first. ``company``: further seats, filled on visits that have somebody or get somebody;
    ``has_somebody``: the visits that do. ``apart``: how many days two visits of a person lie apart.
    """

    firsts: Sequence[Seat]
    company: Sequence[Seat]
    people: Sequence[Person]
    has_somebody: Collection[int] = frozenset()
    apart: int = 1


@dataclass(frozen=True)
class Arranged:
    """Who goes, by visit: the first, and those who go along, by their places.

    ``firsts`` says who could have the first seats when nothing else counts: where one is open
    there, no plan fills it as well. ``lost``: visits that rest leaves open.
    """

    firsts: Cover
    lost: Lost = NOTHING
    first: dict[int, int] = field(default_factory=dict)
    company: dict[int, list[int]] = field(default_factory=dict)

    @property
    def with_nobody(self) -> set[int]:
        """The visits that nobody goes on."""
        return {self.firsts.seats[seat].review for seat in self.firsts.still_open}


def cover(seats: Sequence[Seat], people: Sequence[Person], *, apart: int) -> tuple[Cover, Lost]:
    """As many of the seats filled as can be, the first of them first; and what rest leaves open."""
    found = Cover(seats, people)
    found.fill_all(range(len(seats)))
    return cover_with_rest(found, apart=apart) if apart > 1 else (found, NOTHING)


def arrange(programme: Programme) -> Arranged:
    """The best plan for the programme."""
    apart, people = programme.apart, programme.people
    firsts, lost = cover(programme.firsts, people, apart=apart)
    covered = [
        (seat, place)
        for seat, place in zip(firsts.seats, firsts.who, strict=True)
        if place is not None
    ]
    with_somebody = {seat.review for seat, _ in covered} | set(programme.has_somebody)
    company = [seat for seat in programme.company if seat.review in with_somebody]
    together = Cover([*(seat for seat, _ in covered), *company], people, apart=apart)
    for number, (_, first) in enumerate(covered):
        together.take(number, first)
    together.fill_all(range(len(covered), len(together.seats)))
    filled = [number for number, place in enumerate(together.who) if place is not None]
    seats = [together.seats[number] for number in filled]
    who = choose(seats, people)
    if not rests(seats, who, apart=apart):
        who = _with_rest(seats, people, who, apart)
        if None in who:
            who = [together.who[number] for number in filled]
    found = Arranged(firsts, lost)
    for number, seat, place in zip(filled, seats, who, strict=True):
        assert place is not None  # noqa: S101 - every one of them is filled
        if number < len(covered):
            found.first[seat.review] = place
        else:
            found.company.setdefault(seat.review, []).append(place)
    return found


def _with_rest(
    seats: Sequence[Seat], people: Sequence[Person], who: Sequence[int | None], apart: int
) -> list[int | None]:
    """The same with rest between visits: others go where somebody would have to rest."""
    ranks: defaultdict[tuple[bool, int], int] = defaultdict(int)
    for seat in seats:
        for place in places_in(seat.may_go):
            ranks[rank_of(people[place], 0)] |= 1 << place
    favourites = [ranks[rank] for rank in sorted(ranks)]
    return kept_and_filled(seats, people, who, apart=apart, favourites=favourites).who


def keep(programme: Programme, kept: Iterable[Pair]) -> tuple[Programme, list[Pair]]:
    """The programme without the seats that are kept and the time of those who have them.

    ``kept``: visit and person, by place. Whoever may go alone takes the first seat of a visit if
    it is there, everybody else one beside it. Also those that could be kept: no seat is left for
    the others, or the person cannot have it any more.
    """
    in_force = []
    for review, place in kept:
        for seats in (programme.firsts, programme.company):
            seat = _seat_on(review, place, seats, programme.people)
            if seat is not None:
                programme = _taken(programme, seat, place)
                in_force.append((review, place))
                break
    return programme, in_force


def _seat_on(
    review: int, place: int, seats: Sequence[Seat], people: Sequence[Person]
) -> Seat | None:
    """The first of these seats on the visit that the person may take and has room for."""
    for seat in seats:
        if seat.review == review and seat.may_go >> place & 1:
            has_room = people[place].room.get(month_of(seat.day), 0) > 0
            return seat if has_room else None
    return None


def _taken(programme: Programme, seat: Seat, place: int) -> Programme:
    def without(seats: Sequence[Seat]) -> list[Seat]:
        return [
            replace(each, may_go=each.may_go & ~(1 << place))
            if abs((each.day - seat.day).days) < programme.apart
            else each
            for each in seats
            if each is not seat
        ]

    person, month = programme.people[place], month_of(seat.day)
    people = list(programme.people)
    room = {**person.room, month: person.room.get(month, 0) - 1}
    people[place] = Person(room, has_been=True, load=person.load + 1)
    is_first = any(each is seat for each in programme.firsts)
    return replace(
        programme,
        firsts=without(programme.firsts),
        company=without(programme.company),
        people=people,
        has_somebody={*programme.has_somebody, seat.review} if is_first else programme.has_somebody,
    )
