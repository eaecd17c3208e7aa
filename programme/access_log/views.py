"""The access log's page, and the same rows as a file."""

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from nhsuk.filters import narrowed_by
from nhsuk.paging import Sort, paginate
from programme.access_log import operations, queries
from programme.access_log.filters import LooksFilter
from tables import csv_files

SORTS = (Sort("latest", "Latest first", "at", descending=True),)
HEADER = ("When", "Who", "Whose", "Reference", "What", "What for")


@require_safe
@requires(Permission.SEE_ACCESS_LOG)
def looks(request: SignedInRequest) -> HttpResponse:
    """Who looked at whose checks, when and why."""
    found = LooksFilter(request.GET, queryset=queries.looks())
    page = paginate(found.qs, params=request.GET, sorts=SORTS)
    context = {
        "filterset": found,
        "page": page,
        "rows": queries.named(page.rows),
        "is_narrowed": narrowed_by(request.GET, found),
        "asked": request.GET.urlencode(),
    }
    return render(request, "programme/access_log.html", context)


@require_safe
@requires(Permission.SEE_ACCESS_LOG)
def export(request: SignedInRequest) -> StreamingHttpResponse:
    """The looks that the page shows, all pages of them, as CSV."""
    found = LooksFilter(request.GET, queryset=queries.looks())
    operations.record_export(by=request.user, now=timezone.now())
    rows = (
        (each.at, each.who, each.whose, each.reference, each.action, each.why)
        for each in queries.rows(found.qs)
    )
    return csv_files.download("access-log", HEADER, rows)
