"""Reads of partners and of what they sent."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, QuerySet

from insights.partnership.content import CannotBe, Content, from_json
from insights.partnership.models import Partner, PartnerFigures, SigningKey


def own_key() -> SigningKey | None:
    """The portal's key, if it was made."""
    return SigningKey.objects.first()


def partners() -> QuerySet[Partner]:
    """Every partner by name, with how many ``periods`` it sent and when the ``latest`` came."""
    return Partner.objects.annotate(
        periods=Count("figures"), latest=Max("figures__received_at")
    ).order_by("name", "pk")


def get_partner(pk: int) -> Partner | None:
    """The partner with this id, as ``partners`` gives it."""
    return partners().filter(pk=pk).first()


@dataclass(frozen=True)
class Span:
    """Months of which partners sent figures: first days of the first and the last."""

    since: date
    until: date

    @property
    def key(self) -> str:
        """As it stands in an address."""
        return f"{self.since:%Y-%m}.{self.until:%Y-%m}"

    def __str__(self) -> str:
        return f"{self.since:%B %Y} to {self.until:%B %Y}"


def spans() -> list[Span]:
    """The periods of which there are figures: those of most partners first, then the latest."""
    found = (
        PartnerFigures.objects.order_by()
        .values_list("since", "until")
        .annotate(partners=Count("pk"))
        .order_by("-partners", "-until", "since")
    )
    return [Span(since, until) for since, until, _ in found]


def contents(span: Span) -> list[tuple[Partner, Content | None]]:
    """What each partner sent of these months, by its name; None for a file that counts by
    definitions which are no longer ours. One query.
    """
    found = PartnerFigures.objects.filter(since=span.since, until=span.until)
    return [
        (each.partner, _usable(each.content))
        for each in found.select_related("partner").order_by("partner__name", "partner")
    ]


def _usable(said: dict[str, Any]) -> Content | None:
    try:
        return from_json(said)
    except CannotBe:
        return None
