"""The addresses that another program reads. ``static/api/openapi.yaml`` describes them."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import public
from insights import queries
from insights.api import documents
from insights.api.access import opened_with, problem
from insights.api.asked import Asked, WronglyAsked, read_asked
from insights.api.scopes import Scope
from insights.operations import refresh_counts
from organisation.models import Directorate

MONTHS = ("since", "until")
CELLS = (*MONTHS, "directorate", "setting")
Document = Callable[[Asked, list[Directorate], date], dict[str, Any]]


# Public: a program cannot sign in. The token that it sends says what it may read.
@require_safe
@public
@opened_with(Scope.COVERAGE)
def coverage(request: HttpRequest) -> HttpResponse:
    """Coverage by month and directorate."""
    return _answer(request, documents.coverage, CELLS)


# Public: see coverage.
@require_safe
@public
@opened_with(Scope.MISSES)
def misses(request: HttpRequest) -> HttpResponse:
    """Why nobody took part, by month and directorate."""
    return _answer(request, documents.misses, CELLS)


# Public: see coverage.
@require_safe
@public
@opened_with(Scope.IMPACT)
def impact(request: HttpRequest) -> HttpResponse:
    """Impact in steps of months."""
    return _answer(request, documents.impact, MONTHS)


# Public: see coverage.
@require_safe
@public
@opened_with(Scope.TRAINING)
def training(request: HttpRequest) -> HttpResponse:
    """People trained, and attendees of sessions."""
    return _answer(request, documents.training, MONTHS)


def _answer(request: HttpRequest, document: Document, taken: Collection[str]) -> HttpResponse:
    today = timezone.localdate()
    directorates = queries.directorates()
    try:
        asked = read_asked(request.GET, taken=taken, directorates=directorates, today=today)
    except WronglyAsked as wrongly:
        return problem(
            400,
            "The request cannot be answered",
            "Some parameters cannot be used.",
            parameters=wrongly.wrong,
        )
    refresh_counts()
    return JsonResponse(document(asked, directorates, today))
