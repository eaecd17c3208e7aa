"""Keeping the stored counts true: recompute what was marked as changed.

Who changes a review upserts a mark for its month and directorate in the same transaction, which
locks the mark's row. Here marks are locked first, then counted, then deleted. So a change that is
not committed yet keeps its mark (the lock is taken, the mark skipped), and one that comes later
makes a new one: no change is lost.
"""

from datetime import date

from django.db import connection, transaction

from insights.counting import count_all
from insights.periods import spans_of
from insights.stored import Month, store, stored_everything
from reviews.models import ChangedMonth

MARKS_AT_ONCE = 2000


def refresh_counts() -> int:
    """Recompute the months and directorates marked as changed. Returns how many there were."""
    done = 0
    while ChangedMonth.objects.exists():  # asked outside: no write lock where nothing is to do
        batch = _refresh_batch()
        done += batch
        if not batch:
            break  # what is left is being changed or recomputed by somebody else
    return done


@transaction.atomic
def _refresh_batch() -> int:
    marks = ChangedMonth.objects.order_by("month", "directorate_id")
    if connection.features.has_select_for_update_skip_locked:
        marks = marks.select_for_update(skip_locked=True)
    marks = marks[:MARKS_AT_ONCE]
    mark_ids: list[int] = []
    months: set[Month] = set()
    for pk, month, directorate in marks.values_list("pk", "month", "directorate_id"):
        mark_ids.append(pk)
        months.add((month, directorate))
    if months:
        store(months, count_all(spans_of(month for month, _ in months), {d for _, d in months}))
        ChangedMonth.objects.filter(pk__in=mark_ids).delete()
    return len(mark_ids)


def mark_differences() -> int:
    """Count everything afresh and mark what is stored differently. Returns how many cells.

    A mark, and not a write: a cell that is changing at this moment is recomputed when its turn
    comes. There are none, unless something went wrong.
    """
    live, stored = count_all([(date.min, date.max)]), stored_everything()
    differing = {
        cell
        for cell in live.counts.keys() | stored.counts.keys()
        if live.counts.get(cell) != stored.counts.get(cell)
    } | {
        key[0]
        for key in live.ratings.keys() | stored.ratings.keys()
        if live.ratings.get(key) != stored.ratings.get(key)
    }
    ChangedMonth.objects.bulk_create(
        [
            ChangedMonth(month=month, directorate_id=directorate)
            for month, directorate in sorted({cell[:2] for cell in differing})
        ],
        ignore_conflicts=True,
    )
    return len(differing)
