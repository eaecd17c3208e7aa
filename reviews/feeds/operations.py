"""Making the address of one's calendar, making another one, and stopping it."""

import secrets
from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.operations import record
from reviews.models import Feed


@transaction.atomic
def make_address(*, user: User, now: datetime) -> Feed:
    """A new address for the user's calendar; one they had before stops working."""
    given = {"nonce": secrets.token_urlsafe(32), "made_at": now}
    feed, _ = Feed.objects.update_or_create(user=user, defaults=given)
    record("made a calendar address", on=feed, by=user, now=now)
    return feed


@transaction.atomic
def stop_address(*, user: User, now: datetime) -> None:
    """The address of the user's calendar stops working. Without one, nothing happens."""
    feed = Feed.objects.filter(user=user).first()
    if feed is not None:
        record("stopped a calendar address", on=feed, by=user, now=now)
        feed.delete()
