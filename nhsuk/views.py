"""Pages for when something is not as expected, in the same design as all others."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open for too long, or came from somewhere else."""
    return render(request, "403_csrf.html", status=403)
