"""The quote library: words that may be used, found and copied with whose they are."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from feedback import reading_queries
from feedback.attribution import cited
from feedback.filters import QuoteFilter
from nhsuk.paging import Sort, paginate

LATEST = (
    Sort("latest", "Latest visit first", "answer__review__visit_on", descending=True),
    Sort("earliest", "Earliest visit first", "answer__review__visit_on"),
)


@require_safe
@requires(Permission.SEE_FEEDBACK)
def quotes(request: SignedInRequest) -> HttpResponse:
    """Approved words, each with whose they are, to copy."""
    filterset = QuoteFilter(request.GET, queryset=reading_queries.quotes())
    page: Any = paginate(filterset.qs, params=request.GET, sorts=LATEST, size=20)
    context = {
        "page": page,
        "quotes": [(remark, cited(remark)) for remark in page],
        "filterset": filterset,
        "may_moderate": request.user.may(Permission.MODERATE_FEEDBACK),
    }
    return render(request, "feedback/quotes.html", context)
