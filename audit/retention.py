"""Old events go through the owner's connection: the application's role cannot delete them."""

from collections.abc import Iterable
from datetime import datetime

from django.db import DEFAULT_DB_ALIAS, connections, models

from audit.models import Event

OWNER = "owner"  # what settings call the connection of MIGRATION_DATABASE_URL


def owners_connection() -> str:
    """The connection that may delete events: the owner's where there is one."""
    return OWNER if OWNER in connections.databases else DEFAULT_DB_ALIAS


def older_than(moment: datetime) -> models.QuerySet[Event]:
    """The events before this moment, with a queryset that may delete."""
    return models.QuerySet(Event, using=owners_connection()).filter(at__lt=moment)


def delete(ids: Iterable[int]) -> None:
    """Delete these events. The retention run alone does so."""
    models.QuerySet(Event, using=owners_connection()).filter(pk__in=list(ids)).delete()
