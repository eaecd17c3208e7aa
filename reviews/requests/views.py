"""What people asked for on visits: the list, answering, and recording it for them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from reviewers.at_contact import needs_of_one
from reviews.models import TeamMember, VisitRequest
from reviews.queries import get_member
from reviews.requests import operations, queries
from reviews.requests.forms import AnswerForm, RequestForThemForm
from rules import RuleBroken

MOST = 100  # on one page; the soonest visits, and there are a handful at a time
both = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@requires(Permission.PLAN_REVIEWS)
def to_answer(request: SignedInRequest) -> HttpResponse:
    """What nobody has answered, the soonest visit first."""
    today = timezone.localdate()
    rows = list(queries.to_answer()[:MOST])
    context = {"rows": [(each, queries.how_soon(each, today=today)) for each in rows]}
    return render(request, "reviews/requests/list.html", context)


@both
@requires(Permission.PLAN_REVIEWS)
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that it will be so, or why it cannot be."""
    asked = queries.get_request(request.user, pk)
    if asked is None:
        raise Http404
    if not asked.is_open:
        messages.error(request, "Somebody has answered this already.")
        return redirect("reviews:detail", asked.member.review_id)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.answer_request(
                request=asked,
                answer=VisitRequest.Answer(form.cleaned_data["answer"]),
                said=form.cleaned_data["words"],
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, "The answer is saved.")
            return redirect("reviews:detail", asked.member.review_id)
    needs = needs_of_one(asked.member.reviewer_id, request.user)
    context = {"form": form, "asked": asked, "member": asked.member, "needs": needs}
    return render(request, "reviews/requests/answer.html", context)


@both
@requires(Permission.PLAN_REVIEWS)
def record(request: SignedInRequest, pk: int, member: int) -> HttpResponse:
    """Record what somebody asked for by phone or on paper."""
    found = get_member(user=request.user, review_pk=pk, pk=member)
    if found.reviewer is None:
        raise Http404
    form = RequestForThemForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.make_request(
                member=found,
                kind=VisitRequest.Kind(form.cleaned_data["kind"]),
                how=TeamMember.How(form.cleaned_data["how"]),
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, "It is saved. You can answer it now or later.")
            return redirect("reviews:request", made.pk)
    needs = needs_of_one(found.reviewer_id, request.user)
    context = {"form": form, "member": found, "needs": needs}
    return render(request, "reviews/requests/record.html", context)
