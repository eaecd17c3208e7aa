"""AES-GCM with named keys: what is encrypted names its key, and opens only where it stands.

A value looks like ``enc:KEYID:BASE64``. The place (``table.column``) is bound to the value as
associated data, so a value copied to another column does not open.
"""

import base64
import binascii
import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

NONCE_BYTES = 12
PREFIX = b"enc"


class CannotDecrypt(Exception):  # noqa: N818 - reads as what happened
    """The value was not made with a key this portal holds, or not for this place."""


@lru_cache(maxsize=4)
def _ring(pairs: tuple[str, ...]) -> dict[bytes, AESGCM]:
    ring = {}
    for pair in pairs:
        key_id, _, key = pair.partition(":")
        try:
            raw = base64.b64decode(key, validate=True)
        except binascii.Error as error:
            message = f"FIELD_ENCRYPTION_KEYS: key {key_id!r} is not base64."
            raise ImproperlyConfigured(message) from error
        if not key_id or len(raw) != 32:
            message = "FIELD_ENCRYPTION_KEYS: each is ID:KEY, KEY being 32 bytes in base64."
            raise ImproperlyConfigured(message)
        ring[key_id.encode()] = AESGCM(raw)
    if not ring:
        message = "Set FIELD_ENCRYPTION_KEYS: one or more ID:KEY pairs, newest first."
        raise ImproperlyConfigured(message)
    return ring


def ring() -> dict[bytes, AESGCM]:
    """The keys of this portal by id, the one for new values first."""
    return _ring(tuple(settings.FIELD_ENCRYPTION_KEYS))


def encrypt(plain: bytes, *, place: str) -> bytes:
    """``plain`` encrypted with the newest key, bound to ``place`` (``table.column``)."""
    key_id, cipher = next(iter(ring().items()))
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = cipher.encrypt(nonce, plain, place.encode())
    return b":".join([PREFIX, key_id, base64.b64encode(nonce + sealed)])


def decrypt(stored: bytes, *, place: str) -> bytes:
    """The plain bytes of a stored value. Raises CannotDecrypt; never returns what is not plain."""
    try:
        prefix, key_id, body = stored.split(b":", 2)
        cipher = ring()[key_id]
        raw = base64.b64decode(body, validate=True)
        if prefix != PREFIX:
            raise ValueError
        return cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], place.encode())
    except (ValueError, KeyError, InvalidTag) as error:
        message = f"A value in {place} cannot be opened with the keys this portal has."
        raise CannotDecrypt(message) from error


def key_id_of(stored: bytes) -> str:
    """The id of the key a stored value was made with."""
    return stored.split(b":", 2)[1].decode()
