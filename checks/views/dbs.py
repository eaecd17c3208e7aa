"""The steps of a DBS check, each a form of its own."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from checks import forms, operations, queries
from checks.models import DBSCheck
from checks.sitting import asks_purpose
from checks.telling import is_written_to, still_expects_them
from checks.views.framing import form_page, opened, sent
from organisation.queries import trust_settings
from rules import RuleBroken


@requires(Permission.EDIT_CHECKS)
@asks_purpose
def ask(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record that a person was asked to come to an ID check."""
    reviewer = opened(request, queries.get_person, pk)
    form = forms.AskForm(sent(request), initial={"asked_on": timezone.localdate()})

    def save() -> None:
        operations.ask_for_id_check(
            reviewer=reviewer, by=request.user, now=timezone.now(), **form.cleaned_data
        )

    done = "It is recorded. Arrange the ID check next."
    return form_page(request, reviewer, form, save, title="Ask for an ID check", done=done)


@requires(Permission.EDIT_CHECKS)
@asks_purpose
def id_check(request: SignedInRequest, pk: int) -> HttpResponse:
    """Arrange when and where the documents are looked at."""
    check = opened(request, queries.get_check, pk)
    local = timezone.localtime(check.id_check_at) if check.id_check_at else None
    initial: dict[str, Any] = {"how": check.id_check_how, "place": check.id_check_place}
    if local:
        initial |= {"day": local.date(), "time": local.time()}
    form = forms.IdCheckForm(sent(request), initial=initial)

    def save() -> None:
        operations.arrange_id_check(
            check=check,
            at=form.at,
            how=form.cleaned_data["how"],
            place=form.cleaned_data["place"],
            by=request.user,
            now=timezone.now(),
        )

    done = (
        "The ID check is arranged. We write to them, and they see it on their own page."
        if is_written_to(check.reviewer)
        else "The ID check is arranged. Please tell them yourself: we do not write to them."
    )
    return form_page(request, check.reviewer, form, save, title="Arrange the ID check", done=done)


@requires(Permission.EDIT_CHECKS)
@asks_purpose
def documents(request: SignedInRequest, pk: int) -> HttpResponse:
    """Tick which documents were seen."""
    check = opened(request, queries.get_check, pk)
    initial = {"documents": check.documents_seen, "seen_on": check.identity_seen_on}
    form = forms.DocumentsForm(sent(request), initial=initial)

    def save() -> None:
        operations.record_documents_seen(
            check=check, by=request.user, now=timezone.now(), **form.cleaned_data
        )

    done = "It is recorded which documents you saw."
    return form_page(request, check.reviewer, form, save, title="Documents seen", done=done)


@requires(Permission.EDIT_CHECKS)
@asks_purpose
def application(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record that a check was applied for."""
    reviewer = opened(request, queries.get_person, pk)
    form = forms.ApplicationForm(sent(request))

    def save() -> None:
        operations.record_application(
            reviewer=reviewer, by=request.user, now=timezone.now(), **form.cleaned_data
        )

    done = "The application is recorded."
    return form_page(request, reviewer, form, save, title="Record an application", done=done)


@requires(Permission.EDIT_CHECKS)
@asks_purpose
def apply(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record the application after an ID check."""
    check = opened(request, queries.get_check, pk)
    form = forms.AppliedForm(sent(request))

    def save() -> None:
        operations.apply_after_id_check(
            check=check,
            applied_on=form.cleaned_data["applied_on"],
            by=request.user,
            now=timezone.now(),
        )

    done = "The application is recorded."
    return form_page(request, check.reviewer, form, save, title="Record the application", done=done)


@requires(Permission.EDIT_CHECKS)
@asks_purpose
def remind(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record that somebody asked how an application gets on."""
    check = opened(request, queries.get_check, pk)
    form = forms.RemindedForm(sent(request), initial={"reminded_on": timezone.localdate()})

    def save() -> None:
        operations.remind_of_application(
            check=check,
            reminded_on=form.cleaned_data["reminded_on"],
            by=request.user,
            now=timezone.now(),
        )

    done = "It is recorded that you asked."
    title = "Ask how the application gets on"
    return form_page(request, check.reviewer, form, save, title=title, done=done)


@require_POST
@requires(Permission.EDIT_CHECKS)
@asks_purpose
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Stop an application that will not go on."""
    check = opened(request, queries.get_check, pk)
    try:
        now = timezone.now()
        stopped = operations.withdraw_application(check=check, by=request.user, now=now)
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        messages.success(request, _stopped(stopped, now))
    return redirect("checks:person", check.reviewer_id)


def _stopped(check: DBSCheck, now: datetime) -> str:
    done = "The application is stopped."
    if not still_expects_them(check, now):
        return done
    if is_written_to(check.reviewer):
        return f"{done} We write to them that they need not come to the ID check."
    return f"{done} Please tell them yourself that they need not come to the ID check."


@requires(Permission.EDIT_CHECKS)
@asks_purpose
def certificate(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record a check's certificate."""
    check = opened(request, queries.get_check, pk)
    form = forms.CertificateForm(sent(request))

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

    done = "The certificate is recorded. If they were ready before, settle it next."
    return form_page(request, check.reviewer, form, save, title="Record the certificate", done=done)


@requires(Permission.EDIT_CHECKS)
@asks_purpose
def settle(request: SignedInRequest, pk: int) -> HttpResponse:
    """What came for somebody who was ready counts from now."""
    check = opened(request, queries.get_check, pk)
    form = forms.SettleForm(sent(request))

    def save() -> None:
        operations.settle(check=check, by=request.user, now=timezone.now())

    done = "It is settled: they are ready again, unless something else is open."
    return form_page(
        request,
        check.reviewer,
        form,
        save,
        title="Settle what came",
        done=done,
        lead=f"{check.get_level_display()}. They were ready when this came. Everybody waits until"
        " an officer has looked, whatever it says: that is why nobody can tell a certificate that"
        " is not blank from one that is.",
    )


@requires(Permission.EDIT_CHECKS)
@asks_purpose
def consent(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record that the person agreed to status checks."""
    check = opened(request, queries.get_check, pk)
    form = forms.ConsentForm(sent(request))

    def save() -> None:
        operations.record_update_consent(
            check=check,
            consent_on=form.cleaned_data["consent_on"],
            trust=trust_settings(),
            by=request.user,
            now=timezone.now(),
        )

    done = "It is recorded that they agreed."
    title = "Update Service: they agreed"
    return form_page(request, check.reviewer, form, save, title=title, done=done)


@require_POST
@requires(Permission.EDIT_CHECKS)
@asks_purpose
def end_consent(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record that the person no longer agrees to status checks."""
    check = opened(request, queries.get_check, pk)
    try:
        operations.end_update_consent(check=check, by=request.user, now=timezone.now())
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        messages.success(request, "No more status checks will be asked for.")
    return redirect("checks:person", check.reviewer_id)


@requires(Permission.EDIT_CHECKS)
@asks_purpose
def status(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record what the Update Service answered."""
    check = opened(request, queries.get_check, pk)
    form = forms.StatusForm(sent(request), initial={"checked_on": timezone.localdate()})

    def save() -> None:
        operations.record_status_check(
            check=check,
            trust=trust_settings(),
            by=request.user,
            now=timezone.now(),
            **form.cleaned_data,
        )

    done = "The status check is recorded. If they were ready before, settle it next."
    title = "Record the status check"
    return form_page(request, check.reviewer, form, save, title=title, done=done)
