"""People on coming visits who may not be able to go any more.

Nothing is released by itself: what stands here is for a coordinator to decide.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.utils.timezone import localdate

from accounts.models import User
from checks.in_bulk import Need, Standings, standings
from organisation.models import Site
from organisation.queries import trust_settings
from reviewers.models import Exclusion, Stage
from reviews.models import Review, TeamMember
from reviews.queries.reviews import SERVICE, reviews_of


class Why(StrEnum):
    """What may be said of it. Everything about checks reads like one of the last two.

    So does a service that somebody would rather not go to: where it comes from is never told.
    """

    PAUSED = "taking a break"
    LEFT = "has left"
    STAGE = "not in the active stage"
    CHECKS = "checks under way"
    DOES_NOT_FIT = "does not fit this visit"


@dataclass(frozen=True)
class Doubt:
    """A place on a team that is in doubt, by id, and why.

    ``seen`` is all that a coordinator can see of it: while it stays the same, nothing has changed.
    ``may_stay``: whether a coordinator may keep them on the visit.
    """

    member: int
    why: Why
    seen: tuple[str, ...]
    may_stay: bool = True


def _why(
    stage: str, person: int, need: Need, checks: Standings, today: date, *, would_rather_not: bool
) -> Why | None:
    if stage == Stage.PAUSED:
        return Why.PAUSED
    if stage == Stage.LEFT:
        return Why.LEFT
    if stage != Stage.ACTIVE:
        return Why.STAGE
    if would_rather_not:
        return Why.DOES_NOT_FIT
    if checks.fit(person, need):
        return None
    return Why.DOES_NOT_FIT if checks.are_ready(person, today) else Why.CHECKS


def doubts(now: datetime, *, member: int | None = None) -> Iterator[Doubt]:
    """Of everybody on a coming visit, or asked: who paused, left, or does not fit the visit.

    Shadows and reserves too. The soonest first; each is asked by its own service, site, day and
    team. ``member`` asks about one place alone. Six queries; one where nobody is on a visit.
    """
    today = localdate(now)
    live = TeamMember.objects.people().live()
    live = live.filter(review__status__in=Review.COMING, review__visit_on__gte=today)
    if member is not None:
        live = live.filter(pk=member)
    staff = TeamMember.objects.live().filter(review=OuterRef("review"), staff__isnull=False)
    excluded = Exclusion.objects.filter(
        reviewer=OuterRef("reviewer"), service=OuterRef("review__service")
    )
    rows: list[tuple[Any, ...]] = list(
        live.annotate(is_accompanied=Exists(staff), would_rather_not=Exists(excluded))
        .order_by("review__visit_on", "pk")
        .values_list(
            "pk",
            "would_rather_not",
            "reviewer_id",
            "reviewer__stage",
            "reviewer__stage_since",
            "review__visit_on",
            "review__service_id",
            "review__service__directorate_id",
            "review__service__setting",
            "review__service__role_variant__level",
            "review__service__role_variant__workforce",
            "review__service__site_id",
            "review__service__site__asks",
            "review__service__site__takes_escorted",
            "is_accompanied",
            "invited_at",
        )
    )
    if not rows:
        return
    last_day = max(row[5] for row in rows)
    people = live.order_by().values("reviewer")
    checks = standings(people, trust=trust_settings(), last_day=last_day)
    for pk, no, person, stage, since, day, *asked, invited_at in rows:
        need = _need(day, *asked)
        why = _why(stage, person, need, checks, today, would_rather_not=no)
        if why is not None:
            seen = (why, f"{since}", f"{day}", f"{asked[0]}", f"{invited_at}", f"{bool(no)}")
            yield Doubt(pk, why, seen, may_stay=not no)


def _need(
    day: date,
    service: int,
    directorate: int,
    setting: str,
    level: str,
    workforce: str,
    site: int,
    asks: str,
    takes_escorted: Any,
    is_accompanied: Any,
) -> Need:
    return Need(
        on=day,
        level=level,
        workforce=workforce,
        service=service,
        directorate=directorate,
        setting=setting,
        site=None if asks == Site.Asks.NOTHING else site,
        takes_escorted=bool(takes_escorted),
        is_accompanied=bool(is_accompanied),
    )


def get_place(*, user: User, pk: int) -> TeamMember:
    """A reviewer's place on the team of a review that this user plans. Raises Http404."""
    found = (
        TeamMember.objects.people()
        .filter(pk=pk, review__in=reviews_of(user).order_by().values("pk"))
        .select_related("reviewer", *(f"review__{path}" for path in SERVICE))
        .first()
    )
    if found is None:
        raise Http404
    return found


def places(pks: Collection[int]) -> dict[int, TeamMember]:
    """These places with their visit and person, by id. One query."""
    return TeamMember.objects.select_related(
        "reviewer", *(f"review__{path}" for path in SERVICE)
    ).in_bulk(pks)
