"""The board of stages, and moving several people on from it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from reviewers import operations, recruitment_queries
from reviewers.board import board as board_of
from reviewers.forms import MoveOnForm
from reviewers.models import Reviewer, Stage
from reviewers.recruitment_policies import check_can_move_on
from rules import RuleBroken


@require_safe
@requires(Permission.EDIT_PEOPLE)
def board(request: SignedInRequest) -> HttpResponse:
    """Who is where on the way to active, for how long, and whose move it is."""
    context = {
        "board": board_of(request.user, timezone.now()),
        "enquiries": recruitment_queries.count_open(),
    }
    return render(request, "reviewers/board.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_PEOPLE)
def move_on(request: SignedInRequest) -> HttpResponse:
    """Ask once more before several people move on; then move those who can go."""
    form = MoveOnForm(request.POST if request.method == "POST" else request.GET)
    if not form.is_valid():
        messages.error(request, "Tick at least one person, and then choose where they go.")
        return redirect("reviewers:board")
    start, to = Stage(form.cleaned_data["start"]), Stage(form.cleaned_data["to"])
    people = recruitment_queries.chosen(request.user, form.ids)
    if request.method == "POST":
        outcomes = operations.move_on(
            reviewers=people, start=start, to=to, by=request.user, now=timezone.now()
        )
        moved = sum(each.is_moved for each in outcomes)
        if moved:
            who = "1 person is" if moved == 1 else f"{moved} people are"
            messages.success(request, f"{who} now at the stage “{to.label}”.")
        elif not any(each.why_not for each in outcomes):
            messages.success(request, f"They are at the stage “{to.label}” already.")
        for each in outcomes:
            if each.why_not:
                messages.error(request, each.why_not)
        return redirect("reviewers:board")
    reasons = [(person, _why_not(person, start, to)) for person in people]
    context = {
        "going": [person for person, reason in reasons if not reason],
        "staying": [(person, reason) for person, reason in reasons if reason],
        "start": start,
        "to": to,
    }
    return render(request, "reviewers/move_on.html", context)


def _why_not(person: Reviewer, start: Stage, to: Stage) -> str:
    try:
        check_can_move_on(person, start=start, to=to)
    except RuleBroken as broken:
        return str(broken)
    return ""
