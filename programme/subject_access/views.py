"""A copy of everything held: for the person themselves, and for who has to post it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import SignedInRequest, requires
from accounts.fresh import fresh_sign_in
from accounts.permissions import Permission
from checks.sitting import asks_purpose, purpose_of
from programme.enquiries import queries as enquiries
from programme.erasure import queries as erasures
from programme.models import SubjectRequest
from programme.subject_access import operations, queries
from programme.subject_access.files import attached
from reviewers.models import Reviewer
from reviewers.queries import get_person
from reviewers.queries import own as own_person
from rules import RuleBroken


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.OWN_PAGES)
@fresh_sign_in
def everything(request: SignedInRequest) -> HttpResponse:
    """Everything you hold about me: ask for it, and download it."""
    me = own_person(request.user)
    if me is None:
        raise Http404
    if request.method == "POST":
        made = operations.ask_for_own(reviewer=me, by=request.user, now=timezone.now())
        messages.success(request, "We are making your copy.")
        return redirect("jobs:detail", made.job_id)
    return render(request, "programme/own_everything.html", _standing(queries.own(request.user)))


@require_safe
@requires(Permission.OWN_PAGES)
@fresh_sign_in
def own_file(request: SignedInRequest, name: str) -> HttpResponse:
    """One of my two files."""
    copy = queries.own_ready(request.user)
    if copy is None:
        raise Http404
    content = operations.download_own(request=copy, name=name, by=request.user, now=timezone.now())
    return attached(content, name, "everything-about-me")


@require_safe
@requires(Permission.EDIT_PEOPLE, Permission.EDIT_CHECKS)
def requests(request: SignedInRequest) -> HttpResponse:
    """What people asked for about their data, and what waits for somebody here."""
    may_erase = request.user.may(Permission.EDIT_PEOPLE)
    context = {
        "to_post": list(queries.to_post()),
        "may_open": request.user.may(Permission.EDIT_CHECKS),
        "may_erase": may_erase,
        "to_erase": list(erasures.waiting()) if may_erase else [],
        "enquiries": enquiries.to_erase() if may_erase else [],
        "erased": list(erasures.done()) if may_erase else [],
    }
    return render(request, "programme/requests.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_PEOPLE, Permission.EDIT_CHECKS)
def copy(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask for a copy for somebody who does not sign in. Only the checks team opens it."""
    person = _found(get_person(request.user, pk))
    may_open = request.user.may(Permission.EDIT_CHECKS)
    if request.method == "POST":
        try:
            made = operations.ask_to_post(reviewer=person, by=request.user, now=timezone.now())
        except RuleBroken as broken:
            messages.error(request, str(broken))
        else:
            messages.success(request, "The checks team is asked to post a copy.")
            if may_open:
                return redirect("programme:request", made.pk)
        return redirect("programme:copy", pk)
    context = {
        "person": person,
        "asked": queries.to_post_for(person),
        "may_open": may_open,
    }
    return render(request, "programme/copy.html", context)


@require_safe
@requires(Permission.EDIT_CHECKS)
@asks_purpose
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One copy to post: make it, open it, record that it is posted."""
    asked = _request(pk)
    return render(request, "programme/request.html", _standing(asked))


@require_POST
@requires(Permission.EDIT_CHECKS)
@asks_purpose
def make(request: SignedInRequest, pk: int) -> HttpResponse:
    """Have the copy made."""
    try:
        made = operations.make_to_post(
            request=_request(pk), purpose=purpose_of(request), by=request.user, now=timezone.now()
        )
    except RuleBroken as broken:
        messages.error(request, str(broken))
        return redirect("programme:request", pk)
    messages.success(request, "The copy is being made.")
    job = made.job
    if job is not None and job.asked_by_id == request.user.pk:
        return redirect("jobs:detail", job.pk)
    return redirect("programme:request", pk)


@require_safe
@requires(Permission.EDIT_CHECKS)
@asks_purpose
def file_to_post(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    """One of the two files to post."""
    ready = queries.get_ready_to_post(pk)
    if ready is None:
        raise Http404
    content = operations.open_to_post(
        request=ready,
        name=name,
        purpose=purpose_of(request),
        by=request.user,
        now=timezone.now(),
    )
    return attached(content, name, f"everything-{ready.reviewer_id}")


@require_POST
@requires(Permission.EDIT_CHECKS)
@asks_purpose
def posted(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record that it is in the post."""
    try:
        operations.record_posted(request=_request(pk), by=request.user, now=timezone.now())
    except RuleBroken as broken:
        messages.error(request, str(broken))
        return redirect("programme:request", pk)
    messages.success(request, "It is recorded as posted, and erased here.")
    return redirect("programme:requests")


def _standing(asked: SubjectRequest | None) -> dict[str, Any]:
    """How far a copy is, for its page."""
    is_making = asked is not None and operations.is_being_made(asked)
    state = asked.state if asked is not None else ""
    return {
        "asked": asked,
        "is_making": is_making,
        "has_failed": state == SubjectRequest.State.MAKING and not is_making,
        "is_ready": state == SubjectRequest.State.READY,
        "is_done": state == SubjectRequest.State.DONE,
        "hours": operations.HOURS_KEPT,
    }


def _request(pk: int) -> SubjectRequest:
    found = queries.get_to_post(pk)
    if found is None:
        raise Http404
    return found


def _found(person: Reviewer | None) -> Reviewer:
    if person is None:
        raise Http404
    return person
