"""What would open most, for checks officers. Every look is recorded."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from checks.operations import look_at_list
from checks.sitting import asks_purpose, purpose_of
from organisation.queries import trust_settings
from programme.opening.queries import DAYS, openings


@require_safe
@requires(Permission.EDIT_CHECKS)
@asks_purpose
def opening(request: SignedInRequest) -> HttpResponse:
    """The steps that would let most people go on most visits."""
    now = timezone.now()
    look_at_list(by=request.user, now=now, purpose=purpose_of(request))
    context = {"found": openings(now, trust_settings()), "days": DAYS}
    return render(request, "programme/opening.html", context)
