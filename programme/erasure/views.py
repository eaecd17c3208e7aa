"""Erasing somebody who left: what goes, what stays, and the two people it takes."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from programme.erasure import operations, policies, queries
from programme.erasure.fates import IN_WORDS_GOES, IN_WORDS_STAYS
from programme.erasure.forms import EraseForm
from programme.models import Erasure
from reviewers.models import Reviewer
from reviewers.queries import get_person
from rules import RuleBroken


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_PEOPLE)
def erase(request: SignedInRequest, pk: int) -> HttpResponse:
    """What goes and what stays; the first person asks here, the second confirms."""
    person = _found(get_person(request.user, pk))
    form = EraseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.ask_for_erasure(
                reviewer=person,
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, "A second person must confirm now. Nothing is erased yet.")
            return redirect("programme:erase", pk)
    waiting = queries.waiting_for(person)
    context = {
        "person": person,
        "form": form,
        "waiting": waiting,
        "asked_it": waiting is not None and waiting.asked_by_id == request.user.pk,
        "why_not": _why_not(person),
        "goes": IN_WORDS_GOES,
        "stays": IN_WORDS_STAYS,
    }
    return render(request, "programme/erase.html", context)


@require_POST
@requires(Permission.EDIT_PEOPLE)
def confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """The second person."""
    done = "Their data are erased. The figures are the same as before."
    return _end(request, pk, operations.confirm_erasure, done, "programme:requests")


@require_POST
@requires(Permission.EDIT_PEOPLE)
def call_off(request: SignedInRequest, pk: int) -> HttpResponse:
    """Not after all."""
    done = "It is called off. Nothing was erased."
    return _end(request, pk, operations.call_off_erasure, done, "programme:requests")


def _end(
    request: SignedInRequest, pk: int, operation: Callable[..., Erasure], done: str, after: str
) -> HttpResponse:
    erasure = queries.get(pk)
    if erasure is None:
        raise Http404
    try:
        operation(erasure=erasure, by=request.user, now=timezone.now())
    except RuleBroken as broken:
        messages.error(request, str(broken))
        return redirect("programme:erase", erasure.reviewer_id)
    messages.success(request, done)
    return redirect(after)


def _why_not(person: Reviewer) -> str:
    """What stands in the way; empty when nothing does."""
    obstacles = queries.obstacles(person, today=timezone.localdate())
    try:
        policies.check_can_erase(person, **obstacles)
    except RuleBroken as broken:
        return str(broken)
    return ""


def _found(person: Reviewer | None) -> Reviewer:
    if person is None:
        raise Http404
    return person
