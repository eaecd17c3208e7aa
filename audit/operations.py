"""Writing the audit. Call inside the transaction of what is recorded, so both stand or neither."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from django.db import connection, models

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
    if not connection.in_atomic_block:
        message = f"{action} was recorded outside a transaction."
        raise OutsideTransaction(message)
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
