"""An authenticator app, as somebody holds it in their hand."""

import time

from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)

PERIOD = 30  # seconds for which the app shows one code


def code_shown(secret: str, *, for_seconds: int = 1) -> str:
    """The code the app shows, for so many seconds at least: otherwise the next one, waited for."""
    left = PERIOD - time.time() % PERIOD
    if left < for_seconds:
        time.sleep(left)
    (counter,) = yield_hotp_counters_from_time()
    return format_hotp_value(hotp_value(secret, counter))
