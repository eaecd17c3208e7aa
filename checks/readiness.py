"""The one window in the wall: what everybody but a checks officer may know of checks.

Ready, fits or does not fit a visit, or with the checks team since a day. Every delay reads alike,
whatever its cause; where a condition comes from is never told.

What checks say is asked as sets of reviewers that depend on no outer row, so that the database
works each out once and not once per person.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from checks.models import Condition, DBSCheck, RiskAssessment, SiteClearance
from organisation.models import DBSLevel, Service, Site, TrustSettings, levels_that_do_for
from reviewers.models import Reviewer, Stage

ALLOWING = (RiskAssessment.Decision.APPROVED, RiskAssessment.Decision.CONDITIONS)

_ALLOWED = Q(result=DBSCheck.Result.CLEAR) | Q(
    result=DBSCheck.Result.DISCLOSURE,
    assessment__is_in_force=True,
    assessment__decision__in=ALLOWING,
)


def _in_date(on: date, trust: TrustSettings) -> Q:
    """A renewal that is due warns; it blocks only from the day the trust says it does."""
    if trust.renewal_blocks_from is None or on < trust.renewal_blocks_from:
        return Q()
    return Q(renewal_due_on__isnull=True) | Q(renewal_due_on__gte=on)


def _counting(*, level: str, on: date, trust: TrustSettings) -> QuerySet[Any, Any]:
    """Reviewers with a check that does for ``level`` on that day."""
    return DBSCheck.objects.filter(
        _ALLOWED, _in_date(on, trust), level__in=levels_that_do_for(level)
    ).values("reviewer")


def _with_open_disclosure() -> QuerySet[Any, Any]:
    """Reviewers with a disclosure that no decision in force allows."""
    return (
        DBSCheck.objects.filter(result=DBSCheck.Result.DISCLOSURE)
        .exclude(assessment__is_in_force=True, assessment__decision__in=ALLOWING)
        .values("reviewer")
    )


def _kept_from(service: Service, on: date) -> QuerySet[Any, Any]:
    """Reviewers whom a condition in force on that day keeps from this service."""
    return Condition.objects.filter(
        Q(not_service=service)
        | Q(not_directorate=service.directorate_id)
        | Q(not_setting=service.setting),
        Q(until__isnull=True) | Q(until__gte=on),
        assessment__is_in_force=True,
        assessment__decision=RiskAssessment.Decision.CONDITIONS,
    ).values("assessment__check_made__reviewer")


def _let_in(site: Site) -> Q:
    """The site asks for nothing more, or has let the reviewer in."""
    if site.asks == Site.Asks.NOTHING:
        return Q()
    rungs = [SiteClearance.Rung.CLEARED]
    if site.takes_escorted:
        rungs.append(SiteClearance.Rung.ESCORTED)
    let_in = SiteClearance.objects.filter(site=site, rung__in=rungs)
    return Q(pk__in=let_in.values("reviewer"))


def fits(*, service: Service, on: date, trust: TrustSettings) -> Q:
    """The condition on reviewers: everything that checks ask for a visit there on that day.

    ``service`` comes with its ``role_variant`` and ``site``. One condition, one answer: it does
    not tell which part is missing.
    """
    return (
        Q(pk__in=_counting(level=service.role_variant.level, on=on, trust=trust))
        & ~Q(pk__in=_with_open_disclosure())
        & ~Q(pk__in=_kept_from(service, on))
        & _let_in(service.site)
    )


def is_ready(*, on: date, trust: TrustSettings) -> Q:
    """The condition on reviewers: ready in general, for a visit that asks for a basic check."""
    counting = _counting(level=DBSLevel.BASIC, on=on, trust=trust)
    return Q(pk__in=counting) & ~Q(pk__in=_with_open_disclosure())


@dataclass(frozen=True)
class Readiness:
    """What may be known of one person's checks: ready, or with the checks team since a day."""

    ready: bool
    since: date | None = None

    @property
    def words(self) -> str:
        """As pages say it."""
        if self.ready:
            return "Ready"
        return "Checks under way" if self.since else "Checks not started"


def readiness_of(
    reviewers: Iterable[Reviewer], *, on: date, trust: TrustSettings
) -> dict[int, Readiness]:
    """Each reviewer's readiness by id, in two queries however many there are.

    The day since when is the application's, or the day the person reached their stage: the same
    for a slow certificate, a pending decision and a refusal.
    """
    people = {person.pk: person for person in reviewers}
    ready = set(
        Reviewer.objects.filter(is_ready(on=on, trust=trust), pk__in=people).values_list(
            "pk", flat=True
        )
    )
    applied = dict(
        DBSCheck.objects.filter(reviewer__in=people)
        .order_by("applied_on")
        .values_list("reviewer_id", "applied_on")
    )
    return {
        pk: Readiness(ready=True)
        if pk in ready
        else Readiness(ready=False, since=applied.get(pk) or _waiting_since(person))
        for pk, person in people.items()
    }


def _waiting_since(person: Reviewer) -> date | None:
    """Before the interview nothing has begun."""
    if person.stage in {Stage.ENQUIRY, Stage.INTERVIEW}:
        return None
    return person.stage_since
