"""What the pages share: finding, recording the look, and a form about one person."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeVar

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import SignedInRequest
from checks import operations
from checks.sitting import purpose_of
from checks.whose import About
from nhsuk.forms import Form
from reviewers.models import Reviewer
from rules import RuleBroken

Thing = TypeVar("Thing", bound=Reviewer | About)
Shown = TypeVar("Shown")


def opened(request: SignedInRequest, get: Callable[[int], Thing | None], pk: int) -> Thing:
    """What ``get`` finds under this id, its look recorded; "not found" where there is nothing, or
    it is this user's own.
    """
    thing = operations.look(
        read=partial(get, pk),
        by=request.user,
        now=timezone.now(),
        purpose=purpose_of(request),
    )
    if thing is None:
        raise Http404
    return thing


def listed(
    request: SignedInRequest,
    read: Callable[[], Shown],
    people: Callable[[Shown], Iterable[int]],
    what: str,
) -> Shown:
    """What ``read`` finds of many, with a look at each of them recorded."""
    return operations.look_at_list(
        read=read,
        people=people,
        what=what,
        by=request.user,
        now=timezone.now(),
        purpose=purpose_of(request),
    )


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
    context: dict[str, Any] = {"form": form, "title": title, "person": reviewer, **more}
    return render(request, "checks/form.html", context)
