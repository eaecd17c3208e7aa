"""Which steps of the checks team would cover how many more visits: what the planner would gain.

A visit that somebody can go on already is not counted, and a person is not counted twice on a day
or beyond what they want in a month. A step is tried only where it may matter: for visits that
nobody can go on, and for those whose people could go there instead.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from heapq import nlargest
from operator import or_

from checks.in_bulk import NOTHING_YET, Need, Rung, Standing, Standings
from programme.opening.steps import Kind, Step, strongest
from reviews.eligibility import RULE_BY_KEY
from reviews.in_bulk.bits import places_in
from reviews.planner.solving.covering import Cover, month_of
from reviews.planner.solving.resting import touched
from reviews.planner.solving.steps import more_covered
from reviews.planner.world import World

READINESS = RULE_BY_KEY["readiness"]


@dataclass(frozen=True)
class Gain:
    """A step of one person, or a site's answer to several, by their places; and the seats of the
    cover that somebody could have after it, and nobody can now."""

    step: Step
    people: tuple[int, ...]
    seats: tuple[int, ...]


@dataclass(frozen=True)
class _Candidate:
    """A step that was not tried yet: by seat who could take it after it; and the most it gains."""

    step: Step
    people: tuple[int, ...]
    opens: Mapping[int, int]
    most: int


def best_gains(world: World, cover: Cover, checks: Standings, *, most: int) -> list[Gain]:
    """The steps that cover most more visits, best first; none that covers no more.

    ``cover``: the first seats of the world, as full as they can be. People who are alike in all
    that counts are tried once, and nobody once enough are found that gain more than they could.
    """
    tried: dict[Hashable, list[int]] = {}
    found: list[Gain] = []
    for candidate in sorted(_candidates(world, cover, checks), key=lambda each: -each.most):
        best = nlargest(most, (len(gain.seats) for gain in found))
        if len(best) == most and candidate.most < best[-1]:
            break
        key = _alike(cover, candidate)
        if key not in tried:
            tried[key] = more_covered(cover, candidate.opens)
        if tried[key]:
            found.append(Gain(candidate.step, candidate.people, tuple(tried[key])))
    return sorted(found, key=lambda gain: _rank(cover, gain))[:most]


def _rank(cover: Cover, gain: Gain) -> tuple[int, date, int, str, tuple[int, ...]]:
    soonest = min(cover.seats[seat].day for seat in gain.seats)
    return -len(gain.seats), soonest, -len(gain.people), gain.step.kind, gain.people


def _alike(cover: Cover, candidate: _Candidate) -> Hashable:
    """The same for people without a visit who could go to the same visits and want as many."""
    if len(candidate.people) > 1 or cover.seats_of.get(candidate.people[0]):
        return candidate.step, candidate.people
    room = cover.people[candidate.people[0]].room
    return tuple(sorted(room.items())), tuple(candidate.opens)


def _candidates(world: World, cover: Cover, checks: Standings) -> Iterator[_Candidate]:
    """Each step of each person that opens a seat to them, and each site's answer to everybody."""
    seats = touched(cover)
    indexes = [world.index[cover.seats[seat].review] for seat in seats]
    visits = [world.visits[index] for index in indexes]
    needs = [Need.of(each.service, each.day, is_accompanied=each.has_staff) for each in visits]
    able = [_able(world, index) for index in indexes]
    blocks_from = checks.trust.renewal_blocks_from
    opened: defaultdict[tuple[int, Step], dict[int, int]] = defaultdict(dict)
    waiting: defaultdict[int, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    for standing, people in _by_standing(world, checks, reduce(or_, able, 0)).items():
        for step, at in strongest(standing, needs, blocks_from):
            is_waiting = step.site and standing.rung_at(step.site) == Rung.IN_PROGRESS
            for number in at:
                for place in places_in(people & able[number]):
                    opened[place, step][seats[number]] = 1 << place
                    if is_waiting:
                        waiting[step.site][seats[number]] |= 1 << place
    for (place, step), opens in opened.items():
        yield _Candidate(step, (place,), opens, _most(cover, opens))
    for site, opens in waiting.items():
        everybody = tuple(places_in(reduce(or_, opens.values())))
        if len(everybody) > 1:
            step = Step(Kind.CLEARANCE, site=site)
            yield _Candidate(step, everybody, opens, _most(cover, opens))


def _able(world: World, index: int) -> int:
    """Who meets every rule of a visit but readiness, and is on no other visit that day."""
    free = ~world.busy.get(world.visits[index].day, 0)
    able = world.everyone.able(index, but_for=READINESS) & free
    return able & world.everyone.missing[READINESS][index]


def _by_standing(world: World, checks: Standings, among: int) -> dict[Standing, int]:
    """These people by where they stand with the checks team: alike in all that counts there."""
    places = world.everyone.places
    alike: defaultdict[Standing, int] = defaultdict(int)
    for person, standing in checks.by_person.items():
        if person in places:
            alike[standing] |= 1 << places[person]
    alike[NOTHING_YET] |= among & ~reduce(or_, alike.values(), 0)
    return alike


def _most(cover: Cover, opens: Mapping[int, int]) -> int:
    """What these people could gain at most: a visit a day, as many a month as they want."""
    days: defaultdict[tuple[int, date], set[date]] = defaultdict(set)
    for seat, bits in opens.items():
        for place in places_in(bits):
            days[place, month_of(cover.seats[seat].day)].add(cover.seats[seat].day)
    room = sum(
        min(len(each), cover.people[place].room.get(month, 0))
        for (place, month), each in days.items()
    )
    return min(room, len(cover.still_open))
