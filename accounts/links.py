"""Secret links: 256 bits in the address, only their hash in the database.

Secrets are random; or derived from what they open and a nonce, where the same link is sent again.
One that is unknown, spent, revoked or past its day is looked up in the same way and answered
alike, so that nobody learns which it was.

What a secret was spent on is not kept, nor when, nor by which link: of several people with a link
each, the rows do not say who used theirs.
"""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from accounts.models import SecretLink, SpentSecret

SECRET_BYTES = 32


def new_nonce() -> str:
    """What a secret is derived from; with another one it is another link."""
    return secrets.token_urlsafe(SECRET_BYTES)


def digest_of(secret: str) -> str:
    """What is stored of a secret: its SHA-256, good enough for a secret that is itself random."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def secret_of(*, purpose: str, object_id: int, nonce: str) -> str:
    """The secret of the link to one object, the same each time."""
    made = salted_hmac(f"accounts.links.{purpose}", f"{object_id}:{nonce}", algorithm="sha256")
    return urlsafe_b64encode(made.digest()).decode().rstrip("=")


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


def keep_open(
    *, secret: str, purpose: str, object_id: int, now: datetime, expires_at: datetime
) -> None:
    """Store the link with this secret, or give it a later end. One that is revoked stays so."""
    SecretLink.objects.update_or_create(
        digest=digest_of(secret),
        defaults={"expires_at": expires_at},
        create_defaults={
            "purpose": purpose,
            "object_id": object_id,
            "created_at": now,
            "expires_at": expires_at,
        },
    )


def extend(
    *, purpose: str, object_ids: Collection[int], now: datetime, expires_at: datetime
) -> None:
    """Give every link of this purpose to these objects that is open now the same end."""
    links = SecretLink.objects.filter(purpose=purpose, object_id__in=object_ids)
    links.filter(revoked_at__isnull=True, expires_at__gt=now).update(expires_at=expires_at)


def find(*, secret: str, purpose: str, now: datetime) -> SecretLink | None:
    """The link that this secret opens now; None if unknown, revoked, past its day, or made for
    something else. One query, whichever it is.
    """
    link = SecretLink.objects.filter(digest=digest_of(secret)).first()
    candidate = link or SecretLink(purpose=purpose, expires_at=now)
    opens = (
        (link is not None)
        & (candidate.purpose == purpose)
        & (candidate.expires_at > now)
        & (candidate.revoked_at is None)
    )
    return link if opens else None


def find_unspent(*, secret: str, purpose: str, now: datetime) -> SecretLink | None:
    """The link that this secret opens now and that was not used yet. Two queries, whichever."""
    link = find(secret=secret, purpose=purpose, now=now)
    is_spent = SpentSecret.objects.filter(digest=_spent_digest(secret)).exists()
    return None if is_spent else link


def spend(secret: str) -> bool:
    """Use a secret up. True for the one who was first; False for everyone after."""
    try:
        with transaction.atomic():
            SpentSecret.objects.create(digest=_spent_digest(secret))
    except IntegrityError:
        return False
    return True


def revoke(*, purpose: str, object_id: int, now: datetime) -> int:
    """Close every open link of this purpose to the object. Returns how many were open."""
    return SecretLink.objects.filter(
        purpose=purpose, object_id=object_id, revoked_at__isnull=True
    ).update(revoked_at=now)


def _spent_digest(secret: str) -> str:
    # Not the link's own digest: without the secret nobody can tell which link it belongs to.
    return digest_of(f"spent:{secret}")
