"""Switching sending on and off, with a look at what would go."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from notifications import queries
from notifications.operations import is_sending_on
from organisation import operations
from organisation.queries import trust_settings


@requires(Permission.SEND_MESSAGES)
@require_safe
def sending(request: SignedInRequest) -> HttpResponse:
    """Whether messages are sent; before they are, what would go."""
    now, trust = timezone.now(), trust_settings()
    is_on = is_sending_on(trust, now)
    preview = None if is_on else queries.preview(trust=trust, now=now)
    return render(
        request, "notifications/sending.html", {"trust": trust, "is_on": is_on, "preview": preview}
    )


@requires(Permission.SEND_MESSAGES)
@require_POST
def switch_on(request: SignedInRequest) -> HttpResponse:
    """Send from now on."""
    operations.switch_sending_on(by=request.user, now=timezone.now())
    messages.success(request, "Sending is on. Messages go out as they fall due.")
    return redirect("notifications:sending")


@requires(Permission.SEND_MESSAGES)
@require_POST
def switch_off(request: SignedInRequest) -> HttpResponse:
    """Send nothing but sign-in codes."""
    operations.switch_sending_off(by=request.user, now=timezone.now())
    messages.success(request, "Sending is off. Only sign-in codes go out.")
    return redirect("notifications:sending")
