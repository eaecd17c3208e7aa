"""Readiness of many people for many visits at once: four queries, the rest in memory.

The same rule as ``checks.readiness.fits``, for where it would be asked once for every visit. A
test holds that both say the same. Only checks officers may see more of it than yes or no.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.db.models import QuerySet

from checks.models import Condition, DBSCheck, RiskAssessment, SiteClearance
from organisation.models import (
    DBSLevel,
    Service,
    Site,
    TrustSettings,
    levels_that_do_for,
    workforces_that_do_for,
)

Rung = SiteClearance.Rung


@dataclass(frozen=True)
class Need:
    """What a visit asks of checks. ``site`` is None where the site asks for nothing more."""

    on: date
    level: str
    workforce: str
    service: int
    directorate: int
    setting: str
    site: int | None
    takes_escorted: bool
    is_accompanied: bool

    @classmethod
    def of(cls, service: Service, on: date, *, is_accompanied: bool) -> Self:
        """Of a visit to this service, which comes with its site and role variant."""
        asks = service.site.asks != Site.Asks.NOTHING
        return cls(
            on=on,
            level=service.role_variant.level,
            workforce=service.role_variant.workforce,
            service=service.pk,
            directorate=service.directorate_id,
            setting=service.setting,
            site=service.site_id if asks else None,
            takes_escorted=service.site.takes_escorted,
            is_accompanied=is_accompanied,
        )


@dataclass(frozen=True)
class Certificate:
    """What counts of one check that came back.

    ``is_allowed``: it is settled, and blank or allowed by a decision in force until
    ``allowed_until``.
    ``is_being_decided``: a round of deciding is open.
    """

    level: str
    workforce: str
    is_allowed: bool
    is_changed: bool = False
    allowed_until: date | None = None
    due_on: date | None = None
    is_being_decided: bool = False

    def allows(self, on: date) -> bool:
        """Whether nothing it showed stands in the way on that day."""
        return self.is_allowed and (self.allowed_until is None or self.allowed_until >= on)


@dataclass(frozen=True)
class Bar:
    """A condition in force: what it keeps a person from, until a day."""

    service: int | None
    directorate: int | None
    setting: str
    accompanied_only: bool
    until: date | None

    def keeps_from(self, need: Need) -> bool:
        """Whether it stands in the way of such a visit."""
        if self.until is not None and self.until < need.on:
            return False
        return (
            self.service == need.service
            or self.directorate == need.directorate
            or self.setting == need.setting
            or (self.accompanied_only and not need.is_accompanied)
        )


@dataclass(frozen=True)
class Standing:
    """All that counts of one person. Equal for two people: the same answer to every need."""

    certificates: tuple[Certificate, ...] = ()
    bars: tuple[Bar, ...] = ()
    rungs: tuple[tuple[int, str], ...] = ()

    def counting(self, on: date, blocks_from: date | None) -> list[Certificate]:
        """The certificates that count on that day."""
        blocks = blocks_from is not None and on >= blocks_from
        return [
            each
            for each in self.certificates
            if not each.is_changed
            and each.allows(on)
            and not (blocks and each.due_on is not None and each.due_on < on)
        ]

    def undecided(self, on: date) -> list[Certificate]:
        """Those that no decision in force allows."""
        return [each for each in self.certificates if not each.allows(on)]

    def is_kept_from(self, need: Need) -> bool:
        """Whether a condition in force stands in the way."""
        return any(each.keeps_from(need) for each in self.bars)

    def rung_at(self, site: int | None) -> str:
        """Where they stand with the site; empty where nothing has begun."""
        return dict(self.rungs).get(site, "") if site is not None else ""

    def is_let_in(self, need: Need) -> bool:
        """The site asks for nothing more, or has let them in."""
        if need.site is None:
            return True
        rung = self.rung_at(need.site)
        return rung in SiteClearance.LET_IN or (need.takes_escorted and rung == Rung.ESCORTED)

    def fits(self, need: Need, blocks_from: date | None) -> bool:
        """Everything that checks ask for such a visit."""
        return (
            do_for(self.counting(need.on, blocks_from), need.level, need.workforce)
            and not self.undecided(need.on)
            and not self.is_kept_from(need)
            and self.is_let_in(need)
        )

    def is_ready(self, on: date, blocks_from: date | None) -> bool:
        """Ready in general."""
        counting = self.counting(on, blocks_from)
        return do_for(counting, DBSLevel.BASIC, "") and not self.undecided(on)


def do_for(certificates: Iterable[Certificate], level: str, workforce: str) -> bool:
    """Whether these meet a role: one of its level, or one for each workforce it meets."""
    levels = levels_that_do_for(level)
    held = [each.workforce for each in certificates if each.level in levels]
    groups = workforces_that_do_for(level, workforce)
    return bool(held) and all(any(each in group for each in held) for group in groups)


NOTHING_YET = Standing()


@dataclass(frozen=True)
class Standings:
    """Everybody's, by the person's id. Who is not in it has nothing that counts."""

    by_person: Mapping[int, Standing]
    trust: TrustSettings

    def of(self, person: int) -> Standing:
        """Where this person stands."""
        return self.by_person.get(person, NOTHING_YET)

    def fit(self, person: int, need: Need) -> bool:
        """Whether this person's checks do for such a visit."""
        return self.of(person).fits(need, self.trust.renewal_blocks_from)

    def are_ready(self, person: int, on: date) -> bool:
        """Whether this person is ready in general."""
        return self.of(person).is_ready(on, self.trust.renewal_blocks_from)


def standings(people: QuerySet[Any, Any], *, trust: TrustSettings, last_day: date) -> Standings:
    """Where these people stand for visits up to ``last_day``. Four queries.

    ``people`` yields ids. Days behind ``last_day`` are left out, so that people who differ in
    nothing else are equal.
    """

    def clipped(day: date | None) -> date | None:
        return None if day is None or day >= last_day else day

    in_force, open_rounds = _rounds(people)
    blocks = trust.renewal_blocks_from is not None and trust.renewal_blocks_from <= last_day
    certificates: defaultdict[int, list[Certificate]] = defaultdict(list)
    for person, pk, level, workforce, result, status, due_on, waiting_since in (
        DBSCheck.objects.filter(
            reviewer__in=people, result__in=[DBSCheck.Result.CLEAR, DBSCheck.Result.DISCLOSURE]
        )
        .order_by("pk")
        .values_list(
            "reviewer_id",
            "pk",
            "level",
            "workforce",
            "result",
            "status_result",
            "renewal_due_on",
            "waiting_since",
        )
    ):
        is_clear = result == DBSCheck.Result.CLEAR
        certificates[person].append(
            Certificate(
                level,
                workforce,
                is_allowed=waiting_since is None and (is_clear or pk in in_force),
                is_changed=status == DBSCheck.Status.CHANGED,
                allowed_until=None if is_clear else clipped(in_force.get(pk)),
                due_on=clipped(due_on) if blocks else None,
                is_being_decided=not is_clear and pk in open_rounds,
            )
        )
    bars = _bars(people, clipped)
    rungs: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    clearances = SiteClearance.objects.filter(reviewer__in=people).order_by("site_id")
    for person, site, rung in clearances.values_list("reviewer_id", "site_id", "rung"):
        rungs[person].append((site, rung))
    return Standings(
        {
            person: Standing(
                tuple(certificates.get(person, ())),
                tuple(bars.get(person, ())),
                tuple(rungs.get(person, ())),
            )
            for person in {*certificates, *bars, *rungs}
        },
        trust,
    )


def _rounds(people: QuerySet[Any, Any]) -> tuple[dict[int, date | None], set[int]]:
    """Of checks: until when a decision in force allows visits; and those with an open round."""
    in_force: dict[int, date | None] = {}
    open_rounds: set[int] = set()
    rounds = RiskAssessment.objects.filter(
        check_made__reviewer__in=people, replaced_at__isnull=True
    )
    for check, is_in_force, decision, is_missing_conditions, until in rounds.order_by().values_list(
        "check_made_id", "is_in_force", "decision", "is_missing_conditions", "approved_until"
    ):
        if not is_in_force:
            open_rounds.add(check)
        elif decision in RiskAssessment.ALLOWING and not is_missing_conditions:
            in_force[check] = until
    return in_force, open_rounds


def _bars(people: QuerySet[Any, Any], clipped: Any) -> dict[int, list[Bar]]:
    bars: defaultdict[int, list[Bar]] = defaultdict(list)
    conditions = Condition.objects.filter(
        assessment__check_made__reviewer__in=people,
        assessment__is_in_force=True,
        assessment__decision=RiskAssessment.Decision.CONDITIONS,
    ).order_by("pk")
    for person, service, directorate, setting, accompanied_only, until in conditions.values_list(
        "assessment__check_made__reviewer_id",
        "not_service_id",
        "not_directorate_id",
        "not_setting",
        "accompanied_only",
        "until",
    ):
        bars[person].append(Bar(service, directorate, setting, accompanied_only, clipped(until)))
    return bars
