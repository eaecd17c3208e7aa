"""Writing the audit. Call inside the transaction of what is recorded, so both stand or neither."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol

from django.db import DEFAULT_DB_ALIAS, connections, models

from audit.models import Event


class _Person(Protocol):
    pk: int


class OutsideTransaction(RuntimeError):  # noqa: N818 - says what happened
    """An event was recorded outside the transaction of the change it describes."""


def record(
    action: str,
    *,
    on: models.Model,
    by: _Person | None,
    now: datetime,
    about: int | None = None,
    fields: Iterable[str] = (),
    why: str = "",
    kind: Event.Kind = Event.Kind.DONE,
) -> Event:
    """Record that ``by`` (None: the portal itself) did ``action`` to ``on``.

    ``about`` is the id of the reviewer it concerns; ``fields`` the names of what changed; ``why``
    a purpose from a list, never free text. Raises OutsideTransaction.
    """
    _in_transaction(action)
    return Event.objects.create(
        at=now,
        kind=kind,
        action=action,
        actor_id=by.pk if by else None,
        object_type=on._meta.label_lower,
        object_id=str(on.pk),
        person_id=about,
        fields=sorted(fields),
        why=why,
    )


def record_rows(
    action: str,
    *,
    model: type[models.Model],
    people: Mapping[Any, int | None],
    now: datetime,
    fields: Iterable[str] = (),
    by: _Person | None = None,
    why: str = "",
    kind: Event.Kind = Event.Kind.DONE,
) -> None:
    """Record that ``by`` (None: the portal itself) did ``action`` to many rows: an event for each.

    ``people``: the id of each row, with that of the reviewer it concerns. Raises
    OutsideTransaction.
    """
    _in_transaction(action)
    Event.objects.bulk_create(
        Event(
            at=now,
            kind=kind,
            action=action,
            actor_id=by.pk if by else None,
            object_type=model._meta.label_lower,
            object_id=str(pk),
            person_id=person,
            fields=sorted(fields),
            why=why,
        )
        for pk, person in people.items()
    )


def record_count(
    action: str,
    *,
    model: type[models.Model],
    ids: Iterable[int],
    now: datetime,
    database: str = DEFAULT_DB_ALIAS,
) -> None:
    """Record that the portal itself did ``action`` to many rows that concern nobody: one event.

    It says how many there were, and the first and last id. Raises OutsideTransaction.
    """
    _in_transaction(action, database)
    numbers = sorted(ids)
    Event.objects.using(database).create(
        at=now,
        action=action,
        object_type=model._meta.label_lower,
        object_id=f"{numbers[0]}-{numbers[-1]}",
        why=f"{len(numbers)} in all",
    )


def _in_transaction(action: str, database: str = DEFAULT_DB_ALIAS) -> None:
    if not connections[database].in_atomic_block:
        message = f"{action} was recorded outside a transaction."
        raise OutsideTransaction(message)
