"""Reads for those who read comments: which wait, which themes there are, the quotes."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, TextField, Value
from django.db.models.functions import Coalesce, NullIf

from feedback import queries
from feedback.models import Audience, Remark, Theme
from feedback.suggesting import suggest

LEARNT_FROM = 500  # the latest comments with themes


def to_read() -> QuerySet[Remark]:
    """Comments that nobody has read, the earliest received first."""
    return (
        Remark.objects.filter(read_at__isnull=True)
        .select_related("answer__review__service", "question")
        .order_by("answer__received_on", "key")
    )


def get_comment(key: UUID) -> Remark | None:
    """One comment with its answer and its themes."""
    return (
        Remark.objects.select_related(
            "answer__review__service", "question", "approved_by", "passed_by"
        )
        .prefetch_related("themes")
        .filter(pk=key)
        .first()
    )


def themes_offered(remark: Remark) -> list[Theme]:
    """The themes to choose from: those in use, and those the comment has."""
    has = [theme.pk for theme in remark.themes.all()]
    return list(Theme.objects.filter(Q(is_retired=False) | Q(pk__in=has)))


def suggested(remark: Remark) -> list[int]:
    """Themes that the words of the comment speak for, from the latest that have theirs."""
    latest = (
        Remark.objects.filter(themes__isnull=False)
        .exclude(pk=remark.pk)
        .order_by("-read_at", "key")
        .values_list("pk", "text", "themes")[:LEARNT_FROM]
    )
    known: dict[UUID, tuple[str, set[int]]] = {}
    for key, text, theme in latest:
        known.setdefault(key, (text, set()))[1].add(theme)
    return suggest(remark.text, known.values())


def themes_with_counts(
    *,
    audience: str = "",
    directorate: int | None = None,
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Any]:
    """Every theme with how many comments have it, ``n``, and of each audience. One query."""
    within = Q()
    if audience:
        within &= Q(remarks__answer__audience=audience)
    if directorate:
        within &= Q(remarks__answer__review__service__directorate=directorate)
    if since:
        within &= Q(remarks__answer__review__visit_on__gte=since)
    if until:
        within &= Q(remarks__answer__review__visit_on__lte=until)
    counts = {
        f"n_{each}": Count("remarks", filter=within & Q(remarks__answer__audience=each))
        for each in Audience.values
    }
    return Theme.objects.annotate(n=Count("remarks", filter=within), **counts).order_by(
        "-n", "name"
    )


def get_theme(pk: int) -> Theme | None:
    """The theme with this id."""
    return Theme.objects.filter(pk=pk).first()


def quotes() -> QuerySet[Any]:
    """Approved words whose author allows it, as ``words``, with what their attribution needs."""
    return (
        queries.quotes()
        .annotate(
            words=Coalesce(
                NullIf("quote_words", Value("", output_field=TextField())),
                F("text"),
                output_field=TextField(),
            )
        )
        .prefetch_related("themes")
    )
