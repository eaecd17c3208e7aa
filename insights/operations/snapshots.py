"""Snapshots: what a month showed once it had ended."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from insights.counting import Cell, Counts, total
from insights.figures import ACTIVATION, PEOPLE_FIGURES, REVIEW_FIGURES, AnyFigure
from insights.models import Snapshot
from insights.numbers import Value
from insights.people import count_people
from insights.periods import add_months, month_of
from insights.stored import stored_counts

SNAPSHOT_MONTHS = 12  # as far back as missed snapshots are caught up


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
    people = count_people(add_months(month, 1) - timedelta(days=1))
    in_month = {cell: counts for cell, counts in stored.items() if cell[0] == month}
    values: list[tuple[AnyFigure, int | None, Value]] = [
        (figure, None, figure.value_of(people)) for figure in PEOPLE_FIGURES
    ]
    for directorate in [None, *sorted({directorate for _, directorate, _ in in_month})]:
        counts = total(each for cell, each in in_month.items() if directorate in {None, cell[1]})
        values += [(figure, directorate, figure.value_of(counts)) for figure in REVIEW_FIGURES]
    return (
        Snapshot(
            figure=figure.key,
            definition=figure.version,
            month=month,
            directorate_id=directorate,
            numerator=value.numerator,
            denominator=value.denominator,
            taken_at=now,
        )
        for figure, directorate, value in values
        if value.denominator is not None
    )
