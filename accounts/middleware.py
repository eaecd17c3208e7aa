"""Roles that see the most must sign in with an authenticator."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

# What somebody without an authenticator can still open: setting one up, and leaving.
ON_THE_WAY = (
    "mfa_activate_totp",
    "account_reauthenticate",
    "account_logout",
    "account_change_password",
    "account_set_password",
)


class RequireAuthenticator:
    """Send checks officers and administrators to set up an authenticator before anything else.

    A portal that holds the demonstration programme does not ask: nobody there is real, and the
    accounts it prints have to open at once.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.HOLDS_DEMONSTRATION and self._has_none(request):
            ways = {reverse(name) for name in ON_THE_WAY}
            if request.path not in ways and not request.path.startswith(settings.STATIC_URL):
                return redirect("mfa_activate_totp")
        return self.get_response(request)

    @staticmethod
    def _has_none(request: HttpRequest) -> bool:
        if not request.user.is_authenticated:
            return False
        user = request.user
        return (
            user.needs_authenticator
            and not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
        )
