"""What depends on the place, in memory: who would rather not go there, and whose checks fit."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from checks.fitting import who_fit
from checks.in_bulk import Need, standings
from reviewers.models import Exclusion, Reviewer
from reviews.eligibility import Visit


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
