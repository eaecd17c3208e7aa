"""The data of somebody we know only from the public page."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from programme.enquiries import operations, queries
from programme.erasure.forms import EraseForm
from programme.models import Erasure
from programme.subject_access.files import attached
from reviewers.models import Enquiry
from rules import RuleBroken


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_PEOPLE)
def enquiry(request: SignedInRequest, pk: int) -> HttpResponse:
    """What they sent, a copy of it to give them, and erasing it: the first person asks here."""
    found = _enquiry(request, pk)
    form = EraseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.ask_for_erasure(
                enquiry=found,
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, "A second person must confirm now. Nothing is erased yet.")
            return redirect("programme:enquiry", pk)
    waiting = queries.waiting_for(found)
    context = {
        "enquiry": found,
        "sent": queries.all_of(found),
        "form": form,
        "waiting": waiting,
        "asked_it": waiting is not None and waiting.asked_by_id == request.user.pk,
    }
    return render(request, "programme/enquiry.html", context)


@require_safe
@requires(Permission.EDIT_PEOPLE)
def copy(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    """One of the two files to give them."""
    content = operations.copy(
        enquiry=_enquiry(request, pk), name=name, by=request.user, now=timezone.now()
    )
    return attached(content, name, f"enquiry-{pk}")


@require_POST
@requires(Permission.EDIT_PEOPLE)
def confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """The second person."""
    return _end(request, pk, operations.confirm_erasure, "Everything they sent is erased.")


@require_POST
@requires(Permission.EDIT_PEOPLE)
def call_off(request: SignedInRequest, pk: int) -> HttpResponse:
    """Not after all."""
    return _end(request, pk, operations.call_off_erasure, "It is called off. Nothing was erased.")


def _end(
    request: SignedInRequest, pk: int, operation: Callable[..., Erasure], done: str
) -> HttpResponse:
    found = queries.get_erasure(pk)
    if found is None:
        raise Http404
    try:
        operation(erasure=found.erasure, by=request.user, now=timezone.now())
    except RuleBroken as broken:
        messages.error(request, str(broken))
        return redirect("programme:requests")
    messages.success(request, done)
    return redirect("programme:requests")


def _enquiry(request: SignedInRequest, pk: int) -> Enquiry:
    found = queries.get_enquiry(request.user, pk)
    if found is None:
        raise Http404
    return found
