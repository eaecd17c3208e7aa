"""Keyed digests of imported values: they tell whether a value is the same, and nothing else.

A digest is bound to its sheet, row and column, so that equal values elsewhere do not show. With
another SECRET_KEY every value looks as if it had been edited in the portal, and is kept.
"""

import base64
import hashlib
from collections.abc import Hashable

from django.conf import settings

from programme.importing.batch import Key

SIZE = 9  # bytes: twelve characters in base64


def _secret() -> bytes:
    return hashlib.blake2b(
        settings.SECRET_KEY.encode(), digest_size=32, person=b"import digests"
    ).digest()


class Digests:
    """Makes the digests of one import."""

    def __init__(self) -> None:
        self._empty = hashlib.blake2b(key=_secret(), digest_size=SIZE)

    def of(self, sheet: str, key: Key, column: str, same: Hashable) -> str:
        """The digest of one value, given what equal values have in common."""
        made = self._empty.copy()
        made.update(repr((sheet, key, column, same)).encode("utf-8", "backslashreplace"))
        return base64.b64encode(made.digest()).decode()


def stored_key(key: Key) -> str:
    """A row's key as one text."""
    return "\x1f".join(key)
