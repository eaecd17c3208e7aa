"""The gap board, and one press that asks the next people."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from nhsuk import forms as nhs
from nhsuk.words import in_words
from organisation.queries import trust_settings
from reviews.gaps.queries import DAYS, MOST, gaps
from reviews.queries import get_review
from reviews.waves.operations import ask_next

MOST_AT_ONCE = 5


class HowManyForm(nhs.Form):
    """How many people to ask."""

    how_many = forms.IntegerField(min_value=1, max_value=MOST_AT_ONCE)


@require_safe
@requires(Permission.PLAN_REVIEWS)
def board(request: SignedInRequest) -> HttpResponse:
    """Every review of the next months without an LXR, hardest first."""
    found = gaps(request.user, timezone.localdate(), trust_settings())
    context = {
        "secure": [gap for gap in found if gap.service.is_harder_to_reach],
        "others": [gap for gap in found if not gap.service.is_harder_to_reach],
        "days": DAYS,
        "is_cut": len(found) == MOST,
        "most": MOST,
    }
    return render(request, "reviews/gaps.html", context)


@require_POST
@requires(Permission.PLAN_REVIEWS)
def ask(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask the next people for this review."""
    review = get_review(user=request.user, pk=pk)
    form = HowManyForm(request.POST)
    if not form.is_valid():
        raise Http404
    outcome = ask_next(
        review=review,
        how_many=form.cleaned_data["how_many"],
        by=request.user,
        now=timezone.now(),
    )
    if outcome.people:
        names = in_words([str(person) for person in outcome.people])
        have = "has" if len(outcome.people) == 1 else "have"
        messages.success(request, f"{names} {have} been asked to come to {review.service}.")
    if outcome.why_not:
        messages.error(request, outcome.why_not)
    return redirect("reviews:gaps")
