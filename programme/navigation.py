"""What every page shows around its content: the service's name and the ways a user may go."""

from typing import Any

from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """The frame of a page for this user."""
    return {}
