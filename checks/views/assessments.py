"""Deciding, approving, telling and looking again."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from checks import forms, operations, queries
from checks.models import RiskAssessment
from checks.sitting import asks_purpose
from checks.views.framing import form_page, listed, opened, sent
from nhsuk.paging import Sort, paginate
from rules import RuleBroken

SHOWN = 20
LONGEST_FIRST = (Sort("first", "Longest waiting first", "decided_on"),)


def _shown_for(assessment: RiskAssessment, **more: Any) -> dict[str, Any]:
    return {"version": assessment.version, **more}


@requires(Permission.EDIT_CHECKS)
@asks_purpose
def owner(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say who looks after an assessment."""
    assessment = opened(request, queries.get_assessment, pk)
    initial = _shown_for(
        assessment,
        owner=assessment.owner_id or request.user.pk,
        document_reference=assessment.document_reference,
    )
    reviewer = assessment.reviewer
    form = forms.OwnerForm(
        sent(request), initial=initial, officers=queries.officers(besides=reviewer)
    )

    def save() -> None:
        operations.take_on(
            assessment=assessment, by=request.user, now=timezone.now(), **form.cleaned_data
        )

    title, done = "Who looks after it", "It is recorded who looks after this assessment."
    return form_page(request, reviewer, form, save, title=title, done=done)


@requires(Permission.EDIT_CHECKS)
@asks_purpose
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record HR's decision."""
    assessment = opened(request, queries.get_assessment, pk)
    form = forms.DecisionForm(sent(request), initial=_shown_for(assessment))

    def save() -> None:
        given = form.cleaned_data
        operations.decide(
            assessment=assessment,
            decision=given["decision"],
            decided_on=given["decided_on"],
            approved_until=given["approved_until"],
            conditions=form.conditions,
            review_on=given["review_on"],
            version=given["version"],
            by=request.user,
            now=timezone.now(),
        )

    reviewer = assessment.reviewer
    done = "The decision is recorded. A second person must approve it before it counts."
    return form_page(request, reviewer, form, save, title="Record the decision", done=done)


@requires(Permission.EDIT_CHECKS)
@asks_purpose
def conditions(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record the conditions of a decision that was brought in."""
    assessment = opened(request, queries.get_assessment, pk)
    form = forms.ConditionsForm(sent(request), initial=_shown_for(assessment))

    def save() -> None:
        operations.record_conditions(
            assessment=assessment,
            conditions=form.conditions,
            version=form.cleaned_data["version"],
            by=request.user,
            now=timezone.now(),
        )

    done = "The conditions are recorded. A second person must approve them before they count."
    return form_page(
        request,
        assessment.reviewer,
        form,
        save,
        title="Record the conditions",
        done=done,
        lead="HR approved with conditions. Ask HR what they are, and write them down as HR has"
        " them.",
    )


@requires(Permission.EDIT_CHECKS)
@asks_purpose
def told(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record that the person was told."""
    assessment = opened(request, queries.get_assessment, pk)
    form = forms.ToldForm(sent(request), initial=_shown_for(assessment))

    def save() -> None:
        operations.record_told(
            assessment=assessment, by=request.user, now=timezone.now(), **form.cleaned_data
        )

    reviewer = assessment.reviewer
    done = "It is recorded that you told them."
    return form_page(request, reviewer, form, save, title="Tell the person", done=done)


@requires(Permission.EDIT_CHECKS)
@asks_purpose
def reconsider(request: SignedInRequest, pk: int) -> HttpResponse:
    """Look at a decision again."""
    assessment = opened(request, queries.get_assessment, pk)
    form = forms.ReconsiderForm(sent(request), initial=_shown_for(assessment))

    def save() -> None:
        operations.reconsider(
            assessment=assessment, by=request.user, now=timezone.now(), **form.cleaned_data
        )

    reviewer = assessment.reviewer
    done = "It is being looked at again. The decision before it counts until then."
    return form_page(request, reviewer, form, save, title="Look at it again", done=done)


@require_safe
@requires(Permission.APPROVE_ASSESSMENTS)
@asks_purpose
def approvals(request: SignedInRequest) -> HttpResponse:
    """Decisions that wait for a second person."""
    waiting = queries.assessments_to_approve(request.user)
    page = listed(
        request,
        lambda: paginate(
            waiting, params=request.GET, sorts=LONGEST_FIRST, size=SHOWN, counted=False
        ),
        lambda page: [each.reviewer.pk for each in page],
        "decisions to approve",
    )
    return render(request, "checks/approvals.html", {"page": page})


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


def _second(
    request: SignedInRequest, pk: int, operation: Callable[..., RiskAssessment], done: str
) -> HttpResponse:
    assessment = opened(request, queries.get_assessment, pk)
    form = forms.VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        operation(assessment=assessment, version=version, by=request.user, now=timezone.now())
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        messages.success(request, done)
    return redirect("checks:approvals")
