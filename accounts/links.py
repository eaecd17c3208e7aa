"""Secret links: 256 random bits in the address, only their hash in the database.

A link that is unknown, used, revoked or past its day is looked up in the same way and answered
alike, so that nobody learns which it was.
"""

import hashlib
import secrets
from datetime import datetime

from django.db.models import Q

from accounts.models import SecretLink

SECRET_BYTES = 32


def digest_of(secret: str) -> str:
    """What is stored of a secret: its SHA-256, good enough for a secret that is itself random."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def issue(
    *, purpose: str, object_id: int, now: datetime, expires_at: datetime, secret: str = ""
) -> str:
    """Store a new link to one object and return its secret, which is kept nowhere else.

    ``secret``: one that was made elsewhere, as random as ours. Raises IntegrityError if there is
    a link with it.
    """
    secret = secret or secrets.token_urlsafe(SECRET_BYTES)
    SecretLink.objects.create(
        digest=digest_of(secret),
        purpose=purpose,
        object_id=object_id,
        created_at=now,
        expires_at=expires_at,
    )
    return secret


def find(*, secret: str, purpose: str, now: datetime) -> SecretLink | None:
    """The link that this secret opens now; None if unknown, used, revoked, past its day, or made
    for something else. One query, whichever it is.
    """
    link = SecretLink.objects.filter(digest=digest_of(secret)).first()
    candidate = link or SecretLink(purpose=purpose, expires_at=now)
    opens = (
        (link is not None)
        & (candidate.purpose == purpose)
        & (candidate.expires_at > now)
        & (candidate.used_at is None)
        & (candidate.revoked_at is None)
    )
    return link if opens else None


def use(link: SecretLink, now: datetime) -> bool:
    """Mark the link as used. True for the one who was first; False for everyone after."""
    first = SecretLink.objects.filter(
        Q(used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=now), pk=link.pk
    ).update(used_at=now)
    if first:
        link.used_at = now
    return bool(first)


def revoke(*, purpose: str, object_id: int, now: datetime) -> int:
    """Close every open link of this purpose to the object. Returns how many were open."""
    return SecretLink.objects.filter(
        purpose=purpose, object_id=object_id, used_at__isnull=True, revoked_at__isnull=True
    ).update(revoked_at=now)
