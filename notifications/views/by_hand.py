"""What people send: the call list, and letters to print and post."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from nhsuk.paging import Sort, paginate
from notifications import by_hand, queries
from notifications.at_contact import needs_at
from organisation.queries import trust_settings
from rules import RuleBroken

SORTS = (Sort("longest", "Longest waiting first", "due_at"),)


@requires(Permission.SEND_MESSAGES)
@require_safe
def calls(request: SignedInRequest) -> HttpResponse:
    """Whom to ring, and what to say."""
    page = paginate(queries.calls(timezone.now()), params=request.GET, sorts=SORTS)
    needs = needs_at(page, user=request.user)
    context = {"page": page, "needs": needs, "trust": trust_settings()}
    return render(request, "notifications/calls.html", context)


@requires(Permission.SEND_MESSAGES)
@require_safe
def letters(request: SignedInRequest) -> HttpResponse:
    """Letters, one to a printed page."""
    now = timezone.now()
    page = paginate(queries.letters(now), params=request.GET, sorts=SORTS)
    context = {"page": page, "needs": needs_at(page, user=request.user), "today": now}
    return render(request, "notifications/letters.html", context)


@requires(Permission.SEND_MESSAGES)
@require_POST
def spoken(request: SignedInRequest, pk: int) -> HttpResponse:
    """The person was rung and told."""
    return _record(request, pk, by_hand.record_call, "The call is recorded.", "calls")


@requires(Permission.SEND_MESSAGES)
@require_POST
def no_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Nobody answered."""
    said = "The call will be back on the list in 2 hours."
    return _record(request, pk, by_hand.record_no_answer, said, "calls")


@requires(Permission.SEND_MESSAGES)
@require_POST
def posted(request: SignedInRequest, pk: int) -> HttpResponse:
    """The letter is on its way."""
    return _record(request, pk, by_hand.record_posted, "The letter is marked as posted.", "letters")


def _record(
    request: SignedInRequest, pk: int, operation: Callable[..., None], said: str, back: str
) -> HttpResponse:
    message = get_object_or_404(queries.outbox(), pk=pk)
    try:
        operation(message=message, by=request.user, now=timezone.now())
    except RuleBroken as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect(f"notifications:{back}")
