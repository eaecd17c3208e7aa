"""What would open most, for checks officers. Every look is recorded."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, requires
from accounts.models import User
from accounts.permissions import Permission
from checks.operations import look_at_list
from checks.sitting import asks_purpose, purpose_of
from organisation.queries import trust_settings
from programme.opening.queries import DAYS, Opening, openings

WINDOWS = ((60, "The next 60 days"), (DAYS, "The next 120 days"), (365, "The next 12 months"))


@require_safe
@requires(Permission.EDIT_CHECKS)
@asks_purpose
def opening(request: SignedInRequest) -> HttpResponse:
    """The steps that would let most people go on most visits."""
    now = timezone.now()
    # Found before the look is recorded: it takes long, and SQLite has but one write lock.
    asked = request.GET.get("days", "")
    days = next((number for number, _ in WINDOWS if str(number) == asked), DAYS)
    found = openings(now, trust_settings(), days=days)
    rows = look_at_list(
        read=lambda: [row for row in found.rows if not _is_about(request.user, row)],
        people=lambda rows: [row.person.pk for row in rows if row.person is not None],
        what="what would open most",
        by=request.user,
        now=now,
        purpose=purpose_of(request),
    )
    context = {"found": replace(found, rows=rows), "days": days, "windows": WINDOWS}
    return render(request, "programme/opening.html", context)


def _is_about(user: User, row: Opening) -> bool:
    """Nobody reads here what their own checks wait for."""
    return row.person is not None and row.person.user_id == user.pk
