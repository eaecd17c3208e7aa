"""What depends on the visit, in memory: who would rather not go there, whose checks fit, and whose
first visit it would be alone."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from checks.fitting import who_fit
from checks.in_bulk import Need, standings
from reviewers.models import Exclusion, Reviewer
from reviews.eligibility import Visit
from reviews.in_bulk.bits import bits_of


def exclusions(visits: Sequence[Visit], places: Mapping[int, int]) -> list[int]:
    """Who would rather not go to the service of each visit. One query."""
    found: defaultdict[int, int] = defaultdict(int)
    for service, person in Exclusion.objects.order_by().values_list("service", "reviewer"):
        if person in places:
            found[service] |= 1 << places[person]
    return [found[visit.service.pk] for visit in visits]


def readiness(visits: Sequence[Visit], places: Mapping[int, int]) -> list[int]:
    """Whose checks do not fit each visit. Four queries."""
    if not visits:
        return []
    everybody = (1 << len(places)) - 1
    last_day = max(visit.day for visit in visits)
    known = standings(
        Reviewer.objects.order_by().values("pk"), trust=visits[0].trust, last_day=last_day
    )
    needs = [Need.of(visit.service, visit.day, is_accompanied=visit.has_staff) for visit in visits]
    return [everybody & ~fits for fits in who_fit(known, needs, places)]


def alone(visits: Sequence[Visit], places: Mapping[int, int]) -> list[int]:
    """Who would be the only LXR, and has not said that a first visit may be anywhere. One query.

    The same as ``first_visit_not_alone`` of ``reviews.eligibility``.
    """
    careful = Reviewer.objects.filter(first_visit_anywhere=False).order_by()
    them = bits_of(places[pk] for pk in careful.values_list("pk", flat=True) if pk in places)
    return [_without_company(visit.lxrs_on_team, places) & them for visit in visits]


def _without_company(team: Collection[int], places: Mapping[int, int]) -> int:
    """One LXR on the team is company for everyone but that LXR."""
    if len(team) > 1:
        return 0
    return bits_of(places[pk] for pk in team if pk in places) if team else (1 << len(places)) - 1
