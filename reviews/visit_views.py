"""After the visit: who came. And what LXRs ask before it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from reviewers.at_contact import needs_of_one
from reviews import operations, own_queries
from reviews.models import Review
from reviews.operations.visits import expected_team
from reviews.queries import get_review
from reviews.visit_forms import VisitForm
from reviews.visit_policies import check_can_record
from rules import RuleBroken, allows


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD_OWN_VISITS, Permission.PLAN_REVIEWS)
def record(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who came."""
    review = get_review(user=request.user, pk=pk)
    sent = request.POST if request.method == "POST" else None
    form = VisitForm(sent, review=review, team=expected_team(review))
    if sent is not None and form.is_valid():
        try:
            operations.record_visit(
                review=review,
                came=form.came,
                gap_reason=form.cleaned_data["gap_reason"],
                correction=form.cleaned_data.get("correction", ""),
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, "It is recorded who came. Thank you.")
            return redirect("reviews:detail", pk)
    context = {
        "form": form,
        "review": review,
        "can_record": allows(check_can_record, review, today=timezone.localdate()),
    }
    return render(request, "reviews/visit_record.html", context)


WOUND_UP = {
    Review.Status.REPORTED: "It is recorded that the report is written.",
    Review.Status.CLOSED: "The review is closed.",
}


@require_POST
@requires(Permission.PLAN_REVIEWS)
def wind_up(request: SignedInRequest, pk: int) -> HttpResponse:
    """The report is written, or the review is closed."""
    review = get_review(user=request.user, pk=pk)
    to = next((each for each in WOUND_UP if each == request.POST.get("to")), None)
    if to is None:
        raise Http404
    try:
        operations.wind_up(review=review, to=to, by=request.user, now=timezone.now())
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        messages.success(request, WOUND_UP[to])
    return redirect("reviews:detail", pk)


@require_safe
@requires(Permission.PLAN_REVIEWS)
def question(request: SignedInRequest, pk: int) -> HttpResponse:
    """What an LXR asked about a visit, and how to reach them."""
    asked = own_queries.get_question(pk)
    if asked is None:
        raise Http404
    needs = needs_of_one(asked.member.reviewer_id, request.user)
    return render(request, "reviews/visit_question.html", {"question": asked, "needs": needs})


@require_POST
@requires(Permission.PLAN_REVIEWS)
def close_question(request: SignedInRequest, pk: int) -> HttpResponse:
    """The question has been answered."""
    asked = own_queries.get_question(pk)
    if asked is None:
        raise Http404
    operations.close_question(question=asked, by=request.user, now=timezone.now())
    messages.success(request, "The question is marked as answered.")
    return redirect("home")
