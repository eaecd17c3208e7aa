"""Who has said yes to something else at a time. Floors above know, and register it here."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

# From when until when -> the ids of people.
Taken = Callable[[datetime, datetime], QuerySet[Any]]
TAKEN: list[Taken] = []


def register(taken: Taken) -> None:
    """Make known who has said yes to something that overlaps with a time."""
    TAKEN.append(taken)
