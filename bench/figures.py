"""The figures at 100,000 and at 1,000,000 reviews: what is stored, and counting it afresh.

The million is the hundred thousand ten times over, copied inside the database.
"""

import time as clock
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from bench.load import TODAY, analyse, load
from insights.counting import count_all, count_coverage
from insights.operations import mark_differences, refresh_counts
from insights.spc import xmr
from reviews.changed import mark, mark_months
from reviews.models import Review

COPIES = 9
REVIEWS, OTHERS = 1_000_000, 10_000_000  # further apart than the keys that are copied
EVERYTHING = [(date.min, date.max)]
POINTS = 600

_VISITED = "r.status IN ('completed', 'reported', 'closed')"
_COVERS = "t.review_id = r.id AND t.role = 'lxr' AND t.attended"
_REVIEWS = "reviews_review r JOIN organisation_service s ON s.id = r.service_id"
_MONTH = {
    "postgresql": "date_trunc('month', r.visit_on::timestamp)::date",
    "sqlite": "substr(r.visit_on, 1, 7)",
}[connection.vendor]
# What we could write by hand; which is best depends on the database and on how much there is.
BY_HAND = {
    "joined": f"""
        SELECT {_MONTH}, s.directorate_id, count(*), count(t.review_id)
        FROM {_REVIEWS} LEFT JOIN (SELECT DISTINCT review_id FROM reviews_teammember
                                   WHERE role = 'lxr' AND attended) t ON t.review_id = r.id
        WHERE {_VISITED} GROUP BY 1, 2
    """,
    "asked of each": f"""
        SELECT {_MONTH}, s.directorate_id, count(*),
               sum(CASE WHEN EXISTS (SELECT 1 FROM reviews_teammember t WHERE {_COVERS})
                   THEN 1 ELSE 0 END)
        FROM {_REVIEWS} WHERE {_VISITED} GROUP BY 1, 2
    """,
    "less the missed": f"""
        SELECT month, directorate, sum(n), sum(n) - sum(missed) FROM (
            SELECT {_MONTH} AS month, s.directorate_id AS directorate, count(*) AS n, 0 AS missed
            FROM {_REVIEWS} WHERE {_VISITED} GROUP BY 1, 2
            UNION ALL
            SELECT {_MONTH}, s.directorate_id, 0, count(*)
            FROM {_REVIEWS} WHERE {_VISITED}
              AND NOT EXISTS (SELECT 1 FROM reviews_teammember t WHERE {_COVERS})
            GROUP BY 1, 2
        ) AS parts GROUP BY 1, 2
    """,
}  # fmt: skip


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
            f"INSERT INTO {table} ({quoted}) "
            f"SELECT {', '.join(chosen)} FROM {table}, generate_series(1, {COPIES}) AS k(n)"
        )


def by_hand(which: str) -> list[Any]:
    """Coverage by month and directorate, as SQL by hand."""
    with connection.cursor() as cursor:
        cursor.execute(BY_HAND[which])
        return cursor.fetchall()


def best_by_hand() -> str:
    """Which of them is the fastest here; each is run twice, the second time counts."""
    taken = {}
    for which in BY_HAND:
        by_hand(which)
        start = clock.perf_counter()
        by_hand(which)
        taken[which] = clock.perf_counter() - start
    return min(taken, key=taken.__getitem__)


def live() -> Any:
    """The same, as the portal counts it."""
    return count_coverage(EVERYTHING)


def are_equal() -> bool:
    """Whether all of them count the same."""
    ours = {
        (f"{month:%Y-%m}", directorate): (share.denominator, share.numerator)
        for (month, directorate), share in live().items()
    }
    return all(
        ours == {(str(m)[:7], d): (int(n), int(covered)) for m, d, n, covered in by_hand(which)}
        for which in BY_HAND
    )


def everything() -> Any:
    """Counting all there is."""
    return count_all(EVERYTHING)


class _Undone(Exception):  # noqa: N818 - not an error
    """Takes back what was written."""


def one_review(review: Review) -> None:
    """A review was changed: its mark, and its month and directorate counted again."""
    _count_again(lambda: mark(review))


def one_month(day: date, directorates: list[int]) -> None:
    """A month was changed in every directorate."""
    _count_again(lambda: mark_months((day, each) for each in directorates))


def a_review() -> Review:
    """One of a month that is not only begun."""
    latest = Review.objects.completed().select_related("service").order_by("-visit_on", "-pk")
    return latest.filter(visit_on__lt=TODAY - timedelta(days=40))[0]


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
