"""Marks for the floor above: the figures of this month and directorate have changed."""

from collections.abc import Iterable
from datetime import date

from reviews.models import ChangedMonth, Review


def mark(review: Review) -> None:
    """Mark the month of the visit in the service's directorate. Call where figures change."""
    mark_months([(review.visit_on, review.service.directorate_id)])


def mark_months(cells: Iterable[tuple[date, int]]) -> None:
    """Mark the month of each day in its directorate (by id), each once.

    A mark that is there is written again: that locks it until this change is committed, so that
    nobody recomputes the month without the change and takes the mark away.
    """
    months = sorted({(day.replace(day=1), directorate) for day, directorate in cells})
    ChangedMonth.objects.bulk_create(
        [ChangedMonth(month=month, directorate_id=directorate) for month, directorate in months],
        update_conflicts=True,
        unique_fields=["month", "directorate"],
        update_fields=["month"],
    )
