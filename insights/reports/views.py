"""Reading board reports. Who only sees figures sees those that are approved."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from insights.reports import policies, queries
from insights.reports.models import BoardReport
from insights.reports.setting import as_page, as_pdf, content_of
from nhsuk.paging import Sort, paginate
from organisation.queries import trust_settings

LATEST = (
    Sort("latest", "Latest months first", "until", descending=True),
    Sort("earliest", "Earliest months first", "until"),
)


def find(request: SignedInRequest, pk: int) -> BoardReport:
    """The report, for whoever may see it."""
    report = queries.get_report(request.user, pk)
    if report is None:
        raise Http404
    return report


@require_safe
@requires(Permission.SEE_FIGURES)
def reports(request: SignedInRequest) -> HttpResponse:
    """Every report that this user may see."""
    context = {
        "page": paginate(queries.reports(request.user), params=request.GET, sorts=LATEST),
        "may_write": request.user.may(Permission.WRITE_REPORTS),
    }
    return render(request, "insights/reports/reports.html", context)


@require_safe
@requires(Permission.SEE_FIGURES)
def report(request: SignedInRequest, pk: int) -> HttpResponse:
    """One report: as it was approved, or the draft as it is now."""
    found = find(request, pk)
    if found.is_draft:
        return _draft(request, found)
    # What was approved: set by this portal, from words that were escaped then
    page = SafeString(bytes(found.page or b"").decode())
    return render(request, "insights/reports/approved.html", {"report": found, "article": page})


def _draft(request: SignedInRequest, found: BoardReport) -> HttpResponse:
    content = content_of(found)
    is_counting = found.job is not None and found.job.finished_at is None
    context: dict[str, Any] = {
        "report": found,
        "is_counting": is_counting,
        "is_own_job": is_counting and found.job and found.job.asked_by_id == request.user.pk,
        "article": as_page(queries.words_now(found), content) if content else "",
        "still_to_do": policies.still_to_do(found, content),
        "may_approve": request.user.may(Permission.APPROVE_REPORTS),
    }
    return render(request, "insights/reports/draft.html", context)


@require_safe
@requires(Permission.SEE_FIGURES)
def document(request: SignedInRequest, pk: int) -> HttpResponse:
    """The PDF as it was approved, to download."""
    found = queries.get_document(request.user, pk)
    if found is None:
        raise Http404
    return _download(bytes(found.document or b""), f"board-report-{_months(found)}.pdf")


@require_safe
@requires(Permission.WRITE_REPORTS)
def draft_document(request: SignedInRequest, pk: int) -> HttpResponse:
    """The PDF of a draft as it would be set now, marked as a draft. It is kept nowhere."""
    found = find(request, pk)
    content = content_of(found)
    if not found.is_draft or content is None:
        raise Http404
    team = trust_settings().team_name
    pdf = as_pdf(queries.words_now(found), content, team=team, approval=None)
    return _download(pdf, f"draft-board-report-{_months(found)}.pdf")


def _months(report: BoardReport) -> str:
    return f"{report.since:%Y-%m}-to-{report.until:%Y-%m}"


def _download(pdf: bytes, name: str) -> HttpResponse:
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
