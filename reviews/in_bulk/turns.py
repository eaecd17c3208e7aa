"""The days on which an answer can turn: between two of them it is the same for every day."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta

from reviewers.models import RoleDescription
from training.queries import keeping_places


def between(days: Sequence[date], turning: Sequence[date]) -> list[int]:
    """For each day the number of turning days that have come by then."""
    in_order = sorted(turning)
    return [bisect_right(in_order, day) for day in days]


def of_training(first: date, last: date) -> list[date]:
    """When a session begins to count, and the day behind the last on which one does."""
    sessions = (
        keeping_places().order_by().values_list("session__held_on", "session__counts_until")
    ).distinct()
    found = set()
    for held_on, counts_until in sessions:
        found.add(held_on)
        if counts_until is not None:
            found.add(counts_until + timedelta(days=1))
    return [day for day in found if first < day <= last]


def of_role_descriptions(first: date, last: date) -> list[date]:
    """When a new version has to have been signed."""
    needed = RoleDescription.objects.filter(needed_from__gt=first, needed_from__lte=last)
    return list(needed.order_by().values_list("needed_from", flat=True))
