"""The work list, one person's checks, and a person's own."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, requires
from accounts.fresh import fresh_sign_in
from accounts.permissions import Permission
from checks import queries
from checks.forms import PurposeForm
from checks.sitting import SESSION_KEY, asks_purpose
from checks.views.framing import listed, opened, sent
from checks.work import KIND_BY_KEY, KINDS, work_on
from checks.work_sections import LINKS
from nhsuk.paging import paginate
from nhsuk.params import search_words


@requires(Permission.EDIT_CHECKS, Permission.APPROVE_ASSESSMENTS)
def purpose(request: SignedInRequest) -> HttpResponse:
    """Ask once per sitting why somebody looks."""
    form = PurposeForm(sent(request))
    if request.method == "POST" and form.is_valid():
        request.session[SESSION_KEY] = form.cleaned_data["purpose"]
        after = request.GET.get("next", "")
        if url_has_allowed_host_and_scheme(after, allowed_hosts=None):
            return redirect(after)
        may_edit = request.user.may(Permission.EDIT_CHECKS)
        return redirect("checks:list" if may_edit else "checks:approvals")
    return render(request, "checks/form.html", {"form": form, "title": "Before you start"})


@require_safe
@requires(Permission.EDIT_CHECKS)
@asks_purpose
def work_list(request: SignedInRequest) -> HttpResponse:
    """What the checks team has to do, longest waiting first."""
    words = search_words(request.GET)
    lines, has_more = listed(
        request,
        lambda: work_on(timezone.localdate(), request.user),
        lambda work: [line.person for line in work[0]],
        "the checks work list",
    )
    context = {
        "q": words,
        "people": list(queries.find_people(request.user, words)),
        "lines": lines,
        "has_more": has_more,
        "kinds": KINDS,
        "links": LINKS.values(),
    }
    return render(request, "checks/list.html", context)


@require_safe
@requires(Permission.EDIT_CHECKS)
@asks_purpose
def work_of_a_kind(request: SignedInRequest, key: str) -> HttpResponse:
    """Everything of one kind of work, page by page."""
    if key not in KIND_BY_KEY:
        raise Http404
    kind, today = KIND_BY_KEY[key], timezone.localdate()
    rows = kind.rows_for(request.user, today)
    page = listed(
        request,
        lambda: paginate(rows, params=request.GET, sorts=kind.sorts, counted=False),
        lambda page: [row.person for row in page],
        "the checks work list",
    )
    lines = [kind.line(row, today) for row in page]
    context = {"kind": kind, "page": page, "lines": lines}
    return render(request, "checks/kind.html", context)


@require_safe
@requires(Permission.EDIT_CHECKS)
@asks_purpose
def person(request: SignedInRequest, pk: int) -> HttpResponse:
    """One person's checks, assessments and clearances in detail."""
    found = opened(request, queries.get_all_of, pk)
    context = {
        "person": found.reviewer,
        "checks": found.checks,
        "clearances": found.clearances,
        "today": timezone.localdate(),
    }
    return render(request, "checks/person.html", context)


@require_safe
@requires(Permission.OWN_PAGES)
@fresh_sign_in
def own_checks(request: SignedInRequest) -> HttpResponse:
    """My checks, in plain words."""
    context = {
        "checks": queries.own_checks(request.user, today=timezone.localdate()),
        "clearances": queries.own_clearances(request.user),
    }
    return render(request, "checks/own.html", context)
