"""The checks team's pages. Every look at detail is recorded with its purpose."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from accounts.access import SignedInRequest, requires
from accounts.fresh import fresh_sign_in
from accounts.permissions import Permission
from checks import operations, queries
from checks.forms import (
    ApplicationForm,
    CertificateForm,
    ClearanceForm,
    DecisionForm,
    PurposeForm,
    ToldForm,
)
from checks.models import RiskAssessment
from checks.sitting import SESSION_KEY, asks_purpose, purpose_of
from nhsuk.forms import Form
from nhsuk.params import search_words
from organisation.queries import trust_settings
from reviewers.models import Reviewer
from rules import RuleBroken

Thing = TypeVar("Thing")


@requires(Permission.EDIT_CHECKS, Permission.APPROVE_ASSESSMENTS)
def purpose(request: SignedInRequest) -> HttpResponse:
    """Ask once per sitting why somebody looks."""
    form = PurposeForm(request.POST if request.method == "POST" else None)
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
    now = timezone.now()
    operations.look_at_list(by=request.user, now=now, purpose=purpose_of(request))
    context = {
        "q": words,
        "people": list(queries.find_people(words)),
        "to_decide": list(queries.assessments_to_decide()),
        "to_tell": list(queries.people_to_tell()),
        "applications": list(queries.applications_waiting()),
        "renewals": list(queries.renewals_due(today=timezone.localdate())),
        "today": timezone.localdate(),
    }
    return render(request, "checks/list.html", context)


@require_safe
@requires(Permission.EDIT_CHECKS)
@asks_purpose
def person(request: SignedInRequest, pk: int) -> HttpResponse:
    """One person's checks, assessments and clearances in detail."""
    reviewer = _found(queries.get_person(pk))
    _look(request, reviewer)
    context = {
        "person": reviewer,
        "checks": list(queries.checks_of(reviewer)),
        "clearances": list(queries.clearances_of(reviewer)),
    }
    return render(request, "checks/person.html", context)


@requires(Permission.EDIT_CHECKS)
@asks_purpose
def application(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record that a check was applied for."""
    reviewer = _found(queries.get_person(pk))
    form = ApplicationForm(request.POST if request.method == "POST" else None)

    def save() -> None:
        operations.record_application(
            reviewer=reviewer, by=request.user, now=timezone.now(), **form.cleaned_data
        )

    done = "The application is recorded."
    return _form(request, reviewer, form, save, title="Record an application", done=done)


@requires(Permission.EDIT_CHECKS)
@asks_purpose
def certificate(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record a check's certificate."""
    check = _found(queries.get_check(pk))
    form = CertificateForm(request.POST if request.method == "POST" else None)

    def save() -> None:
        operations.record_certificate(
            check=check,
            issued_on=form.cleaned_data["issued_on"],
            reference_number=form.cleaned_data["reference_number"],
            is_blank=form.is_blank,
            trust=trust_settings(),
            by=request.user,
            now=timezone.now(),
        )

    done = "The certificate is recorded."
    return _form(request, check.reviewer, form, save, title="Record the certificate", done=done)


@requires(Permission.EDIT_CHECKS)
@asks_purpose
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record HR's decision."""
    assessment = _found(queries.get_assessment(pk))
    form = DecisionForm(request.POST if request.method == "POST" else None)

    def save() -> None:
        operations.decide(
            assessment=assessment,
            decision=form.cleaned_data["decision"],
            decided_on=form.cleaned_data["decided_on"],
            conditions=form.conditions,
            review_on=form.cleaned_data["review_on"],
            by=request.user,
            now=timezone.now(),
        )

    reviewer = assessment.check_made.reviewer
    done = "The decision is recorded. A second person must approve it before it counts."
    return _form(request, reviewer, form, save, title="Record the decision", done=done)


@requires(Permission.EDIT_CHECKS)
@asks_purpose
def told(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record that the person was told."""
    assessment = _found(queries.get_assessment(pk))
    form = ToldForm(request.POST if request.method == "POST" else None)

    def save() -> None:
        operations.record_told(
            assessment=assessment,
            told_on=form.cleaned_data["told_on"],
            by=request.user,
            now=timezone.now(),
        )

    reviewer = assessment.check_made.reviewer
    done = "It is recorded that you told them."
    return _form(request, reviewer, form, save, title="Tell the person", done=done)


@requires(Permission.EDIT_CHECKS)
@asks_purpose
def clearance(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record where a person stands with a site."""
    reviewer = _found(queries.get_person(pk))
    form = ClearanceForm(
        request.POST if request.method == "POST" else None, sites=queries.sites_asking()
    )

    def save() -> None:
        operations.record_clearance(
            reviewer=reviewer, by=request.user, now=timezone.now(), **form.cleaned_data
        )

    done = "The clearance is recorded."
    return _form(request, reviewer, form, save, title="Record a site clearance", done=done)


@require_safe
@requires(Permission.APPROVE_ASSESSMENTS)
@asks_purpose
def approvals(request: SignedInRequest) -> HttpResponse:
    """Decisions that wait for a second person."""
    assessments = list(queries.assessments_to_approve())
    operations.look_at_list(by=request.user, now=timezone.now(), purpose=purpose_of(request))
    return render(request, "checks/approvals.html", {"assessments": assessments})


@require_POST
@requires(Permission.APPROVE_ASSESSMENTS)
@asks_purpose
def approve(request: SignedInRequest, pk: int) -> HttpResponse:
    """Approve somebody else's decision."""
    return _second(request, pk, operations.approve, "The decision is approved and counts from now.")


@require_POST
@requires(Permission.APPROVE_ASSESSMENTS)
@asks_purpose
def return_decision(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send a decision back to be made again."""
    done = "The decision went back to be made again."
    return _second(request, pk, operations.return_for_decision, done)


@require_safe
@requires(Permission.OWN_PAGES)
@fresh_sign_in
def own_checks(request: SignedInRequest) -> HttpResponse:
    """My checks, in plain words."""
    return render(request, "checks/own.html", {"checks": queries.own_checks(request.user)})


def _second(
    request: SignedInRequest,
    pk: int,
    operation: Callable[..., RiskAssessment],
    done: str,
) -> HttpResponse:
    assessment = _found(queries.get_assessment(pk))
    try:
        operation(assessment=assessment, by=request.user, now=timezone.now())
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        messages.success(request, done)
    return redirect("checks:approvals")


def _form(
    request: SignedInRequest,
    reviewer: Reviewer,
    form: Form,
    save: Callable[[], None],
    *,
    title: str,
    done: str,
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
    _look(request, reviewer)
    context: dict[str, Any] = {"form": form, "title": title, "person": reviewer}
    return render(request, "checks/form.html", context)


def _look(request: SignedInRequest, reviewer: Reviewer) -> None:
    operations.look(on=reviewer, by=request.user, now=timezone.now(), purpose=purpose_of(request))


def _found(thing: Thing | None) -> Thing:
    if thing is None:
        raise Http404
    return thing
