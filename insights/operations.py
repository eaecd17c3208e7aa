"""Keeping the stored figures true: recompute what was marked as changed, and take snapshots.

Who changes a review upserts a mark for its month and directorate in the same transaction, which
locks the mark's row. Here marks are locked first, then counted, then deleted. So a change that is
not committed yet keeps its mark (the lock is taken, the mark skipped), and one that comes later
makes a new one: no change is lost.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q

from insights.counting import NAMES, Cell, Counts, count_cells, total
from insights.figures import ACTIVATION, ASSIGNED, COVERAGE, IMPACT_QUALITY, IMPACT_TEAM, Figure
from insights.models import MonthCounts, Snapshot
from insights.people import count_people
from insights.periods import add_months, month_of, spans_of
from reviews.models import ChangedMonth

MARKS_AT_ONCE = 2000
SNAPSHOT_MONTHS = 12  # as far back as missed snapshots are caught up


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
    mark_ids, cells = [], set()
    for pk, month, directorate in marks.values_list("pk", "month", "directorate_id"):
        mark_ids.append(pk)
        cells.add((month, directorate))
    if cells:
        _store(cells, count_cells(spans_of(m for m, _ in cells), {d for _, d in cells}))
        ChangedMonth.objects.filter(pk__in=mark_ids).delete()
    return len(mark_ids)


def _store(cells: set[Cell], counted: dict[Cell, Counts]) -> None:
    """Write the counts of these cells alone; others may be somebody else's at this moment."""
    MonthCounts.objects.bulk_create(
        [
            MonthCounts(month=month, directorate_id=directorate, **_named(counted[cell]))
            for cell in sorted(cells & counted.keys())
            for month, directorate in [cell]
        ],
        update_conflicts=True,
        unique_fields=["month", "directorate"],
        update_fields=NAMES,
        batch_size=500,
    )
    empty = cells - counted.keys()
    if empty:
        stored = MonthCounts.objects.filter(
            month__in={m for m, _ in empty}, directorate__in={d for _, d in empty}
        ).values_list("pk", "month", "directorate_id")
        gone = [pk for pk, month, directorate in stored if (month, directorate) in empty]
        MonthCounts.objects.filter(pk__in=gone).delete()


def _named(counts: Counts) -> dict[str, int]:
    return {name: getattr(counts, name) for name in NAMES}


def stored_counts(condition: Q | None = None) -> dict[Cell, Counts]:
    """What is stored, by month and directorate."""
    rows = MonthCounts.objects.filter(condition or Q()).values_list("month", "directorate", *NAMES)
    return {(month, directorate): Counts(*counts) for month, directorate, *counts in rows}


def mark_differences() -> int:
    """Count everything afresh and mark what is stored differently. Returns how many cells.

    A mark, and not a write: a cell that is changing at this moment is recomputed when its turn
    comes. There are none, unless a service changed its directorate or something went wrong.
    """
    live = count_cells([(date.min, date.max)])
    stored = stored_counts()
    differing = [cell for cell in live.keys() | stored.keys() if live.get(cell) != stored.get(cell)]
    ChangedMonth.objects.bulk_create(
        [ChangedMonth(month=month, directorate_id=d) for month, d in sorted(differing)],
        ignore_conflicts=True,
    )
    return len(differing)


def take_snapshots(*, now: datetime, today: date) -> int:
    """Store what the ended months of the last year showed, each once. Returns how many are new.

    A later correction changes the figures and leaves the snapshot, which tells what was known.
    """
    this_month = month_of(today)
    first = add_months(this_month, -SNAPSHOT_MONTHS)
    taken = Snapshot.objects.filter(figure=ACTIVATION.key, definition=ACTIVATION.version)
    done = set(taken.filter(month__gte=first).values_list("month", flat=True))
    missing = [
        month
        for month in (add_months(first, i) for i in range(SNAPSHOT_MONTHS))
        if month not in done
    ]
    if not missing:
        return 0
    stored = stored_counts(Q(month__in=missing))
    rows = [row for month in missing for row in _snapshots_of(month, stored, now)]
    with transaction.atomic():
        before = Snapshot.objects.count()
        Snapshot.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
        return Snapshot.objects.count() - before


def _snapshots_of(month: date, stored: dict[Cell, Counts], now: datetime) -> Iterable[Snapshot]:
    in_month = {d: counts for (m, d), counts in stored.items() if m == month}
    people = count_people(add_months(month, 1) - timedelta(days=1)).activation
    values: list[tuple[Figure, int | None, int, int]] = [
        (ACTIVATION, None, people.numerator, people.denominator)
    ]
    overall = total(in_month.values())
    for directorate, counts in [(None, overall), *in_month.items()]:
        values += [
            (COVERAGE, directorate, counts.covered, counts.completed),
            (ASSIGNED, directorate, counts.assigned, counts.completed),
            (IMPACT_TEAM, directorate, counts.team_impact_sum, counts.team_rated),
            (IMPACT_QUALITY, directorate, counts.quality_impact_sum, counts.quality_rated),
        ]
    return (
        Snapshot(
            figure=figure.key,
            definition=figure.version,
            month=month,
            directorate_id=directorate,
            numerator=numerator,
            denominator=denominator,
            taken_at=now,
        )
        for figure, directorate, numerator, denominator in values
    )
