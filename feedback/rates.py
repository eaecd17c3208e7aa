"""Who answers: asked, reminded, received and declined, by audience and directorate.

Counted in SQL: two queries, however many there are. An imported answer counts as asked, because
somebody has been (domain: response rate = received of asked). Who declined was asked as well.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from feedback.models import Answer, Asking, Audience
from organisation.models import Directorate

AUDIENCES = (Audience.TEAM, Audience.LXR, Audience.QUALITY)


@dataclass(frozen=True)
class Rate:
    """What became of asking some people."""

    asked: int = 0
    reminded: int = 0
    received: int = 0
    declined: int = 0

    def __add__(self, other: "Rate") -> "Rate":
        return Rate(
            self.asked + other.asked,
            self.reminded + other.reminded,
            self.received + other.received,
            self.declined + other.declined,
        )

    @property
    def share(self) -> float | None:
        """Received of asked; None where nobody was asked."""
        return self.received / self.asked if self.asked else None


@dataclass(frozen=True)
class AudienceRates:
    """One audience: everybody together, and each directorate in which somebody was asked."""

    audience: Audience
    whole: Rate
    directorates: list[tuple[Directorate, Rate]]


def rates(*, since: date, until: date) -> list[AudienceRates]:
    """The rates over visits of these days, both included. Three queries."""
    visited = Q(review__visit_on__gte=since, review__visit_on__lte=until)
    found: dict[tuple[str, int], Rate] = {}
    for row in (*_asked(visited), *_received(visited)):
        cell = (row.pop("audience"), row.pop("directorate"))
        found[cell] = found.get(cell, Rate()) + Rate(**row)
    directorates = Directorate.objects.in_bulk({directorate for _, directorate in found})
    by_name = sorted(directorates.values(), key=lambda each: each.name)
    return [_of(audience, by_name, found) for audience in AUDIENCES]


def _of(
    audience: Audience, directorates: Iterable[Directorate], found: dict[tuple[str, int], Rate]
) -> AudienceRates:
    named = [
        (each, found[audience, each.pk]) for each in directorates if (audience, each.pk) in found
    ]
    return AudienceRates(audience, sum((rate for _, rate in named), Rate()), named)


def _by_cell(rows: QuerySet[Any], **counts: Any) -> QuerySet[Any, dict[str, Any]]:
    cells = rows.order_by().values("audience", directorate=F("review__service__directorate"))
    counted: QuerySet[Any, dict[str, Any]] = cells.annotate(**counts)
    return counted


def _asked(visited: Q) -> QuerySet[Any, dict[str, Any]]:
    return _by_cell(
        Asking.objects.filter(visited),
        asked=Count("pk"),
        reminded=Count("reminded_at"),
        declined=Count("pk", filter=Q(state=Asking.State.DECLINED)),
    )


def _received(visited: Q) -> QuerySet[Any, dict[str, Any]]:
    return _by_cell(
        Answer.objects.filter(visited),
        asked=Count("pk", filter=Q(how=Answer.How.IMPORTED)),
        received=Count("pk"),
    )
