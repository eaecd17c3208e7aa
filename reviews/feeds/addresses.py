"""The secret in the address of a feed: derived, so that its page can show it again."""

from base64 import b32encode

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from nhsuk.converters import can_be_id
from reviews.models import Feed

SECRET_BYTES = 20


def secret_of(feed: Feed) -> str:
    """The feed's number and 160 bits."""
    return f"{feed.pk}-{_letters(feed)}"


def address_of(feed: Feed) -> str:
    """The whole address, as somebody copies it into a calendar."""
    return f"{settings.PUBLIC_URL.rstrip('/')}{reverse('calendar', args=[secret_of(feed)])}"


def find(secret: str) -> Feed | None:
    """The feed that this secret opens; None for one that was never made, or is stopped."""
    number, _, letters = secret.partition("-")
    if not (number.isascii() and can_be_id(number)):
        return None
    feed = Feed.objects.select_related("user").filter(pk=int(number)).first()
    if feed is None or not feed.user.is_active:
        return None
    given = letters.encode("utf-8", "surrogatepass")
    return feed if constant_time_compare(given, _letters(feed).encode()) else None


def _letters(feed: Feed) -> str:
    made = salted_hmac("reviews.feeds", f"{feed.user_id}:{feed.nonce}", algorithm="sha256")
    return b32encode(made.digest()[:SECRET_BYTES]).decode().lower()
