"""The figures at 100,000 and at 1,000,000 reviews: what is stored, and counting it afresh.

The million is the hundred thousand ten times over, copied inside the database.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection, transaction

from bench.load import analyse, load
from insights.counting import count_all, count_coverage
from insights.operations import mark_differences, refresh_counts
from insights.spc import xmr
from reviews.changed import mark, mark_months
from reviews.models import Review

COPIES = 9
REVIEWS, OTHERS = 1_000_000, 10_000_000  # further apart than the keys that are copied
EVERYTHING = [(date.min, date.max)]
POINTS = 600

# The best we could write by hand, for each database: one look at each review, one at each LXR.
BY_HAND = {
    "postgresql": """
        SELECT date_trunc('month', r.visit_on::timestamp)::date, s.directorate_id,
               count(*), count(t.review_id)
        FROM reviews_review r
        JOIN organisation_service s ON s.id = r.service_id
        LEFT JOIN (SELECT DISTINCT review_id FROM reviews_teammember
                   WHERE role = 'lxr' AND attended) t ON t.review_id = r.id
        WHERE r.status IN ('completed', 'reported', 'closed') GROUP BY 1, 2
    """,
    "sqlite": """
        SELECT substr(r.visit_on, 1, 7), s.directorate_id, count(*),
               sum(EXISTS(SELECT 1 FROM reviews_teammember t WHERE t.review_id = r.id
                          AND t.role = 'lxr' AND t.attended))
        FROM reviews_review r JOIN organisation_service s ON s.id = r.service_id
        WHERE r.status IN ('completed', 'reported', 'closed') GROUP BY 1, 2
    """,
}


def load_figures(*, million: bool) -> None:
    """Fill an empty database; leave a filled one as it is."""
    if Review.objects.exists():
        return
    load()
    if million:
        for table, step, fresh in (
            ("reviews_review", REVIEWS, ("reference",)),
            ("reviews_teammember", OTHERS, ()),
            ("feedback_answer", OTHERS, ("key",)),
        ):
            _copy(table, step, fresh)
        analyse()
        mark_differences()
        refresh_counts()
        analyse()


def _copy(table: str, step: int, fresh: Iterable[str]) -> None:
    """Every row of the table nine times more, its keys moved up by a step a copy."""
    with connection.cursor() as cursor:
        names = [
            each.name for each in connection.introspection.get_table_description(cursor, table)
        ]
        moved = {
            "id": f"id + k.n * {step}",
            "review_id": f"review_id + k.n * {REVIEWS}",
            "reference": "reference || '-' || k.n",
            "key": "gen_random_uuid()",
            "withdrawal_digest": "NULL",
        }
        chosen = [moved.get(name, f'"{name}"') for name in names]
        quoted = ", ".join(f'"{name}"' for name in names)
        cursor.execute(
            f"INSERT INTO {table} ({quoted}) "  # noqa: S608 - our own names
            f"SELECT {', '.join(chosen)} FROM {table}, generate_series(1, {COPIES}) AS k(n)"
        )


def by_hand() -> list[Any]:
    """Coverage by month and directorate, as SQL by hand."""
    with connection.cursor() as cursor:
        cursor.execute(BY_HAND[connection.vendor])
        return cursor.fetchall()


def live() -> Any:
    """The same, as the portal counts it."""
    return count_coverage(EVERYTHING)


def are_equal() -> bool:
    """Whether both give the same."""
    ours: dict[tuple[str, int], tuple[int, int]] = {}
    for (month, directorate, _), share in live().items():
        key = f"{month:%Y-%m}", directorate
        completed, covered = ours.get(key, (0, 0))
        ours[key] = completed + share.denominator, covered + share.numerator
    theirs = {(str(m)[:7], d): (completed, covered) for m, d, completed, covered in by_hand()}
    return ours == theirs


def everything() -> Any:
    """Counting all there is."""
    return count_all(EVERYTHING)


class _Undone(Exception):  # noqa: N818 - not an error
    """Takes back what was written."""


def one_review() -> None:
    """A review was changed: its mark, and its month and directorate counted again."""
    review = Review.objects.completed().select_related("service").order_by("-visit_on", "-pk")[50]
    _count_again(lambda: mark(review))


def one_month() -> None:
    """A month was changed in every directorate."""
    day = Review.objects.completed().order_by("-visit_on", "-pk")[50].visit_on
    directorates = set(Review.objects.values_list("service__directorate", flat=True).distinct())
    _count_again(lambda: mark_months((day, each) for each in directorates))


def _count_again(leave_marks: Any) -> None:
    try:
        with transaction.atomic():
            leave_marks()
            refresh_counts()
            raise _Undone
    except _Undone:
        return


def chart() -> Any:
    """An XmR chart of 600 points."""
    return xmr([50 + (index * 7919) % 41 for index in range(POINTS)], target=60)
