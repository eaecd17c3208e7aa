"""An LXR's own visits: the next one, answering, asking, the calendar."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from organisation.queries import trust_settings
from reviewers.queries import own as own_details
from reviews import operations, own_queries
from reviews.calendar import calendar_of
from reviews.feeds.queries import sequences
from reviews.models import TeamMember
from reviews.own_forms import AnswerForm, QuestionForm
from reviews.own_to_do import to_do
from rules import RuleBroken

_THANKS = {
    TeamMember.Response.ACCEPTED: "Thank you. You have told us that you can come.",
    TeamMember.Response.DECLINED: "Thank you for telling us. You do not need to do anything else.",
    TeamMember.Response.WITHDRAWN: "Thank you for telling us. You do not need to do anything else.",
}


@require_safe
@requires(Permission.OWN_PAGES)
def next_visit(request: SignedInRequest) -> HttpResponse:
    """My next visit, as one card; an LXR's home."""
    today = timezone.localdate()
    member = own_queries.next_visit(request.user, today=today)
    return _card(request, member, is_next=True)


@require_safe
@requires(Permission.OWN_PAGES)
def visit(request: SignedInRequest, pk: int) -> HttpResponse:
    """One of my visits."""
    return _card(request, _member(request, pk), is_next=False)


@require_safe
@requires(Permission.OWN_PAGES)
def visits(request: SignedInRequest) -> HttpResponse:
    """My visits, coming and past."""
    today = timezone.localdate()
    context = {
        "coming": list(own_queries.coming(request.user, today=today)),
        "past": list(own_queries.past(request.user, today=today)),
    }
    return render(request, "reviews/own_visits.html", context)


@require_POST
@requires(Permission.OWN_PAGES)
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """I can come, I can't, or I can no longer come."""
    member = _member(request, pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose one of the answers.")
        return redirect("own-reviews:visit", pk)
    try:
        operations.answer(
            member=member,
            answer=form.response,
            how=TeamMember.How.ONLINE,
            by=request.user,
            now=timezone.now(),
        )
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        messages.success(request, _THANKS[form.response])
    return redirect("own-reviews:visit", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.OWN_PAGES)
def question(request: SignedInRequest, pk: int) -> HttpResponse:
    """I have a question about this visit."""
    member = _member(request, pk)
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.ask_question(
                member=member,
                words=form.cleaned_data["words"],
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            words = "Your question is sent. A coordinator will ring or write to you."
            messages.success(request, words)
            return redirect("own-reviews:visit", pk)
    context = {"form": form, "member": member, "trust": trust_settings()}
    return render(request, "reviews/own_question.html", context)


@require_safe
@requires(Permission.OWN_PAGES)
def calendar(request: SignedInRequest, pk: int) -> HttpResponse:
    """The visit for my calendar."""
    member = _member(request, pk)
    entry = calendar_of(
        [member],
        sequences=sequences([member]),
        trust=trust_settings(),
        portal=settings.PUBLIC_URL,
        now=timezone.now(),
    )
    response = HttpResponse(entry, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="visit.ics"'
    return response


def _card(request: SignedInRequest, member: TeamMember | None, *, is_next: bool) -> HttpResponse:
    today = timezone.localdate()
    me = member.reviewer if member else own_details(request.user)
    is_first = member is None and own_queries.awaits_first_visit(request.user)
    context: dict[str, Any] = {
        "member": member,
        "is_next": is_next,
        "me": me,
        "trust": trust_settings(),
        "today": today,
        "is_first": is_first,
        "to_do": to_do(me, awaits_first_visit=is_first, today=today) if is_next else [],
    }
    if member is not None:
        context |= {
            "lead": own_queries.lead_of(member.review),
            "has_begun": member.review.visit_on < today,
        }
    return render(request, "reviews/own_visit.html", context)


def _member(request: SignedInRequest, pk: int) -> TeamMember:
    member = own_queries.get_own(request.user, pk)
    if member is None:
        raise Http404
    return member
