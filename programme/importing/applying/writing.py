"""Writing many rows while the database's one write lock is held: everything is made ready before.

Django's bulk_create prepares each value inside the transaction; for 10,000 reviewers and 50,000
team members that alone takes longer than the lock may be held. Here values are prepared outside,
and only ids of rows that are new in this import are filled in under the lock.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import chain
from typing import Any, NamedTuple

from django.db import connection, models
from django.db.models import AutoField

from programme.importing.known import Known

PARAMETERS = 900  # fewer than SQLite takes in one statement


class Ref(NamedTuple):
    """The id of what is known by this name once the import has written it."""

    kind: str
    key: str

    def of(self, known: Known) -> int:
        """The id now."""
        found: int = getattr(known, self.kind)[self.key]
        return found


class Insert:
    """New rows of one model; columns that are not named get their defaults, but a random key is to
    be named: a default is made once.
    """

    def __init__(self, model: type[models.Model], *names: str) -> None:
        self.model = model
        fields = [each for each in model._meta.concrete_fields if not isinstance(each, AutoField)]
        by_name: dict[str, Any] = {each.name: each for each in fields}
        self.named = [by_name[name] for name in names]
        self.fields: list[Any] = [*self.named, *(each for each in fields if each not in self.named)]
        self.defaults = [
            each.get_db_prep_save(each.get_default(), connection)
            for each in self.fields[len(self.named) :]
        ]
        self.rows: list[list[Any]] = []

    def add(self, *values: Any) -> None:
        """One row, its values in the order of the names."""
        self.rows.append(
            [
                value if isinstance(value, Ref) else field.get_db_prep_save(value, connection)
                for field, value in zip(self.named, values, strict=True)
            ]
            + self.defaults
        )

    def write(self, known: Known) -> None:
        """Insert the rows."""
        quote = connection.ops.quote_name
        columns = ", ".join(quote(str(each.column)) for each in self.fields)
        one = f"({', '.join(['%s'] * len(self.fields))})"
        start = f"INSERT INTO {quote(self.model._meta.db_table)} ({columns}) VALUES "  # noqa: S608 - our own names
        portion = max(1, PARAMETERS // len(self.fields))
        with connection.cursor() as cursor:
            for first in range(0, len(self.rows), portion):
                rows = [_resolved(row, known) for row in self.rows[first : first + portion]]
                cursor.execute(start + ", ".join([one] * len(rows)), list(chain(*rows)))


class Update:
    """Changed rows of one model, each with its own columns."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        self._pk: Any = model._meta.pk
        self.rows: dict[tuple[str, ...], list[list[Any]]] = defaultdict(list)

    def add(self, pk: Any, values: dict[str, Any]) -> None:
        """New values of one row, by field."""
        if not values:
            return
        names = tuple(sorted(values))
        prepared = [
            values[name]
            if isinstance(values[name], Ref)
            else self.model._meta.get_field(name).get_db_prep_save(values[name], connection)  # type: ignore[union-attr]  # concrete
            for name in names
        ]
        self.rows[names].append([*prepared, self._pk.get_db_prep_save(pk, connection)])

    def write(self, known: Known) -> None:
        """Update the rows."""
        quote = connection.ops.quote_name
        key = quote(self._pk.column)
        with connection.cursor() as cursor:
            for names, rows in self.rows.items():
                columns = ", ".join(
                    f"{quote(str(self.model._meta.get_field(name).column))} = %s"  # type: ignore[union-attr]  # concrete
                    for name in names
                )
                cursor.executemany(
                    f"UPDATE {quote(self.model._meta.db_table)} SET {columns} WHERE {key} = %s",  # noqa: S608 - our own names
                    [_resolved(row, known) for row in rows],
                )


def _resolved(row: Sequence[Any], known: Known) -> list[Any]:
    return [each.of(known) if isinstance(each, Ref) else each for each in row]
