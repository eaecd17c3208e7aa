"""Why somebody looks at check detail: asked once per sitting, recorded with every look."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accounts.access import SignedInRequest

SESSION_KEY = "checks_purpose"

CheckView = Callable[..., HttpResponse]


def purpose_of(request: SignedInRequest) -> str:
    """The purpose given in this sitting; empty if none was."""
    return str(request.session.get(SESSION_KEY, ""))


def asks_purpose(view: CheckView) -> CheckView:
    """Ask for the purpose first, and come back; then call the view."""

    @wraps(view)
    def asking(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not purpose_of(request):
            after = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
            return HttpResponseRedirect(f"{reverse('checks:purpose')}?{after}")
        return view(request, *args, **kwargs)

    return asking
