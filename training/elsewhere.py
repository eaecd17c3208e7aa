"""What people have said yes to beside training. Floors above know, and register it here."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

# Rows with a ``reviewer``, and the moments ``holds_from`` and ``holds_until``.
Taken = Callable[[], QuerySet[Any]]
TAKEN: list[Taken] = []


def register(taken: Taken) -> None:
    """Make known who has said yes to what, from when until when."""
    TAKEN.append(taken)
