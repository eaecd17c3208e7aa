"""The table of what would open most. A fixed number of queries, however many people there are."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from checks.in_bulk import NOTHING_YET, Need, Rung, Standing, Standings, standings
from organisation.models import DBSLevel, Site, TrustSettings
from programme.opening.steps import Kind, Step, opens_too, steps_to
from reviewers.models import Reviewer
from reviews.models import Review, TeamMember
from reviews.queries.but_for import LoadedVisit, loaded_visits, missing_nothing_but

DAYS = 120
SHOWN = 30
VISITS_SHOWN = 3


@dataclass(frozen=True)
class Opening:
    """A step, whom it is about, and the visits it would open, soonest first.

    Of a site that answers for several people at once ``person`` is None.
    """

    words: str
    people: int
    person: Reviewer | None
    visits: list[Review]

    @property
    def first(self) -> list[Review]:
        """The soonest of them."""
        return self.visits[:VISITS_SHOWN]

    @property
    def others(self) -> int:
        """How many more there are."""
        return len(self.visits) - len(self.first)


@dataclass(frozen=True)
class Openings:
    """The best of them, and how much there is in all."""

    rows: list[Opening]
    total: int
    uncovered: int


@dataclass(frozen=True)
class _Found:
    """By indexes of visits: what each step of each person, and of each site, would open."""

    people: Mapping[tuple[int, Step], Sequence[int]]
    sites: Mapping[int, Mapping[int, set[int]]]


def openings(now: datetime, trust: TrustSettings) -> Openings:
    """Which single step makes most people able to go on most uncovered visits of 120 days."""
    visits = _uncovered(now, trust)
    if not visits:
        return Openings([], 0, 0)
    everyone = Reviewer.objects.active().order_by().values("pk")
    checks = standings(everyone, trust=trust, last_day=visits[-1].day)
    found = _find(visits, checks)
    reviews = [visit.review for visit in visits]
    ranked = sorted(
        [
            *((len(at), at[0], 1, person, step, at) for (person, step), at in found.people.items()),
            *_of_sites(found.sites),
        ],
        key=lambda row: (-row[0], row[1], -row[2], row[3], row[4].kind),
    )
    best = ranked[:SHOWN]
    people = Reviewer.objects.only("first_name", "last_name", "reference", "user").in_bulk(
        [person for _, _, count, person, _, _ in best if count == 1]
    )
    sites = {visit.service.site_id: visit.service.site for visit in visits}
    return Openings(
        [
            Opening(
                _words(step, sites, count),
                count,
                people.get(person) if count == 1 else None,
                [reviews[index] for index in at],
            )
            for _, _, count, person, step, at in best
        ],
        len(ranked),
        len(visits),
    )


def _uncovered(now: datetime, trust: TrustSettings) -> list[LoadedVisit]:
    today = localdate(now)
    can_come = TeamMember.objects.lxrs().filter(
        review=OuterRef("pk"), response=TeamMember.Response.ACCEPTED
    )
    reviews = Review.objects.coming().filter(
        ~Exists(can_come), visit_on__gt=today, visit_on__lte=today + timedelta(days=DAYS)
    )
    return loaded_visits(reviews, trust)


def _find(visits: Sequence[LoadedVisit], checks: Standings) -> _Found:
    """People who are alike in all that counts are asked about once."""
    blocks_from = checks.trust.renewal_blocks_from
    able = missing_nothing_but("readiness", visits)
    alike: defaultdict[Standing, set[int]] = defaultdict(set)
    for person, standing in checks.by_person.items():
        alike[standing].add(person)
    alike[NOTHING_YET] |= set().union(*able) - checks.by_person.keys()
    needs = [Need.of(visit.service, visit.day, is_accompanied=visit.has_staff) for visit in visits]
    opened: defaultdict[tuple[int, Step], list[int]] = defaultdict(list)
    waiting: defaultdict[int, defaultdict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for standing, people in alike.items():
        asked = [next(steps_to(standing, need, blocks_from), None) for need in needs]
        for step in _strongest(standing, set(asked) - {None}, needs, asked, blocks_from):
            for index, each in enumerate(asked):
                if each is None or not _opens(step, each, standing, needs[index], blocks_from):
                    continue
                for person in people & able[index]:
                    opened[person, step].append(index)
                    if step.site and standing.rung_at(step.site) == Rung.IN_PROGRESS:
                        waiting[step.site][person].add(index)
    return _Found(opened, waiting)


def _opens(
    step: Step, asked: Step, standing: Standing, need: Need, blocks_from: date | None
) -> bool:
    if asked == step:
        return True
    return asked.kind == step.kind and opens_too(step, standing, need, blocks_from)


def _strongest(
    standing: Standing,
    steps: set[Step | None],
    needs: Sequence[Need],
    asked: Sequence[Step | None],
    blocks_from: date | None,
) -> list[Step]:
    """Of certificates, those that no other one here would do for as well."""
    chosen = sorted(
        (step for step in steps if step is not None),
        key=lambda step: (step.kind, -_rank(step), step.workforce, step.site),
    )
    kept: list[Step] = []
    for step in chosen:
        where = [index for index, each in enumerate(asked) if each == step]
        if not any(
            all(opens_too(other, standing, needs[index], blocks_from) for index in where)
            for other in kept
            if other.kind == step.kind
        ):
            kept.append(step)
    return kept


def _rank(step: Step) -> int:
    return list(DBSLevel.values).index(step.level) if step.level else 0


def _of_sites(
    sites: Mapping[int, Mapping[int, set[int]]],
) -> list[tuple[int, int, int, int, Step, list[int]]]:
    """A site that answers for everybody who waits there, where that is more than one person."""
    rows = []
    for site, people in sites.items():
        if len(people) > 1:
            at = sorted(set().union(*people.values()))
            pairs = sum(map(len, people.values()))
            rows.append((pairs, at[0], len(people), 0, Step(Kind.CLEARANCE, site=site), at))
    return rows


def _words(step: Step, sites: Mapping[int, Site], people: int) -> str:
    if step.kind == Kind.CERTIFICATE:
        level = DBSLevel(step.level).label
        workforce = f", {step.workforce} workforce" if _rank(step) > 1 else ""
        return f"A certificate: {level.lower()}{workforce}"
    if step.kind == Kind.DECISION:
        return "A decision on their risk assessment"
    if people > 1:
        return f"{sites[step.site]} answers for everybody who waits there"
    return f"Clearance for {sites[step.site]}"
