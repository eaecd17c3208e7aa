"""The counts of each month, directorate and setting, a query for each kind of row.

Who was there is asked in conditions, not in columns: a database answers it for all reviews at once
(a semi-join), and goes from review to review to fill a column. At 1,000,000 reviews on PostgreSQL
that is 2 s against 6 s.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db import connection
from django.db.models import Count, DateField, Exists, Func, OuterRef, Q, QuerySet

from feedback.models import Answer, Asking, Audience
from insights.counting.counts import QUESTIONS, Counts, Question, Spread
from insights.counting.reasons import missed_field
from insights.models import RATINGS
from insights.numbers import Share
from reviews.models import Review, TeamMember, TeamMemberQuerySet

Cell = tuple[date, int, str]
"""A month (its first day), a directorate's id and a setting."""

Span = tuple[date, date]
"""The first day, and the first day after. They need not be whole months."""

Group = tuple[Cell, tuple[Any, ...], int]

# Further apart than this many pieces, the months between them are read as well.
MOST_SPANS = 100

_RATED: dict[str, tuple[tuple[str, int], ...]] = {
    Audience.TEAM: ((Question.TEAM, 0),),
    Audience.QUALITY: ((Question.QUALITY, 0),),
    Audience.LXR: ((Question.IN_TRAINING, 1), (Question.ON_VISIT, 2), (Question.AFTER_VISIT, 3)),
}
"""Of each audience: its questions, and which of an answer's ratings answers them."""

_RATINGS = ("impact", "support_in_training", "support_on_visit", "support_after_visit")


@dataclass(frozen=True)
class Counted:
    """What was found: the counts of each cell, and of each of its questions how many gave what."""

    counts: dict[Cell, Counts]
    ratings: dict[tuple[Cell, str], Spread]


class FirstOfMonth(Func):
    """The first day of a date's month, in SQL. (Django's TruncMonth is Python code on SQLite.)"""

    output_field = DateField()
    # As a moment without time zone: asking for the zone's rules at each row takes twice as long.
    template = "CAST(date_trunc('month', CAST(%(expressions)s AS timestamp)) AS date)"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Cut the string, as SQLite stores dates."""
        return self.as_sql(
            compiler, connection, template="(substr(%(expressions)s, 1, 8) || '01')", **context
        )


def count_cells(spans: list[Span], directorates: Iterable[int] | None = None) -> dict[Cell, Counts]:
    """The counts of every cell with a completed review in the spans."""
    return count_all(spans, directorates).counts


def count_all(spans: list[Span], directorates: Iterable[int] | None = None) -> Counted:
    """Counts and ratings of every cell with a completed review in the spans.

    Six queries, whatever the number of spans and cells.
    """
    found: dict[Cell, Counter[str]] = {}
    ratings: dict[tuple[Cell, str], list[int]] = {}
    if spans:
        reviews = _within("", spans, directorates)
        for groups in (
            _reviews(reviews),
            _askings(_within("review__", spans, directorates)),
            _answers(_within("review__", spans, directorates), ratings),
        ):
            for cell, name, number in groups:
                found.setdefault(cell, Counter())[name] += number
    return Counted(
        {cell: Counts(**named) for cell, named in found.items()},
        {key: Spread(tuple(gave)) for key, gave in ratings.items()},
    )


def count_coverage(
    spans: list[Span], directorates: Iterable[int] | None = None
) -> dict[tuple[date, int], Share]:
    """Coverage alone of every month and directorate with a completed review, in two queries.

    In one on SQLite, which goes from review to review either way.
    """
    if not spans:
        return {}
    reviews = Review.objects.filter(_within("", spans, directorates))
    had_lxr = Exists(_lxrs().filter(attended=True))
    if connection.vendor == "sqlite":
        groups = _by_directorate(reviews).annotate(covered=Count("pk", filter=had_lxr))
        return {(m, d): Share(covered, completed) for m, d, completed, covered in groups}
    missed = {(m, d): number for m, d, number in _by_directorate(reviews.filter(~had_lxr))}
    return {
        (m, d): Share(completed - missed.get((m, d), 0), completed)
        for m, d, completed in _by_directorate(reviews)
    }


def _by_directorate(reviews: QuerySet[Review]) -> QuerySet[Review, tuple[Any, ...]]:
    groups = reviews.order_by().values_list(FirstOfMonth("visit_on"), "service__directorate")
    return groups.annotate(number=Count("pk"))


def _within(path: str, spans: list[Span], directorates: Iterable[int] | None) -> Q:
    if len(spans) > MOST_SPANS:
        spans = [(spans[0][0], spans[-1][1])]
    days = reduce(
        or_,
        (Q(**{f"{path}visit_on__gte": a, f"{path}visit_on__lt": b}) for a, b in spans),
    )
    condition = Q(**{f"{path}status__in": Review.VISITED}) & days
    if directorates is not None:
        condition &= Q(**{f"{path}service__directorate__in": list(directorates)})
    return condition


def _grouped(rows: QuerySet[Any], path: str = "", *names: str) -> Iterator[Group]:
    """How many rows each cell has of each combination of the columns named."""
    groups = rows.order_by().values_list(
        FirstOfMonth(f"{path}visit_on"),
        f"{path}service__directorate",
        f"{path}service__setting",
        *names,
    )
    for month, directorate, setting, *values, number in groups.annotate(number=Count("pk")):
        yield (month, directorate, setting), tuple(values), number


def _lxrs() -> TeamMemberQuerySet:
    return TeamMember.objects.lxrs().filter(review=OuterRef("pk"))


def _coverage(within: Q) -> Iterator[tuple[Cell, str, int]]:
    """Completed, covered, and missed by reason."""
    reviews = Review.objects.filter(within)
    for cell, _, number in _grouped(reviews):
        yield cell, "completed", number
        yield cell, "covered", number
    missed = reviews.filter(~Exists(_lxrs().filter(attended=True)))
    for cell, (reason,), number in _grouped(missed, "", "gap_reason"):
        yield cell, "covered", -number
        yield cell, missed_field(reason), number


def _reviews(within: Q) -> Iterator[tuple[Cell, str, int]]:
    yield from _coverage(within)
    reviews = Review.objects.filter(within)
    for name, lxrs in (
        ("covered_in_person", _lxrs().filter(attended=True, is_remote=False)),
        ("assigned", _lxrs().filter(response=TeamMember.Response.ACCEPTED)),
    ):
        for cell, _, number in _grouped(reviews.filter(Exists(lxrs))):
            yield cell, name, number


def _askings(within: Q) -> Iterator[tuple[Cell, str, int]]:
    for cell, (audience,), number in _grouped(
        Asking.objects.filter(within), "review__", "audience"
    ):
        yield cell, f"{audience}_asked", number


def _answers(
    within: Q, ratings: dict[tuple[Cell, str], list[int]]
) -> Iterator[tuple[Cell, str, int]]:
    """Received, asked where imported, rated and their sums; ``ratings`` takes who gave what."""
    answers = Answer.objects.filter(within)
    for cell, (audience, how, *given), number in _grouped(
        answers, "review__", "audience", "how", *_RATINGS
    ):
        yield cell, f"{audience}_received", number
        if how == Answer.How.IMPORTED:
            yield cell, f"{audience}_asked", number
        for question, which in _RATED[audience]:
            rating = given[which]
            if rating is not None:
                _, rated, summed = QUESTIONS[question]
                yield cell, rated, number
                yield cell, summed, number * rating
                ratings.setdefault((cell, question), [0] * len(RATINGS))[rating] += number
