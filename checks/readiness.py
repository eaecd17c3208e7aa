"""The one window in the wall: what everybody but a checks officer may know of checks.

Ready, fits or does not fit a visit, or with the checks team since a day. Every delay reads alike,
whatever its cause; where a condition comes from is never told. What comes for somebody who is
ready makes them wait until it is settled, whatever it says: see ADR 9.

What checks say is asked as sets of reviewers that depend on no outer row, so that the database
works each out once and not once per person.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from checks.models import Condition, DBSCheck, RiskAssessment, SiteClearance
from checks.since import waiting_since
from organisation.models import (
    DBSLevel,
    RoleVariant,
    Service,
    Site,
    TrustSettings,
    levels_that_do_for,
    workforces_that_do_for,
)
from reviewers.models import Reviewer, Stage


def _approving(on: date) -> QuerySet[RiskAssessment]:
    """Decisions in force that allow visits on that day. Conditions nobody knows allow none."""
    return RiskAssessment.objects.filter(
        Q(approved_until__isnull=True) | Q(approved_until__gte=on),
        is_in_force=True,
        is_missing_conditions=False,
        decision__in=RiskAssessment.ALLOWING,
    )


def _in_date(on: date, trust: TrustSettings) -> Q:
    """A renewal that is due warns; it blocks only from the day the trust says it does."""
    if trust.renewal_blocks_from is None or on < trust.renewal_blocks_from:
        return Q()
    return Q(renewal_due_on__isnull=True) | Q(renewal_due_on__gte=on)


def _checks(among: Collection[int] | None) -> QuerySet[DBSCheck]:
    """Everybody's checks; or, where only a few people are asked about, by id, no others."""
    return DBSCheck.objects.all() if among is None else DBSCheck.objects.filter(reviewer__in=among)


def _counting(
    on: date, trust: TrustSettings, among: Collection[int] | None = None
) -> QuerySet[DBSCheck]:
    """Checks that count on that day; one of which the Update Service says it changed does not."""
    return (
        _checks(among)
        .filter(
            Q(result=DBSCheck.Result.CLEAR)
            | Q(result=DBSCheck.Result.DISCLOSURE, pk__in=_approving(on).values("check_made")),
            _in_date(on, trust),
        )
        .exclude(status_result=DBSCheck.Status.CHANGED)
    )


def _checked_for(
    level: str,
    workforce: str,
    *,
    on: date,
    trust: TrustSettings,
    among: Collection[int] | None = None,
) -> Q:
    """The condition on reviewers: a check, or one for each workforce, that does for a role."""
    counting = _counting(on, trust, among).filter(level__in=levels_that_do_for(level))
    asked = workforces_that_do_for(level, workforce)
    met = Q() if asked else Q(pk__in=counting.values("reviewer"))
    for workforces in asked:
        met &= Q(pk__in=counting.filter(workforce__in=workforces).values("reviewer"))
    return met


def _with_something_open(on: date, among: Collection[int] | None = None) -> QuerySet[Any, Any]:
    """Reviewers for whom something came that is not settled, whatever it says; and those with a
    disclosure that no decision in force allows.
    """
    undecided = Q(result=DBSCheck.Result.DISCLOSURE) & ~Q(
        pk__in=_approving(on).values("check_made")
    )
    return _checks(among).filter(Q(waiting_since__isnull=False) | undecided).values("reviewer")


def _in_force(on: date) -> QuerySet[Condition]:
    return Condition.objects.filter(
        Q(until__isnull=True) | Q(until__gte=on),
        assessment__is_in_force=True,
        assessment__decision=RiskAssessment.Decision.CONDITIONS,
    )


def _kept_from(service: Service, on: date, *, is_accompanied: bool) -> QuerySet[Any, Any]:
    """Reviewers whom a condition in force on that day keeps from such a visit to this service."""
    keeping = (
        Q(not_service=service)
        | Q(not_directorate=service.directorate_id)
        | Q(not_setting=service.setting)
    )
    if not is_accompanied:
        keeping |= Q(accompanied_only=True)
    return _in_force(on).filter(keeping).values("assessment__check_made__reviewer")


def _let_in(site: Site) -> Q:
    """The site asks for nothing more, or has let the reviewer in."""
    if site.asks == Site.Asks.NOTHING:
        return Q()
    rungs = [*SiteClearance.LET_IN]
    if site.takes_escorted:
        rungs.append(SiteClearance.Rung.ESCORTED)
    let_in = SiteClearance.objects.filter(site=site, rung__in=rungs)
    return Q(pk__in=let_in.values("reviewer"))


def fits(*, service: Service, on: date, trust: TrustSettings, is_accompanied: bool = False) -> Q:
    """The condition on reviewers: everything that checks ask for a visit there on that day.

    ``service`` comes with its ``role_variant`` and ``site``; ``is_accompanied``: somebody of the
    trust is on the team. One condition, one answer: it does not tell which part is missing.
    """
    variant: RoleVariant = service.role_variant
    return (
        _checked_for(variant.level, variant.workforce, on=on, trust=trust)
        & ~Q(pk__in=_with_something_open(on))
        & ~Q(pk__in=_kept_from(service, on, is_accompanied=is_accompanied))
        & _let_in(service.site)
    )


def is_ready(*, on: date, trust: TrustSettings, among: Collection[int] | None = None) -> Q:
    """The condition on reviewers: ready in general, for a visit that asks for a basic check.

    ``among``: where only a few people are asked about, their ids; no other check is read.
    """
    counting = _checked_for(DBSLevel.BASIC, "", on=on, trust=trust, among=among)
    return counting & ~Q(pk__in=_with_something_open(on, among))


def is_ready_now(person: int, on: date, trust: TrustSettings) -> bool:
    """Whether the person with this id is ready. One query."""
    condition = is_ready(on=on, trust=trust, among=[person])
    return Reviewer.objects.filter(condition, pk=person).exists()


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
    """Each reviewer's readiness by id, in two queries at most, however many there are.

    Somebody without a check is with the checks team since the day they reached their stage.
    """
    people = {person.pk: person for person in reviewers}
    ready = set(
        Reviewer.objects.filter(is_ready(on=on, trust=trust), pk__in=people).values_list(
            "pk", flat=True
        )
    )
    since = waiting_since(people.keys() - ready, on=on, trust=trust)
    return {
        pk: Readiness(ready=True) if pk in ready else _not_ready(person, since.get(pk))
        for pk, person in people.items()
    }


def readiness_of_one(person: Reviewer, *, on: date, trust: TrustSettings) -> Readiness:
    """The same of one person, in two queries at most that read nobody else's checks."""
    if is_ready_now(person.pk, on, trust):
        return Readiness(ready=True)
    return _not_ready(person, waiting_since([person.pk], on=on, trust=trust).get(person.pk))


def _not_ready(person: Reviewer, since: date | None) -> Readiness:
    return Readiness(ready=False, since=since or _at_stage_since(person))


def _at_stage_since(person: Reviewer) -> date | None:
    """Before the interview nothing has begun."""
    if person.stage in {Stage.ENQUIRY, Stage.INTERVIEW}:
        return None
    return person.stage_since
