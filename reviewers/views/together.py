"""What is done to several people whom somebody ticked: asked once more, then done."""

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from reviewers import operations, recruitment_queries
from reviewers.forms import MoveOnForm, TickedForm
from reviewers.models import Reviewer
from reviewers.operations import Outcome

TICK = "Tick at least one person, and then choose what to do."


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_PEOPLE)
def move_on(request: SignedInRequest) -> HttpResponse:
    """Move them on, with a note for all of them."""
    form = MoveOnForm(_sent(request))
    if not form.is_valid():
        return _nobody(request)
    start, to = form.stages
    people = recruitment_queries.chosen(request.user, form.ids)
    if request.method == "POST":
        outcomes = operations.move_on_together(
            reviewers=people,
            start=start,
            to=to,
            note=form.cleaned_data["note"],
            by=request.user,
            now=timezone.now(),
        )
        done, already = f"now at the stage “{to.label}”", f"at the stage “{to.label}” already"
        return _said(request, outcomes, done=done, already=already)
    why_not = recruitment_queries.why_not_moved(people, start, to)
    title = f"Move people from {start.label} to {to.label}"
    return _ask(request, form, people, why_not, title=title, press="Move")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_PEOPLE)
def sign_in(request: SignedInRequest) -> HttpResponse:
    """Let them sign in; each is told how."""
    form = TickedForm(_sent(request))
    if not form.is_valid():
        return _nobody(request)
    people = recruitment_queries.chosen(request.user, form.ids)
    if request.method == "POST":
        outcomes = operations.give_accounts(reviewers=people, by=request.user, now=timezone.now())
        done, already = "able to sign in now. We tell them how", "able to sign in already"
        return _said(request, outcomes, done=done, already=already)
    why_not = recruitment_queries.why_no_account(people)
    return _ask(request, form, people, why_not, title="Let people sign in", press="Let in")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_PEOPLE)
def remind(request: SignedInRequest) -> HttpResponse:
    """Remind them of the role description."""
    form = TickedForm(_sent(request))
    if not form.is_valid():
        return _nobody(request)
    people = recruitment_queries.chosen(request.user, form.ids)
    if request.method == "POST":
        outcomes = operations.remind_together(reviewers=people, by=request.user, now=timezone.now())
        done, already = "reminded to read and sign the role description", "reminded today already"
        return _said(request, outcomes, done=done, already=already)
    why_not = recruitment_queries.why_not_reminded(people, timezone.localdate())
    title = "Remind people of the role description"
    return _ask(request, form, people, why_not, title=title, press="Remind")


def _sent(request: SignedInRequest) -> object:
    return request.POST if request.method == "POST" else request.GET


def _nobody(request: SignedInRequest) -> HttpResponse:
    messages.error(request, TICK)
    return redirect("reviewers:board")


def _ask(
    request: SignedInRequest,
    form: TickedForm,
    people: Sequence[Reviewer],
    why_not: Mapping[int, str],
    *,
    title: str,
    press: str,
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "press": press,
        "going": [person for person in people if person.pk not in why_not],
        "staying": list(why_not.values()),
        "kept": form.kept,
    }
    return render(request, "reviewers/together.html", context)


def _said(
    request: SignedInRequest, outcomes: Sequence[Outcome], *, done: str, already: str
) -> HttpResponse:
    """Back to the board, with how many it was done for, and who was left out and why."""
    number = sum(each.is_done for each in outcomes)
    if number:
        who = "1 person is" if number == 1 else f"{number} people are"
        messages.success(request, f"{who} {done}.")
    elif not any(each.why_not for each in outcomes):
        messages.success(request, f"They are {already}.")
    for each in outcomes:
        if each.why_not:
            messages.error(request, each.why_not)
    return redirect("reviewers:board")
