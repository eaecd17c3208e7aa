"""The link to a session's feedback form: derived, so that it can be shown in the room again.

All who are there open the same one. Nothing is kept of who did: not an address, not a time.
"""

from base64 import b32encode
from datetime import datetime

from django.core.cache import cache
from django.utils.crypto import constant_time_compare, salted_hmac

from nhsuk.converters import can_be_id
from training.models import RoomLink

SECRET_BYTES = 16
GROUP = 4
WINDOW = 600  # seconds
MOST = 300  # answers to one session in a window


def secret_of(link: RoomLink) -> str:
    """The session's number and 128 bits in letters that a person can type."""
    letters = _letters(link)
    groups = [letters[start : start + GROUP] for start in range(0, len(letters), GROUP)]
    return "-".join([str(link.session_id), *groups])


def _letters(link: RoomLink) -> str:
    made = salted_hmac("training.said", f"{link.session_id}:{link.nonce}", algorithm="sha256")
    return b32encode(made.digest()[:SECRET_BYTES]).decode().rstrip("=").lower()


def session_named(secret: str) -> int:
    """The session that a secret says it is for; 0 if it names none."""
    number, _, _ = secret.partition("-")
    return int(number) if number.isascii() and can_be_id(number) else 0


def opens(link: RoomLink, secret: str) -> bool:
    """Whether the secret is this link's, however it was typed."""
    _, _, letters = secret.partition("-")
    typed = letters.replace("-", "").replace(" ", "").lower()
    return constant_time_compare(typed.encode("utf-8", "surrogatepass"), _letters(link).encode())


def is_within_the_limit(link: RoomLink, *, now: datetime) -> bool:
    """Count one more answer to the session; False when there were too many just now.

    Counts answers, not people: of whoever sends them, nothing is looked at.
    """
    key = f"said:{link.session_id}:{int(now.timestamp()) // WINDOW}"
    counted = int(cache.get(key, 0)) + 1
    cache.set(key, counted, WINDOW)
    return counted <= MOST
