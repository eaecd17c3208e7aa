"""The questions of a visit, for whoever goes; and which visits use which version."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from nhsuk.paging import ROWS, Sort, paginate
from reviews.models import Review
from reviews.own_queries import get_own
from reviews.queries import get_review, reviews_of
from reviews.to_ask.forms import VersionForm, VisitsForm
from reviews.to_ask.operations import choose_questions
from rules import RuleBroken
from training.models import QuestionSet
from training.queries.questions import get_set, grouped, newest_set, sets

SORTS = (Sort("soonest", "Earliest visit first", "visit_on"),)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_REVIEWS)
def newest(request: SignedInRequest) -> HttpResponse:
    """The coming visits that do not use the newest questions yet; tick those that will."""
    questions = newest_set()
    if questions is None:
        raise Http404
    others = reviews_of(request.user).coming().exclude(question_set=questions)
    if request.method == "POST":
        _use(request, questions)
        return redirect("reviews:questions")
    rows = others.select_related("question_set")
    page = paginate(rows, params=request.GET, sorts=SORTS)
    return render(request, "reviews/to_ask/visits.html", {"set": questions, "page": page})


def _use(request: SignedInRequest, questions: QuestionSet) -> None:
    form = VisitsForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Tick at least one visit. Then press the button again.")
        return
    try:
        changed = choose_questions(
            reviews=form.ids[:ROWS], question_set=questions, by=request.user, now=timezone.now()
        )
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        visits = "1 visit uses" if changed == 1 else f"{changed} visits use"
        messages.success(request, f"{visits} version {questions.number} now.")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_REVIEWS, Permission.RECORD_OWN_VISITS)
def review(request: SignedInRequest, pk: int) -> HttpResponse:
    """The questions of one review; those who plan choose another version."""
    shown = get_review(user=request.user, pk=pk)
    may_choose = request.user.may(Permission.PLAN_REVIEWS)
    form = VersionForm(
        request.POST if request.method == "POST" else None,
        initial={"question_set": shown.question_set_id},
    )
    if request.method == "POST":
        if not may_choose:
            raise Http404
        if form.is_valid():
            try:
                choose_questions(
                    reviews=[pk],
                    question_set=form.cleaned_data["question_set"],
                    by=request.user,
                    now=timezone.now(),
                )
            except RuleBroken as broken:
                form.add_error(None, str(broken))
            else:
                messages.success(request, "This visit’s questions are saved.")
                return redirect("reviews:to-ask", pk)
    context = _questions(shown) | {
        "form": form if may_choose and shown.is_coming and sets().exists() else None,
        "may_choose": may_choose,
    }
    return render(request, "reviews/to_ask/review.html", context)


@require_safe
@requires(Permission.OWN_PAGES)
def own(request: SignedInRequest, pk: int) -> HttpResponse:
    """The questions of one of my visits, to read before and to take along."""
    member = get_own(request.user, pk)
    if member is None or member.review.question_set_id is None:
        raise Http404
    return render(
        request, "reviews/to_ask/own.html", _questions(member.review) | {"member": member}
    )


def _questions(shown: Review) -> dict[str, Any]:
    found = get_set(shown.question_set_id) if shown.question_set_id else None
    return {
        "review": shown,
        "set": found,
        "group": found.group if found else None,
        "asked": grouped(found) if found else [],
    }
