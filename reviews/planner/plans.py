"""The plan of a window, as ids: who could go where, and what would open what stays open.

It can be kept as JSON, and shown later from ids: nothing of a person stands in it.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cache
from typing import Any, Self

from organisation.models import TrustSettings
from reviews.eligibility import RULES
from reviews.in_bulk.bits import bits_of, lowest_in
from reviews.models import ReviewQuerySet
from reviews.planner.models import KeptProposal
from reviews.planner.solving.arranging import Arranged, Pair, Programme, arrange, cover, keep
from reviews.planner.solving.resting import touched
from reviews.planner.solving.steps import (
    Near,
    Piece,
    fewest_steps,
    more_covered,
    none_would_do,
    without_rest,
)
from reviews.planner.world import ALONE, SECURE, World, in_window, world_of

Progress = Callable[[int, str], None]


@dataclass(frozen=True)
class Line:
    """One person for one visit, by id, and what speaks for them.

    ``day``: the one that it was planned for, as YYYY-MM-DD.
    """

    review: int
    person: int
    is_first_visit: bool
    knows: bool
    load: int
    could_go: int
    is_company: bool = False
    is_kept: bool = False
    day: str = ""

    @property
    def key(self) -> str:
        """The visit, the person and the day, as the page sends them."""
        return f"{self.review}-{self.person}-{self.day}"


@dataclass(frozen=True)
class Step:
    """So many steps for a visit, its own or another: how many people miss which rule.

    Of more than one step, what one ``person`` misses.
    """

    review: int
    steps: int
    rules: dict[str, int]
    person: int | None = None


@dataclass(frozen=True)
class Gap:
    """A visit for which there is nobody: how many are ready for it, and one step away by rule.

    ``is_sure``: where there are no steps, that there are none, and not only that none was found.
    """

    review: int
    ready: int
    one_away: dict[str, int]
    steps: list[Step]
    is_sure: bool = True


@dataclass(frozen=True)
class Plan:
    """A person for each visit that can have one, and what stays open.

    ``waiting``: visits on which somebody was asked. ``lost``: those that would have somebody if
    nobody were kept. ``lost_to_rest``: how many more would if nobody rested; exactly, or at most.
    ``lost_to_company``: those that would if first visits could be alone; ``lost_to_secure``: of the
    others those that would if somebody wished to begin at such a service. ``not_kept``: visit and
    person that were kept and cannot be any more. ``closed``: to services that are closed by then,
    so that nobody is planned.
    """

    lines: list[Line] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)
    lost_to_rest: int = 0
    is_exact: bool = True
    lost_to_company: list[int] = field(default_factory=list)
    lost_to_secure: list[int] = field(default_factory=list)
    not_kept: list[Pair] = field(default_factory=list)
    closed: list[int] = field(default_factory=list)

    @property
    def covered(self) -> int:
        """For how many visits that had nobody there is somebody."""
        return len({line.review for line in self.lines if not line.is_company})

    def as_json(self) -> dict[str, Any]:
        """What JSON can hold."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """The plan that was kept."""
        gaps = [
            Gap(**{**gap, "steps": [Step(**step) for step in gap["steps"]]}) for gap in kept["gaps"]
        ]
        lines = [Line(**line) for line in kept["lines"]]
        pairs = [(review, person) for review, person in kept["not_kept"]]
        return cls(**{**kept, "lines": lines, "gaps": gaps, "not_kept": pairs})


def _silent(per_cent: int, step: str) -> None:
    pass


def make_plan(
    reviews: ReviewQuerySet,
    *,
    today: date,
    first: date,
    last: date,
    trust: TrustSettings,
    progress: Progress = _silent,
) -> Plan:
    """The plan for those of the reviews from a day to another that want somebody.

    What was kept stays as long as it is possible. Some thirty queries, however much there is.
    """
    window = in_window(reviews, today=today, first=first, last=last)
    progress(5, "Reading the visits and who may go")
    world = world_of(window, today=today, trust=trust)
    kept = KeptProposal.objects.filter(
        review__in=reviews.values("pk"), review__visit_on__gte=first, review__visit_on__lte=last
    )
    return plan_of(world, list(kept.values_list("review", "reviewer")), progress=progress)


def plan_of(world: World, kept: Sequence[Pair], *, progress: Progress = _silent) -> Plan:
    """The plan of this world. ``kept``: visit and person, by id."""
    progress(35, "Finding who could go where")
    places = world.everyone.places
    wanted = [(review, places[person]) for review, person in kept if person in places]
    programme, in_force = keep(world.programme, _alone_first(world, wanted))
    arranged = arrange(programme)
    held = [each for each in in_force if each[0] not in arranged.with_nobody]
    if held != in_force:  # nobody is there whom the others could go with
        programme, in_force = keep(world.programme, held)
        arranged = arrange(programme)
    progress(70, "Looking for what would open the other visits")
    lost: list[int] = []
    if in_force:
        without, _ = cover(world.programme.firsts, world.people, apart=programme.apart)
        lost = sorted(without.covered & arranged.with_nobody)
    near = _near(world, programme, in_force)
    to_company = _lost_to_company(world, arranged)
    ids = world.everyone.ids
    stays = {(review, ids[place]) for review, place in in_force}
    return Plan(
        lines=_lines(world, arranged, in_force),
        gaps=_gaps(world, arranged, near),
        waiting=[visit.review.pk for visit in world.waiting],
        lost=lost,
        lost_to_rest=arranged.lost.number,
        is_exact=arranged.lost.is_exact,
        lost_to_company=to_company,
        lost_to_secure=_lost_to_secure(world, arranged, near, but_for=to_company),
        not_kept=[pair for pair in kept if pair not in stays],
        closed=[visit.review.pk for visit in world.closed],
    )


def _alone_first(world: World, kept: Sequence[Pair]) -> list[Pair]:
    """Those who may go alone before those who need their company."""
    alone = {seat.review: seat.may_go for seat in world.programme.firsts}
    return sorted(kept, key=lambda pair: not alone.get(pair[0], 0) >> pair[1] & 1)


def _lines(world: World, arranged: Arranged, in_force: Sequence[Pair]) -> list[Line]:
    """One for each person, soonest visit first; company after the one they go with."""
    kept: dict[int, list[int]] = {}
    for review, place in in_force:
        kept.setdefault(review, []).append(place)
    firsts = {seat.review for seat in world.programme.firsts}
    found = []
    for visit in sorted(world.visits, key=lambda visit: (visit.day, visit.review.pk)):
        review = visit.review.pk
        alone = [arranged.first[review]] if review in arranged.first else []
        going = [*alone, *kept.get(review, ()), *arranged.company.get(review, ())]
        for number, place in enumerate(going):
            is_company = review not in firsts or number > 0
            is_kept = place in kept.get(review, ())
            found.append(_line(world, review, place, is_company=is_company, is_kept=is_kept))
    return found


def _line(world: World, review: int, place: int, *, is_company: bool, is_kept: bool) -> Line:
    index = world.index[review]
    visit = world.visits[index]
    free = ~world.busy.get(visit.day, 0)
    may_go = world.everyone.able(index, but_for=ALONE if is_company else None) & free
    return Line(
        review=review,
        person=world.everyone.ids[place],
        is_first_visit=not world.everyone.been >> place & 1,
        knows=bool(world.knows.get(visit.service.directorate_id, 0) >> place & 1),
        load=world.people[place].load,
        could_go=may_go.bit_count(),
        is_company=is_company,
        is_kept=is_kept,
        day=visit.day.isoformat(),
    )


def _near(world: World, programme: Programme, in_force: Sequence[Pair]) -> Callable[[int], Near]:
    """How near everybody is to each first seat; who is kept for a day near it is left out."""
    taken = [(world.visits[world.index[review]].day, place) for review, place in in_force]

    @cache
    def near(seat: int) -> Near:
        wanted = programme.firsts[seat]
        there = (place for day, place in taken if abs((day - wanted.day).days) < programme.apart)
        return world.near(wanted, but_for=bits_of(there))

    return near


def _gaps(world: World, arranged: Arranged, near: Callable[[int], Near]) -> list[Gap]:
    seats, found = arranged.firsts.seats, []
    relaxed = without_rest(arranged.firsts)
    for seat in arranged.firsts.still_open:
        index = world.index[seats[seat].review]
        steps = [
            _step(world, seats[piece.seat].review, piece)
            for piece in fewest_steps(arranged.firsts, seat, near)
        ]
        found.append(
            Gap(
                seats[seat].review,
                ready=world.everyone.able(index).bit_count(),
                one_away=_counted(world, index, near(seat).missing[1]),
                steps=steps,
                is_sure=bool(steps) or none_would_do(relaxed, seat, near),
            )
        )
    return sorted(found, key=lambda gap: (world.visits[world.index[gap.review]].day, gap.review))


def _counted(world: World, index: int, people: int) -> dict[str, int]:
    """How many of these people miss each rule."""
    counted = {
        rule.key: (people & world.everyone.missing[rule][index]).bit_count() for rule in RULES
    }
    return {key: number for key, number in counted.items() if number}


def _step(world: World, review: int, piece: Piece) -> Step:
    index = world.index[review]
    if piece.steps == 1:
        return Step(review, 1, _counted(world, index, piece.people))
    place = lowest_in(piece.people)
    rules = _counted(world, index, 1 << place)
    return Step(review, piece.steps, rules, person=world.everyone.ids[place])


def _lost_to_company(world: World, arranged: Arranged) -> list[int]:
    """Of the visits with nobody those that newcomers could go on, if they could go alone."""
    firsts = arranged.firsts
    newcomers = {}
    for seat in touched(firsts):
        index = world.index[firsts.seats[seat].review]
        free = ~world.busy.get(firsts.seats[seat].day, 0)
        able = world.everyone.able(index, but_for=ALONE) & free
        newcomers[seat] = able & world.everyone.missing[ALONE][index]
    return [firsts.seats[seat].review for seat in more_covered(firsts, newcomers)]


def _lost_to_secure(
    world: World, arranged: Arranged, near: Callable[[int], Near], *, but_for: Collection[int]
) -> list[int]:
    """Of the other visits with nobody those on which a newcomer could begin who wished to.

    That wish sets aside both rules of first visits, and no other rule is missing.
    """
    firsts, found = arranged.firsts, []
    firsts.consider_all()
    for seat in firsts.still_open:
        visit = world.visits[index := world.index[firsts.seats[seat].review]]
        missing = world.everyone.missing
        newcomers = near(seat).missing[2] & missing[ALONE][index] & missing[SECURE][index]
        if firsts.free(seat, newcomers & ~world.busy.get(visit.day, 0)):
            found.append(visit.review.pk)
    return [review for review in found if review not in but_for]
