"""Adding people: by form, or from what they told us on the public page."""

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from notifications.models import Channel
from reviewers import operations, recruitment_queries
from reviewers.forms import AddForm
from reviewers.models import Enquiry, Reviewer
from rules import RuleBroken

_PHONE = re.compile(r"[+0-9][0-9 ()-]{5,28}")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_PEOPLE)
def add(request: SignedInRequest) -> HttpResponse:
    """Add a person at the stage enquiry."""
    form = AddForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            person = operations.add_reviewer(
                details=form.details,
                reference=form.cleaned_data["reference"],
                source=form.cleaned_data["source"],
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, f"{person} is added, with the reference {person.reference}.")
            return redirect("reviewers:detail", person.pk)
    return render(request, "reviewers/add.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_PEOPLE)
def add_from_enquiry(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add somebody who told us they are interested, next to people they may already be."""
    enquiry = recruitment_queries.get_enquiry(pk)
    if enquiry is None:
        raise Http404
    if enquiry.outcome != Enquiry.Outcome.OPEN:
        return _dealt_with(request, enquiry)
    known = _known(enquiry)
    form = AddForm(request.POST if request.method == "POST" else None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            person, is_new = operations.add_from_enquiry(
                enquiry=enquiry,
                details=form.details,
                reference=form.cleaned_data["reference"],
                source=form.cleaned_data["source"],
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            words = "is added" if is_new else "was added in this moment by somebody else"
            messages.success(request, f"{person} {words}, with the reference {person.reference}.")
            return redirect("reviewers:detail", person.pk)
    alike = recruitment_queries.alike(
        name=enquiry.name, email=known.get("email", ""), phone=known.get("phone", "")
    )
    return render(request, "reviewers/add.html", {"form": form, "enquiry": enquiry, "alike": alike})


def _dealt_with(request: SignedInRequest, enquiry: Enquiry) -> HttpResponse:
    person: Reviewer | None = enquiry.reviewer
    if person is not None:
        messages.success(request, f"This is {person}, with the reference {person.reference}.")
        return redirect("reviewers:detail", person.pk)
    messages.error(request, "This enquiry is closed already.")
    return redirect("reviewers:enquiries")


def _known(enquiry: Enquiry) -> dict[str, Any]:
    """What the enquiry says, in the boxes of the form."""
    first, _, last = enquiry.name.strip().partition(" ")
    contact = enquiry.contact.strip()
    known = {
        "first_name": first,
        "last_name": last.strip(),
        "source": Reviewer.Source.THEMSELVES.value,
    }
    if "@" in contact and " " not in contact:
        return known | {"email": contact, "preferred_contact": Channel.EMAIL.value}
    if _PHONE.fullmatch(contact):
        return known | {"phone": contact, "preferred_contact": Channel.PHONE.value}
    return known | {"address": contact, "preferred_contact": Channel.POST.value}
