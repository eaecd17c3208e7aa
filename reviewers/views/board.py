"""The board of stages."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from reviewers.board import board as board_of


@require_safe
@requires(Permission.EDIT_PEOPLE)
def board(request: SignedInRequest) -> HttpResponse:
    """Who is where on the way to active, for how long, and whose move it is."""
    return render(
        request, "reviewers/board.html", {"board": board_of(request.user, timezone.now())}
    )
