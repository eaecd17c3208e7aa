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
from organisation.models import Site, TrustSettings
from reviewers.models import Stage
from reviews.models import ReviewQuerySet, TeamMember
from reviews.queries.reviews import SERVICE, reviews_of


class Why(StrEnum):
    """What may be said of it. Everything about checks reads like one of the last two."""

    PAUSED = "taking a break"
    LEFT = "has left"
    STAGE = "not in the active stage"
    CHECKS = "checks under way"
    DOES_NOT_FIT = "does not fit this visit"


@dataclass(frozen=True)
class Doubt:
    """A place on a team that is in doubt, by id, and why.

    ``seen`` is all that a coordinator can see of it: while it stays the same, nothing has changed.
    """

    member: int
    why: Why
    seen: tuple[str, ...]


def _why(stage: str, person: int, need: Need, checks: Standings, today: date) -> Why | None:
    if stage == Stage.PAUSED:
        return Why.PAUSED
    if stage == Stage.LEFT:
        return Why.LEFT
    if stage != Stage.ACTIVE:
        return Why.STAGE
    if checks.fit(person, need):
        return None
    return Why.DOES_NOT_FIT if checks.are_ready(person, today) else Why.CHECKS


def doubts(
    reviews: ReviewQuerySet, now: datetime, trust: TrustSettings, *, member: int | None = None
) -> Iterator[Doubt]:
    """Of everybody asked for these reviews, or coming: who paused, left, or does not fit the visit.

    Coming reviews only, the soonest first; each is asked by its own service, site, day and team.
    ``member`` asks about one place alone. Five queries.
    """
    today = localdate(now)
    coming = reviews.coming().filter(visit_on__gte=today).order_by()
    live = TeamMember.objects.lxrs().live().filter(review__in=coming.values("pk"))
    if member is not None:
        live = live.filter(pk=member)
    staff = TeamMember.objects.live().filter(review=OuterRef("review"), staff__isnull=False)
    rows: list[tuple[Any, ...]] = list(
        live.annotate(is_accompanied=Exists(staff))
        .order_by("review__visit_on", "pk")
        .values_list(
            "pk",
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
    last_day = max(row[4] for row in rows)
    people = live.order_by().values("reviewer")
    checks = standings(people, trust=trust, last_day=last_day)
    for pk, person, stage, since, day, *asked, invited_at in rows:
        why = _why(stage, person, _need(day, *asked), checks, today)
        if why is not None:
            yield Doubt(pk, why, (why, f"{since}", f"{day}", f"{asked[0]}", f"{invited_at}"))


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
        TeamMember.objects.lxrs()
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
