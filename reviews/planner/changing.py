"""Who else could have a place of the plan, and what that would cost: visits that then have nobody.

Caps count by month and a visit takes one day, so what a change costs is found in its month alone,
with the days of rest around it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from accounts.models import User
from organisation.models import TrustSettings
from reviewers.models import Reviewer
from reviewers.queries import named
from reviews.in_bulk.bits import bits_of, places_in
from reviews.models import Review
from reviews.planner.models import KeptProposal
from reviews.planner.solving.arranging import Pair, cover, keep
from reviews.planner.solving.choosing import rank_of
from reviews.planner.world import World, in_window, world_of
from reviews.queries import reviews_of

SHOWN = 20


@dataclass(frozen=True)
class Choice:
    """A person who could go, what speaks for them, and the visits that would then have nobody.

    ``needs_company``: for a first visit, which is not as the only LXR.
    """

    reviewer: Reviewer
    is_first_visit: bool
    needs_company: bool
    knows: bool
    load: int
    leaves_open: list[Review]


@dataclass(frozen=True)
class Choices:
    """The first of those who could go. ``total``: how many there are."""

    rows: list[Choice]
    total: int


def choices_for(
    review: Review,
    *,
    instead_of: int,
    who: str,
    user: User,
    today: date,
    trust: TrustSettings,
) -> Choices:
    """Who could go on the visit instead of somebody, whoever is planned elsewhere.

    ``who``: only those of that name or reference. Who costs least comes first of all else alike.
    """
    rest = timedelta(days=trust.rest_days)
    month = review.visit_on.replace(day=1)
    end = month + relativedelta(months=1)
    window = in_window(reviews_of(user), today=today, first=month - rest, last=end + rest)
    world = world_of(window, today=today, trust=trust)
    if review.pk not in world.index:
        return Choices([], 0)
    kept = _kept(world, review.pk, instead_of)
    places = _able(world, review.pk, kept, instead_of)
    if who:
        ids = named(Reviewer.objects.filter(pk__in=world.everyone.ids), who)
        found = world.everyone.places
        places &= bits_of(found[pk] for pk in ids.values_list("pk", flat=True))
    in_order = sorted(places_in(places), key=lambda place: _rank(world, review.pk, place))
    return Choices(_rows(world, review.pk, kept, in_order[:SHOWN], user), len(in_order))


def _kept(world: World, review: int, instead_of: int) -> list[Pair]:
    """Everybody who is kept, but for the one whose place it is."""
    places = world.everyone.places
    pairs = KeptProposal.objects.filter(review__in=world.index).values_list("review", "reviewer")
    return [
        (each, places[person])
        for each, person in pairs
        if person in places and (each, person) != (review, instead_of)
    ]


def _able(world: World, review: int, kept: Sequence[Pair], instead_of: int) -> int:
    """Who may take a place of the visit beside those who are kept."""
    programme, _ = keep(world.programme, kept)
    seats = [seat for seat in (*programme.firsts, *programme.company) if seat.review == review]
    able = 0
    for seat in seats:
        able |= seat.may_go
    return able & ~bits_of(
        [world.everyone.places[instead_of]] if instead_of in world.everyone.places else []
    )


def _rank(world: World, review: int, place: int) -> tuple[object, ...]:
    knows = _knows(world, review) >> place & 1
    return (*rank_of(world.people[place], 0), not knows, place)


def _knows(world: World, review: int) -> int:
    return world.knows.get(world.visits[world.index[review]].service.directorate_id, 0)


def _rows(
    world: World, review: int, kept: Sequence[Pair], places: Sequence[int], user: User
) -> list[Choice]:
    before = _with_nobody(world, kept)
    costs = {place: _with_nobody(world, [*kept, (review, place)]) - before for place in places}
    reviews = reviews_of(user).in_bulk({each for cost in costs.values() for each in cost})
    people = Reviewer.objects.in_bulk([world.everyone.ids[place] for place in places])
    alone = {seat.review: seat.may_go for seat in world.programme.firsts}
    return [
        Choice(
            people[world.everyone.ids[place]],
            is_first_visit=not world.everyone.been >> place & 1,
            needs_company=review in alone and not alone[review] >> place & 1,
            knows=bool(_knows(world, review) >> place & 1),
            load=world.people[place].load,
            leaves_open=sorted(
                (reviews[each] for each in costs[place]), key=lambda each: (each.visit_on, each.pk)
            ),
        )
        for place in places
    ]


def _with_nobody(world: World, kept: Sequence[Pair]) -> set[int]:
    """The visits for which there is nobody where these are kept."""
    programme, _ = keep(world.programme, kept)
    found, _ = cover(programme.firsts, programme.people, apart=programme.apart)
    return {seat.review for seat in programme.firsts} - found.covered
