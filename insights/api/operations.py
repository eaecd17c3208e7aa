"""Making a token, revoking it, and noting that it was used."""

import uuid
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts import links
from accounts.models import SecretLink, User
from audit.models import Event
from audit.operations import record
from insights.api.models import PURPOSE, ApiToken
from insights.api.policies import check_last_day
from insights.api.scopes import in_one_line

PREFIX = "lxr_"  # by which a program that looks for lost secrets finds ours


def make_token(
    *, name: str, scopes: Iterable[str], last_day: date, once: uuid.UUID, by: User, now: datetime
) -> tuple[ApiToken, str]:
    """A new token and its secret, of which only the hash is stored.

    ``once`` names the form that was sent: sent twice, it gives the same token and secret again, so
    that a button pressed twice loses nothing. Raises RuleBroken: see check_last_day.
    """
    check_last_day(last_day, today=timezone.localdate(now))
    secret = _secret_of(once, by)
    try:
        with transaction.atomic():
            token = ApiToken.objects.create(
                name=name, scopes=in_one_line(list(scopes)), made_by=by, made_at=now
            )
            links.issue(
                purpose=PURPOSE,
                object_id=token.pk,
                now=now,
                expires_at=_end_of(last_day),
                secret=secret,
            )
            record("made a figures token", on=token, by=by, now=now, fields=["scopes"])
    except IntegrityError:
        link = SecretLink.objects.get(digest=links.digest_of(secret))
        token = ApiToken.objects.get(pk=link.object_id)
    return token, secret


def _secret_of(once: uuid.UUID, by: User) -> str:
    """256 bits that nobody can work out without the portal's secret key."""
    made = salted_hmac("insights.api", f"{by.pk}:{once}", algorithm="sha256").digest()
    return PREFIX + urlsafe_b64encode(made).decode().rstrip("=")


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


@transaction.atomic
def revoke_token(*, token: ApiToken, by: User, now: datetime) -> None:
    """The token opens nothing any more. One that is closed already stays as it is."""
    if links.revoke(purpose=PURPOSE, object_id=token.pk, now=now):
        record("revoked a figures token", on=token, by=by, now=now)


def note_use(*, token: ApiToken, now: datetime) -> None:
    """Remember that the token was used on this day: one write and one event a day."""
    today = timezone.localdate(now)
    if token.last_used_on == today:
        return
    not_noted = Q(last_used_on__isnull=True) | Q(last_used_on__lt=today)
    with transaction.atomic():
        if ApiToken.objects.filter(not_noted, pk=token.pk).update(last_used_on=today):
            record("read figures with a token", on=token, by=None, now=now, kind=Event.Kind.LOOKED)
