"""Ed25519 over canonical JSON: keys as text, signatures, fingerprints. No database, no clock."""

import base64
import binascii
import hashlib
import json
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

KEY_BYTES = 32
# Before what is signed, so that a signature is good for nothing else.
ABOUT = b"LXR Portal, shared figures\n"


def new_private_key() -> bytes:
    """The 32 bytes of a new private key."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_key_of(private_key: bytes) -> str:
    """The public key that belongs to it, as text."""
    key = Ed25519PrivateKey.from_private_bytes(private_key)
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


def is_public_key(text: str) -> bool:
    """Whether the text is a public key as ``public_key_of`` writes one."""
    raw = _decoded(text)
    return raw is not None and len(raw) == KEY_BYTES


def tidied(public_key: str) -> str:
    """The key as ``public_key_of`` writes it, however it was broken into lines on its way.

    Raises ValueError for what is none.
    """
    text = "".join(public_key.split())
    if not is_public_key(text):
        message = "This is no public key."
        raise ValueError(message)
    return base64.b64encode(base64.b64decode(text)).decode()


def fingerprint(public_key: str) -> str:
    """128 bits of the key's SHA-256 in groups of four, short enough to read out by telephone.

    >>> fingerprint("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
    '6668 7aad f862 bd77 6c8f c18b 8e9f 8e20'
    """
    digest = hashlib.sha256(base64.b64decode(public_key)).hexdigest()[:32]
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))


def canonical(content: dict[str, Any]) -> bytes:
    """The one way to write it: keys in order, no spaces, ASCII. Whole numbers and text alone.

    For these it is RFC 8785, so that others can check a signature too.
    """
    return json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def sign(content: dict[str, Any], private_key: bytes) -> str:
    """The signature, as text."""
    key = Ed25519PrivateKey.from_private_bytes(private_key)
    return base64.b64encode(key.sign(ABOUT + canonical(content))).decode()


def is_signed_by(content: dict[str, Any], signature: str, public_key: str) -> bool:
    """Whether the signature is that of the content by this key."""
    raw = _decoded(signature)
    if raw is None:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key)).verify(
            raw, ABOUT + canonical(content)
        )
    except InvalidSignature:
        return False
    return True


def _decoded(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
