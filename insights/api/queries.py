"""Tokens with their state, and the one that a secret opens."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from accounts import links
from accounts.models import SecretLink
from insights.api.models import PURPOSE, ApiToken


def find_token(secret: str, *, now: datetime) -> ApiToken | None:
    """The token that this secret opens now. Two queries, whether there is one or not."""
    link = links.find(secret=secret, purpose=PURPOSE, now=now)
    return ApiToken.objects.filter(pk=link.object_id if link else 0).first()


def tokens(*, now: datetime) -> QuerySet[ApiToken]:
    """Every token with ``expires_at``, ``revoked_at`` and whether it ``is_open``, newest first."""
    link = SecretLink.objects.filter(purpose=PURPOSE, object_id=OuterRef("pk"))
    return ApiToken.objects.select_related("made_by").annotate(
        expires_at=Subquery(link.values("expires_at")[:1]),
        revoked_at=Subquery(link.values("revoked_at")[:1]),
        is_open=Exists(link.filter(revoked_at__isnull=True, expires_at__gt=now)),
    )


def get_token(pk: int, *, now: datetime) -> ApiToken | None:
    """The token with this id, as ``tokens`` gives it."""
    return tokens(now=now).filter(pk=pk).first()
