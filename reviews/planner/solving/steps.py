"""What would open a visit that nobody can go on, and how many more visits a step would cover. Pure.

A step is one rule that one person does not meet yet. The fewest steps for a visit are sought along
the same chains as everything else: somebody who is ready may be needed elsewhere, and a step of
another person there sets them free.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from reviews.planner.solving.covering import Cover, Search


@dataclass(frozen=True)
class Near:
    """Of one seat: ``missing[2]`` are those who miss two rules, all of them steps.

    ``whatever_room``: those of whom one step is that they come once more than they want.
    """

    missing: Sequence[int]
    whatever_room: int = 0


@dataclass(frozen=True)
class Piece:
    """A seat, and those any of whom would take it after so many steps."""

    seat: int
    people: int
    steps: int


def fewest_steps(cover: Cover, seat: int, near: Callable[[int], Near]) -> list[Piece]:
    """The steps, as few as can be, after which the seat would be filled and no other opened.

    Usually one piece; several where one person's step makes room and another's fills it. Of those
    alike the seat's own come first. Empty: none was found; see ``none_would_do``.
    """
    cover.consider_all()
    search = Search(cover, seat)
    paid = {seat: 0}
    asks: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)

    def meet(seats: Iterable[int], total: int, steps: int) -> None:
        for each in seats:
            paid.setdefault(each, steps)
            for more, people in enumerate(near(each).missing):
                if people:
                    asks[total + more].append((each, more))

    meet([seat], 0, 0)
    total = 0
    while total <= max(asks, default=-1):
        for asking, steps in asks[total]:
            known = near(asking)
            people = known.missing[steps]
            ends = cover.free(asking, people, whatever_room=known.whatever_room if steps else 0)
            if ends and cover.apart > 1:
                ends = search.once(asking, ends)
            if ends:
                return _pieces(search, paid, asking, Piece(asking, ends, steps))
            meet(search.ask(asking, people), total, steps)
        total += 1
    return []


def without_rest(cover: Cover) -> Cover:
    """The same people on the same seats, where nobody rests between visits."""
    found = Cover(cover.seats, cover.people)
    for seat, place in enumerate(cover.who):
        if place is not None:
            found.take(seat, place)
    return found


def none_would_do(without_rest: Cover, seat: int, near: Callable[[int], Near]) -> bool:
    """Whether it is sure that no steps would fill the seat and open no other.

    With days of rest ``fewest_steps`` may miss some. What no steps do where nobody rests, none do
    where people rest.
    """
    if without_rest.widened({}).fill(seat):
        return False
    return not fewest_steps(without_rest, seat, near)


def _pieces(search: Search, paid: dict[int, int], seat: int, last: Piece) -> list[Piece]:
    found = [last] if last.steps else []
    while (before := search.came_from[seat]) is not None:
        steps, (seat, place) = paid[seat], before
        if steps:
            found.append(Piece(seat, 1 << place, steps))
    return found[::-1]


def more_covered(cover: Cover, wider: Mapping[int, int]) -> list[int]:
    """The open seats that somebody would have if more people could go, nobody else losing one.

    ``wider``: by seat, who could take it then as well. ``cover`` is as full as it can be.
    """
    found = cover.widened(wider)
    left = set(found.fill_all(cover.still_open))
    return [seat for seat in cover.still_open if seat not in left]
