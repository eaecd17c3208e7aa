"""Some pages ask who is there once more: the last sign-in must be 15 minutes old at most."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import (
    get_authentication_records,
    record_authentication,
)
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import urlencode

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
FRESH_SECONDS = 15 * 60
ATTEMPTS = 3
KEY = "fresh_code"


def is_fresh(request: HttpRequest) -> bool:
    """Whether this session's user proved within the last 15 minutes who they are."""
    records = get_authentication_records(request, cast("Any", request.user))
    return bool(records) and time.time() - records[-1]["at"] < FRESH_SECONDS


def fresh_sign_in(view: View) -> View:
    """Ask for a fresh code before this page, and come back to it. Stands inside ``requires``."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_fresh(request):
            question = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse('accounts:fresh')}?{question}")
        return view(request, *args, **kwargs)

    return cast("View", guarded)


def send_code(request: HttpRequest) -> None:
    """Email the signed-in user a code. Only its keyed hash stays in the session."""
    adapter = get_adapter(request)
    code = adapter.generate_login_code()
    request.session[KEY] = {"hash": _hash(code), "at": time.time(), "left": ATTEMPTS}
    email = cast("Any", request.user).email
    adapter.send_mail("account/email/login_code", email, {"request": request, "code": code})


def has_code(request: HttpRequest) -> bool:
    """Whether a code was sent that can still be used."""
    sent: dict[str, Any] = request.session.get(KEY) or {"left": 0}
    return bool(sent["left"] > 0) and time.time() - sent["at"] < FRESH_SECONDS


def accept_code(request: HttpRequest, code: str) -> bool:
    """Whether this is the code that was sent; then the session is fresh. Counts the attempts."""
    if not has_code(request):
        return False
    sent: dict[str, Any] = request.session[KEY]
    if not constant_time_compare(sent["hash"], _hash(code)):
        request.session[KEY] = {**sent, "left": sent["left"] - 1}
        return False
    del request.session[KEY]
    record_authentication(request, cast("Any", request.user), method="code", reauthenticated=True)
    return True


def _hash(code: str) -> str:
    plain = code.replace(" ", "").replace("-", "").upper()
    return salted_hmac("accounts.fresh", plain).hexdigest()
