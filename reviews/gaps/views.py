"""The gap board, and one press that asks the next people."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from nhsuk.paging import sheet_of
from nhsuk.words import in_words, nhs_deadline
from organisation.queries import trust_settings
from reviews.gaps.forms import WINDOWS, AskForm, Where
from reviews.gaps.queries import gaps, ranked
from reviews.gate_list.policies import late_words
from reviews.models import Review
from reviews.queries import get_review
from reviews.waves.operations import Asked, ask_next

ROWS = 25


@require_safe
@requires(Permission.PLAN_REVIEWS)
def board(request: SignedInRequest) -> HttpResponse:
    """Every review of the next months without an LXR, hardest first."""
    today, where = timezone.localdate(), Where.of(request.GET)
    places = ranked(request.user, today, trust_settings(), days=where.days)
    secure = [each for each in places if each.is_secure]
    others = [each for each in places if not each.is_secure]
    sheets = {
        name: sheet_of(rows, params=request.GET, name=name, size=ROWS)
        for name, rows in (("secure", secure), ("others", others))
    }
    shown = gaps(request.user, today, [*sheets["secure"].rows, *sheets["others"].rows])
    context = {
        "where": where,
        "windows": WINDOWS,
        "total": len(places),
        "nobody_ready": sum(not each.counted.ready for each in places),
        "sheets": sheets,
        "secure": [gap for gap in shown if gap.service.is_harder_to_reach],
        "others": [gap for gap in shown if not gap.service.is_harder_to_reach],
    }
    return render(request, "reviews/gaps.html", context)


@require_POST
@requires(Permission.PLAN_REVIEWS)
def ask(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask the next people for this review."""
    review = get_review(user=request.user, pk=pk)
    form = AskForm(request.POST)
    if not form.is_valid():
        raise Http404
    outcome = ask_next(review=review, **form.cleaned_data, by=request.user, now=timezone.now())
    if outcome.members:
        messages.success(request, _says(review, outcome, timezone.localdate()))
    if outcome.why_not:
        messages.error(request, outcome.why_not)
    return redirect(Where.of(request.POST).url)


def _says(review: Review, asked: Asked, today: date) -> str:
    have = "has" if len(asked.people) == 1 else "have"
    until = nhs_deadline(asked.members[0].answer_by)
    return (
        f"{in_words(asked.people)} {have} been asked to come to {review.service}."
        f" They have until {until} to answer. {late_words(review, today)}"
    ).strip()
