"""The secret in the address of a feed: derived, so that its page can show it again."""

from base64 import b32encode

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from nhsuk.converters import can_be_id
from reviews.models import Feed, TeamFeed

SECRET_BYTES = 20
TEAM = "team"


def secret_of(feed: Feed | TeamFeed) -> str:
    """The feed's number, or "team", and 160 bits."""
    return f"{TEAM if isinstance(feed, TeamFeed) else feed.pk}-{_letters(feed)}"


def address_of(feed: Feed | TeamFeed) -> str:
    """The whole address, as somebody copies it into a calendar."""
    return f"{settings.PUBLIC_URL.rstrip('/')}{reverse('calendar', args=[secret_of(feed)])}"


def find(secret: str) -> Feed | TeamFeed | None:
    """The feed that this secret opens; None for one that was never made, or is stopped."""
    number, _, letters = secret.partition("-")
    feed = TeamFeed.objects.first() if number == TEAM else _of_somebody(number)
    if feed is None:
        return None
    given = letters.encode("utf-8", "surrogatepass")
    return feed if constant_time_compare(given, _letters(feed).encode()) else None


def _of_somebody(number: str) -> Feed | None:
    if not (number.isascii() and can_be_id(number)):
        return None
    feed = Feed.objects.select_related("user").filter(pk=int(number)).first()
    return feed if feed is not None and feed.user.is_active else None


def _letters(feed: Feed | TeamFeed) -> str:
    whose = TEAM if isinstance(feed, TeamFeed) else feed.user_id
    made = salted_hmac("reviews.feeds", f"{whose}:{feed.nonce}", algorithm="sha256")
    return b32encode(made.digest()[:SECRET_BYTES]).decode().lower()
