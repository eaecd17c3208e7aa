"""Counting reviews and answers: a table of months and directorates in one query per kind."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, DateField, Exists, F, Func, OuterRef, Q, QuerySet, Sum

from feedback.models import Answer, Asking, Audience
from insights.numbers import Rating, Share
from reviews.models import Review, TeamMember

Cell = tuple[date, int]
"""A month (its first day) and a directorate's id."""

# Further apart than this many pieces, the months between them are read as well.
MOST_SPANS = 100


@dataclass(frozen=True)
class Counts:
    """What is counted of completed reviews; the fields of MonthCounts. They add up."""

    completed: int = 0
    covered: int = 0
    covered_in_person: int = 0
    assigned: int = 0
    team_asked: int = 0
    team_received: int = 0
    team_rated: int = 0
    team_impact_sum: int = 0
    quality_asked: int = 0
    quality_received: int = 0
    quality_rated: int = 0
    quality_impact_sum: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, name) + getattr(other, name) for name in NAMES))

    @property
    def coverage(self) -> Share:
        """Covered of completed."""
        return Share(self.covered, self.completed)

    @property
    def in_person(self) -> Share:
        """Reviews at which an LXR was there in person."""
        return Share(self.covered_in_person, self.completed)

    @property
    def remote_only(self) -> Share:
        """Covered reviews at which every LXR took part from afar."""
        return Share(self.covered - self.covered_in_person, self.completed)

    @property
    def assigned_coverage(self) -> Share:
        """Reviews for which an LXR had said yes."""
        return Share(self.assigned, self.completed)

    @property
    def team(self) -> Rating:
        """Impact as the reviewed services see it."""
        return Rating(self.team_impact_sum, self.team_rated, self.team_asked, self.team_received)

    @property
    def quality(self) -> Rating:
        """Impact as the quality team sees it."""
        return Rating(
            self.quality_impact_sum, self.quality_rated, self.quality_asked, self.quality_received
        )


NAMES: tuple[str, ...] = tuple(field.name for field in fields(Counts))


def total(counts: Iterable[Counts]) -> Counts:
    """All of them together."""
    return sum(counts, Counts())


class FirstOfMonth(Func):
    """The first day of a date's month, in SQL. (Django's TruncMonth is Python code on SQLite.)"""

    output_field = DateField()
    template = "CAST(date_trunc('month', %(expressions)s) AS date)"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Cut the string, as SQLite stores dates."""
        return self.as_sql(
            compiler, connection, template="(substr(%(expressions)s, 1, 8) || '01')", **context
        )


def count_cells(
    spans: list[tuple[date, date]], directorates: Iterable[int] | None = None
) -> dict[Cell, Counts]:
    """The counts of every month and directorate with a completed review in the spans.

    A span is (first day, first day after) and need not be whole months. Three queries, whatever
    the number of spans and directorates.
    """
    if not spans:
        return {}
    if len(spans) > MOST_SPANS:
        spans = [(spans[0][0], spans[-1][1])]
    found: dict[Cell, dict[str, int]] = {}
    for rows in (
        _reviews(_within("", spans, directorates)),
        _askings(_within("review__", spans, directorates)),
        _answers(_within("review__", spans, directorates)),
    ):
        for row in rows:
            cell = found.setdefault((row.pop("month"), row.pop("directorate")), {})
            for name, value in row.items():
                cell[name] = cell.get(name, 0) + (value or 0)
    return {cell: Counts(**named) for cell, named in found.items()}


def _within(path: str, spans: list[tuple[date, date]], directorates: Iterable[int] | None) -> Q:
    days = reduce(
        or_,
        (Q(**{f"{path}visit_on__gte": a, f"{path}visit_on__lt": b}) for a, b in spans),
    )
    condition = Q(**{f"{path}status__in": Review.VISITED}) & days
    if directorates is not None:
        condition &= Q(**{f"{path}service__directorate__in": list(directorates)})
    return condition


def _by_cell(rows: QuerySet[Any], path: str, **aggregates: Any) -> QuerySet[Any, dict[str, Any]]:
    cells: QuerySet[Any, dict[str, Any]] = rows.order_by().values(
        month=FirstOfMonth(f"{path}visit_on"), directorate=F(f"{path}service__directorate")
    )
    counted: QuerySet[Any, dict[str, Any]] = cells.annotate(**aggregates)
    return counted


def _reviews(within: Q) -> QuerySet[Any, dict[str, Any]]:
    lxrs = TeamMember.objects.lxrs().filter(review=OuterRef("pk"))
    accepted = lxrs.filter(response=TeamMember.Response.ACCEPTED)
    return _by_cell(
        Review.objects.filter(within),
        "",
        completed=Count("pk"),
        covered=Count("pk", filter=Exists(lxrs.filter(attended=True))),
        covered_in_person=Count("pk", filter=Exists(lxrs.filter(attended=True, is_remote=False))),
        assigned=Count("pk", filter=Exists(accepted)),
    )


def _askings(within: Q) -> QuerySet[Any, dict[str, Any]]:
    return _by_cell(
        Asking.objects.filter(within).exclude(audience=Audience.LXR),
        "review__",
        team_asked=Count("pk", filter=Q(audience=Audience.TEAM)),
        quality_asked=Count("pk", filter=Q(audience=Audience.QUALITY)),
    )


def _answers(within: Q) -> QuerySet[Any, dict[str, Any]]:
    aggregates: dict[str, Any] = {}
    for name, audience in (("team", Audience.TEAM), ("quality", Audience.QUALITY)):
        theirs = Q(audience=audience)
        imported = theirs & Q(how=Answer.How.IMPORTED)
        aggregates |= {
            f"{name}_asked": Count("pk", filter=imported),
            f"{name}_received": Count("pk", filter=theirs),
            f"{name}_rated": Count("impact", filter=theirs),
            f"{name}_impact_sum": Sum("impact", filter=theirs, default=0),
        }
    return _by_cell(
        Answer.objects.filter(within).exclude(audience=Audience.LXR), "review__", **aggregates
    )
