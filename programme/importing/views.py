"""The import's pages: upload, look, confirm."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from notifications.operations import is_sending_on
from organisation.queries import trust_settings
from programme.importing import operations
from programme.importing.forms import LeaveOutForm, UploadForm
from programme.importing.queries import uploads_of
from programme.importing.taking import Taking
from programme.importing.template import template_workbook
from programme.models import Upload
from rules import RuleBroken

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
State = Upload.State


@requires(Permission.IMPORT_PROGRAMME)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: SignedInRequest) -> HttpResponse:
    """Send a file."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*sent, user=request.user)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        made = operations.upload_file(
            name=file.name or "",
            content=file.read(),
            taking=form.taking_chosen(),
            token=form.cleaned_data["token"],
            by=request.user,
            now=timezone.now(),
        )
        return redirect(_next(made))
    takings = operations.takings_of(request.user)
    context = {
        "form": form,
        "brings_checks_alone": takings == (Taking.CHECKS,),
        "is_sending_on": is_sending_on(trust_settings(), timezone.now()),
    }
    return render(request, "programme/import_upload.html", context)


@requires(Permission.IMPORT_PROGRAMME)
@require_safe
def template(request: SignedInRequest) -> HttpResponse:
    """An empty workbook to fill in."""
    response = HttpResponse(template_workbook(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="programme.xlsx"'
    return response


@requires(Permission.IMPORT_PROGRAMME)
@require_safe
def preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """What a file would change, or has changed."""
    shown = _mine(request, pk)
    if shown.state in {State.READING, State.CONFIRMED}:
        return redirect(_next(shown))
    return _render(request, shown)


@requires(Permission.IMPORT_PROGRAMME)
@require_POST
def leave_out(request: SignedInRequest, pk: int) -> HttpResponse:
    """Read the file again without what was ticked."""
    shown = _mine(request, pk)
    if shown.state != State.READY:
        return redirect(_next(shown))
    form = LeaveOutForm(request.POST, names=_names(shown))
    if not form.is_valid():
        return _render(request, shown, form)
    operations.read_again(
        upload=shown,
        leave_out={*shown.leave_out, *form.cleaned_data["leave_out"]},
        by=request.user,
        now=timezone.now(),
    )
    return redirect(_next(shown))


@requires(Permission.IMPORT_PROGRAMME)
@require_POST
def confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """Bring the file in."""
    shown = _mine(request, pk)
    try:
        operations.confirm(upload=shown, by=request.user, now=timezone.now())
    except RuleBroken as broken:
        messages.error(request, str(broken))
    return redirect(_next(shown))


@requires(Permission.IMPORT_PROGRAMME)
@require_POST
def abandon(request: SignedInRequest, pk: int) -> HttpResponse:
    """Erase the file."""
    operations.abandon(upload=_mine(request, pk), by=request.user, now=timezone.now())
    messages.success(request, "The file was erased. Nothing was changed.")
    return redirect("programme:import")


def _mine(request: SignedInRequest, pk: int) -> Upload:
    return get_object_or_404(uploads_of(request.user), pk=pk)


def _next(shown: Upload) -> str:
    """Where an upload is to be seen: its progress while somebody works on it."""
    if shown.state in {State.READING, State.CONFIRMED} and shown.job_id:
        return reverse("jobs:detail", args=[shown.job_id])
    return reverse("programme:import_preview", args=[shown.pk])


def _names(shown: Upload) -> list[str]:
    return operations.names_to_leave_out(operations.found(shown))


def _render(
    request: SignedInRequest, shown: Upload, form: LeaveOutForm | None = None
) -> HttpResponse:
    found = operations.found(shown)
    names = _names(shown)
    if form is None and names:
        form = LeaveOutForm(names=names)
    if form is not None:
        form.action = reverse("programme:import_leave_out", args=[shown.pk])
    context: dict[str, Any] = {
        "upload": shown,
        "found": found,
        "form": form,
        "counts": found.get("counts", {}),
        "changes": operations.changes(found),
        "is_kept": operations.is_file_needed(found),
        "is_done": shown.state == State.DONE,
        "is_refused": shown.state == State.REFUSED,
    }
    return render(request, "programme/import_preview.html", context)
