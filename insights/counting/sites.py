"""Reviews at the sites that are hardest to get into: counted afresh, for they are few."""

from collections import Counter

from django.db.models import Count, Exists, OuterRef

from insights.counting.counts import Counts
from insights.counting.reasons import missed_field
from insights.periods import Period
from organisation.models import Directorate, Service
from reviews.models import Review, TeamMember

Site = tuple[str, str]
"""A site's name, and the setting of the services reviewed there."""


def count_sites(period: Period, directorate: Directorate | None = None) -> dict[Site, Counts]:
    """Completed, covered and missed by reason at each secure and prison site, in two queries."""
    reviews = Review.objects.completed().filter(
        visit_on__gte=period.since,
        visit_on__lte=period.until,
        service__setting__in=Service.HARDER_TO_REACH,
    )
    if directorate is not None:
        reviews = reviews.filter(service__directorate=directorate)
    lxrs = TeamMember.objects.lxrs().filter(review=OuterRef("pk"), attended=True)
    site = ("service__site__name", "service__setting")
    found: dict[Site, Counter[str]] = {}
    for name, setting, number in reviews.order_by().values_list(*site).annotate(n=Count("pk")):
        found[name, setting] = Counter(completed=number, covered=number)
    missed = reviews.filter(~Exists(lxrs)).order_by().values_list(*site, "gap_reason")
    for name, setting, reason, number in missed.annotate(n=Count("pk")):
        found[name, setting].update({"covered": -number, missed_field(reason): number})
    return {key: Counts(**named) for key, named in sorted(found.items())}
