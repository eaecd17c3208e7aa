"""What the planner is given: visits, everybody who may go, and how near everybody else is.

A fixed number of queries, however many visits and people there are.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Count

from organisation.models import TrustSettings
from reviewers.models import Experience, Reviewer
from reviews.eligibility import RULE_BY_KEY, RULES, counts_towards_cap
from reviews.in_bulk.everyone import Everyone, ask_everyone
from reviews.models import Review, ReviewQuerySet, TeamMember
from reviews.planner.solving.arranging import Programme
from reviews.planner.solving.covering import Person, Seat, month_of
from reviews.planner.solving.steps import Near
from reviews.queries.loaded import LoadedVisit, loaded_visits

A_YEAR = timedelta(days=365)
ALONE = RULE_BY_KEY["first visit alone"]
SECURE = RULE_BY_KEY["first visit secure"]
CAP = RULE_BY_KEY["cap"]


def in_window(reviews: ReviewQuerySet, *, today: date, first: date, last: date) -> ReviewQuerySet:
    """Of these, the coming ones from a day to another. Nobody is planned for today any more."""
    first = max(first, today + timedelta(days=1))
    return reviews.coming().filter(visit_on__gte=first, visit_on__lte=last)


@dataclass(frozen=True)
class World:
    """The visits that want somebody, what matters most first, and everybody who is here.

    Places are indexes into ``everyone.ids``. ``waiting``: visits on which somebody was asked and
    nobody has said yes. ``closed``: visits that want somebody, to services that are closed by then.
    """

    visits: Sequence[LoadedVisit]
    waiting: Sequence[LoadedVisit]
    closed: Sequence[LoadedVisit]
    everyone: Everyone
    people: Sequence[Person]
    busy: Mapping[date, int]  # who is on a visit on that day, or asked about one
    knows: Mapping[int, int]  # by directorate, who knows its services

    @cached_property
    def index(self) -> dict[int, int]:
        """The index of each review, by id."""
        return {visit.review.pk: index for index, visit in enumerate(self.visits)}

    @cached_property
    def programme(self) -> Programme:
        """A first seat where nobody is asked, and one beside it for each LXR more it wants."""
        firsts, company = [], []
        for index, visit in enumerate(self.visits):
            free = ~self.busy.get(visit.day, 0)
            know = self.knows.get(visit.service.directorate_id, 0)
            wanted = visit.review.lxrs_wanted - len(visit.lxrs_on_team)
            if not visit.lxrs_on_team:
                able = self.everyone.able(index)
                firsts.append(Seat(visit.review.pk, visit.day, able & free, know))
                wanted -= 1
            beside = self.everyone.able(index, but_for=ALONE) & free
            company += [Seat(visit.review.pk, visit.day, beside, know)] * wanted
        has_somebody = {visit.review.pk for visit in self.visits if visit.lxrs_on_team}
        apart = 1 + max((visit.trust.rest_days for visit in self.visits), default=0)
        return Programme(firsts, company, self.people, has_somebody, apart)

    def near(self, seat: Seat, *, but_for: int) -> Near:
        """Who is how many steps away from a first seat; ``but_for``: who is left out, as bits."""
        index, everyone = self.index[seat.review], self.everyone
        missing = [everyone.everybody & ~everyone.on_team[index] & ~but_for]
        for rule in RULES:
            misses = everyone.missing[rule][index]
            if rule.is_a_step:
                pairs = zip([*missing, 0], [0, *missing], strict=True)
                missing = [(same & ~misses) | (fewer & misses) for same, fewer in pairs]
            else:
                missing = [each & ~misses for each in missing]
        return Near([seat.may_go, *missing[1:]], whatever_room=everyone.missing[CAP][index])


def world_of(reviews: ReviewQuerySet, *, today: date, trust: TrustSettings) -> World:
    """Of these reviews those that want somebody, and everybody for them."""
    everything = loaded_visits(Review.objects.filter(pk__in=reviews.values("pk")), trust)
    wanting = [each for each in everything if len(each.lxrs_on_team) < each.review.lxrs_wanted]
    open_then = [each for each in wanting if not each.service.is_closed_on(each.day)]
    visits = sorted(open_then, key=_first_things)
    everyone = ask_everyone(visits)
    places = everyone.places
    months = {month_of(visit.day) for visit in visits}
    return World(
        visits=visits,
        waiting=[each for each in everything if each.lxrs_on_team and not _has_yes(each)],
        closed=[each for each in wanting if each.service.is_closed_on(each.day)],
        everyone=everyone,
        people=_people(everyone, months, today),
        busy=_busy([visit.day for visit in visits], places),
        knows=_who_know(places),
    )


def _first_things(visit: LoadedVisit) -> tuple[bool, date, int]:
    """Hard to reach first, then soonest."""
    return not visit.service.is_harder_to_reach, visit.day, visit.review.pk


def _has_yes(visit: LoadedVisit) -> bool:
    return any(
        each.role == TeamMember.Role.LXR and each.response == TeamMember.Response.ACCEPTED
        for each in visit.review.team.all()
    )


def _people(everyone: Everyone, months: Collection[date], today: date) -> list[Person]:
    if not months:
        return []
    places = everyone.places
    loads = _loads(places, today)
    used = _visits_by_month(places, min(months), max(months))
    wanted = dict(Reviewer.objects.order_by().values_list("pk", "visits_a_month"))
    alike = {number: dict.fromkeys(months, number) for number in set(wanted.values())}
    rooms = [alike[wanted[pk]] for pk in everyone.ids]
    for (place, month), visits in used.items():
        if month in months:
            rooms[place] = rooms[place] | {month: max(0, rooms[place][month] - visits)}
    return [
        Person(room, has_been=bool(everyone.been >> place & 1), load=loads[place])
        for place, room in enumerate(rooms)
    ]


def _busy(days: Collection[date], places: Mapping[int, int]) -> dict[date, int]:
    """Who is asked to, or goes on, a visit on each of these days."""
    if not days:
        return {}
    live = TeamMember.objects.live().filter(
        reviewer__isnull=False,
        review__status__in=Review.COMING,
        review__visit_on__gte=min(days),
        review__visit_on__lte=max(days),
    )
    found: defaultdict[date, int] = defaultdict(int)
    for person, day in live.order_by().values_list("reviewer", "review__visit_on"):
        if person in places:
            found[day] |= 1 << places[person]
    return found


def _visits_by_month(
    places: Mapping[int, int], first: date, last: date
) -> Counter[tuple[int, date]]:
    """How many visits of a month count for each person."""
    end = (last + timedelta(days=31)).replace(day=1)
    rows = counts_towards_cap().filter(review__visit_on__gte=first, review__visit_on__lt=end)
    return Counter(
        (places[person], month_of(day))
        for person, day in rows.order_by().values_list("reviewer", "review__visit_on")
        if person in places
    )


def _loads(places: Mapping[int, int], today: date) -> Counter[int]:
    """How many visits each had in the last year, those still to come with them."""
    rows = counts_towards_cap().filter(review__visit_on__gte=today - A_YEAR)
    counted = rows.order_by().values("reviewer").annotate(visits=Count("pk"))
    return Counter(
        {
            places[person]: visits
            for person, visits in counted.values_list("reviewer", "visits")
            if person in places
        }
    )


def _who_know(places: Mapping[int, int]) -> dict[int, int]:
    """By directorate, who has lived experience of it or has been on a visit there."""
    been = TeamMember.objects.lxrs().filter(attended=True)
    pairs = (
        Experience.objects.order_by().values_list("directorate", "reviewer"),
        been.order_by().values_list("review__service__directorate", "reviewer"),
    )
    found: defaultdict[int, int] = defaultdict(int)
    for directorate, person in pairs[0].union(pairs[1]):
        if person in places:
            found[directorate] |= 1 << places[person]
    return found
