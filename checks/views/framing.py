"""What the pages share: finding, recording the look, and a form about one person."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import SignedInRequest
from checks import operations
from checks.sitting import purpose_of
from nhsuk.forms import Form
from reviewers.models import Reviewer
from rules import RuleBroken

Thing = TypeVar("Thing")


def found(thing: Thing | None) -> Thing:
    """The thing; "not found" where there is none."""
    if thing is None:
        raise Http404
    return thing


def look(request: SignedInRequest, reviewer: Reviewer) -> None:
    """Record that this user looks at this person's checks."""
    operations.look(on=reviewer, by=request.user, now=timezone.now(), purpose=purpose_of(request))


def sent(request: SignedInRequest) -> Any:
    """What was sent with the form; None when the page is opened."""
    return request.POST if request.method == "POST" else None


def form_page(
    request: SignedInRequest,
    reviewer: Reviewer,
    form: Form,
    save: Callable[[], object],
    *,
    title: str,
    done: str,
    **more: Any,
) -> HttpResponse:
    """A form about one person: asked, saved, and back to their page."""
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, done)
            return redirect("checks:person", reviewer.pk)
    look(request, reviewer)
    context: dict[str, Any] = {"form": form, "title": title, "person": reviewer, **more}
    return render(request, "checks/form.html", context)
