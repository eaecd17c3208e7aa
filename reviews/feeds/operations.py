"""Making the address of a calendar, making another one, and stopping it."""

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from audit.operations import record
from reviews.models import Feed, TeamFeed


@transaction.atomic
def make_address(*, user: User, now: datetime) -> Feed:
    """A new address for the user's calendar; one they had before stops working."""
    feed, _ = Feed.objects.update_or_create(user=user, defaults=_fresh(now))
    record("made a calendar address", on=feed, by=user, now=now)
    return feed


@transaction.atomic
def stop_address(*, user: User, now: datetime) -> None:
    """The address of the user's calendar stops working. Without one, nothing happens."""
    feed = Feed.objects.filter(user=user).first()
    if feed is not None:
        record("stopped a calendar address", on=feed, by=user, now=now)
        feed.delete()


@transaction.atomic
def switch_team_calendar_on(*, by: User, now: datetime) -> TeamFeed:
    """An address for the calendar of all visits; one there was before stops working."""
    feed, _ = TeamFeed.objects.update_or_create(pk=1, defaults=_fresh(now))
    record("switched the team's calendar on", on=feed, by=by, now=now)
    return feed


@transaction.atomic
def switch_team_calendar_off(*, by: User, now: datetime) -> None:
    """The address of the team's calendar stops working. If it is off, nothing happens."""
    feed = TeamFeed.objects.first()
    if feed is not None:
        record("switched the team's calendar off", on=feed, by=by, now=now)
        feed.delete()


def _fresh(now: datetime) -> dict[str, Any]:
    return {"nonce": secrets.token_urlsafe(32), "made_at": now}
