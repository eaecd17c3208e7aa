"""The door of every address: a token in the Authorization header, and nothing else."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from insights.api.limits import READS, REFUSALS, seconds_to_wait
from insights.api.operations import note_use
from insights.api.queries import find_token
from insights.api.scopes import Scope

View = Callable[[HttpRequest], HttpResponse]
REALM = "Figures of the LXR Portal"
PROBLEM = "application/problem+json"


def opened_with(scope: Scope) -> Callable[[View], View]:
    """Open the address to whoever sends a token with this scope.

    Unknown, revoked and expired tokens are answered alike (401). A token without the scope is told
    so (403): which scopes there are is no secret.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest) -> HttpResponse:
            now = timezone.now()
            secret = _secret_sent(request)
            token = find_token(secret, now=now)
            if token is None:
                address = get_adapter(request).get_client_ip(request)
                wait = seconds_to_wait(f"refused:{address}", REFUSALS, now=now)
                return _too_many(wait) if wait else _refused(has_sent_one=bool(secret))
            wait = seconds_to_wait(f"token:{token.pk}", READS, now=now)
            if wait:
                return _too_many(wait)
            if not token.opens(scope):
                return _without(scope)
            note_use(token=token, now=now)
            return view(request)

        return guarded

    return guard


def _secret_sent(request: HttpRequest) -> str:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def problem(status: int, title: str, detail: str, **more: Any) -> JsonResponse:
    """What went wrong, as RFC 9457 writes it."""
    said = {"title": title, "status": status, "detail": detail, **more}
    return JsonResponse(said, status=status, content_type=PROBLEM)


def _refused(*, has_sent_one: bool) -> HttpResponse:
    response = problem(
        401,
        "A token is needed",
        "Send a token that is valid as “Authorization: Bearer TOKEN”. Whoever publishes figures in "
        "the portal makes one.",
    )
    error = ', error="invalid_token"' if has_sent_one else ""
    response["WWW-Authenticate"] = f'Bearer realm="{REALM}"{error}'
    return response


def _without(scope: Scope) -> HttpResponse:
    response = problem(
        403, "This token may not read that", f"The token does not have the scope “{scope.value}”."
    )
    response["WWW-Authenticate"] = (
        f'Bearer realm="{REALM}", error="insufficient_scope", scope="{scope.value}"'
    )
    return response


def _too_many(wait: int) -> HttpResponse:
    seconds = f"{wait} second{'' if wait == 1 else 's'}"
    response = problem(429, "Too many requests", f"Try again in {seconds}.")
    response["Retry-After"] = str(wait)
    return response
