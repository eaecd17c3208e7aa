"""How long somebody stays signed in."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

REMEMBERED = timedelta(days=90)
STAFF = timedelta(hours=12)
REMEMBER = "remember_device"  # session key: the tick, between asking for a code and using it


def set_length(request: HttpRequest, user: Any, *, is_remembered: bool) -> None:
    """Staff: 12 hours from now, whatever they do. LXRs: 90 days on a device that they asked us to
    remember, otherwise until the browser is closed.
    """
    if list(user.roles) != ["lxr"]:
        request.session.set_expiry(timezone.now() + STAFF)
    elif is_remembered:
        request.session.set_expiry(timezone.now() + REMEMBERED)
    else:
        request.session.set_expiry(0)
