"""Re-encrypting what stands in the database with the newest key.

Columns are read and written as they stand, past the fields that open them, so that a row is
written only where the value is still the one that was read: whoever changed it meanwhile has
written it with the newest key already.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import connection, models, transaction

from encryption.fields import EncryptedBinaryField, EncryptedTextField, place_of
from encryption.keys import decrypt, encrypt, key_id_of, ring

if TYPE_CHECKING:
    Field = models.Field[Any, Any]
else:
    Field = models.Field

BATCH = 200
_others: dict[str, Callable[[], int]] = {}


def register(place: str, rotate_all: Callable[[], int]) -> None:
    """Make known a place that is encrypted otherwise than by a field, and what rotates it.

    Apps do so in ``APP/rotation.py``. ``rotate_all`` returns how many values it wrote.
    """
    _others[place] = rotate_all


def places() -> Iterator[tuple[str, Callable[[], int]]]:
    """Every place that holds encrypted values, with what rotates it."""
    for field in encrypted_fields():
        yield place_of(field), partial(rotate, field)
    yield from _others.items()


def encrypted_fields() -> Iterator[Field]:
    """Every encrypted field of every model."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, EncryptedTextField | EncryptedBinaryField):
                yield field


def rotate(field: Field) -> int:
    """Re-encrypt this field's values that stand under an older key; how many were written.

    Each batch is a short transaction: what was done stays done when this is stopped, and a second
    run does the rest. Raises CannotDecrypt at a value that no key opens, and leaves it as it is.
    """
    newest = next(iter(ring())).decode()
    written, after = 0, 0
    while rows := _stored(field, after):
        older = [(pk, value) for pk, value in rows if value and _key_of(value) != newest]
        with transaction.atomic():
            written += sum(_replace(field, pk, value) for pk, value in older)
        after = rows[-1][0]
    return written


def _stored(field: Field, after: int) -> list[tuple[int, Any]]:
    table, column, key = _names(field)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key}, {column} FROM {table} WHERE {key} > %s ORDER BY {key} LIMIT {BATCH}",  # noqa: S608 - names of our own models, quoted
            [after],
        )
        return list(cursor.fetchall())


def _replace(field: Field, pk: int, value: Any) -> int:
    table, column, key = _names(field)
    place = place_of(field)
    fresh: Any = encrypt(decrypt(_bytes(value), place=place), place=place)
    if isinstance(field, EncryptedTextField):
        fresh = fresh.decode()
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {column} = %s WHERE {key} = %s AND {column} = %s",  # noqa: S608 - names of our own models, quoted
            [fresh, pk, value],
        )
        return int(cursor.rowcount)


def _names(field: Field) -> tuple[str, str, str]:
    """Table, column and primary key, quoted."""
    meta = field.model._meta
    quote = connection.ops.quote_name
    return quote(meta.db_table), quote(str(field.column)), quote(str(meta.pk.column))


def _key_of(value: str | bytes | memoryview) -> str:
    return key_id_of(_bytes(value))


def _bytes(value: str | bytes | memoryview) -> bytes:
    return value.encode() if isinstance(value, str) else bytes(value)
