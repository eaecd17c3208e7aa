"""An LXR's own visits: the next one, answering, asking, the calendar."""

from collections.abc import Callable, Sequence
from functools import wraps
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
from reviews.calendar import Writer
from reviews.feeds.queries import sequences
from reviews.first_visits.buddies import beside_on, buddy_on, goes_with
from reviews.first_visits.queries import is_unanswered
from reviews.models import TeamMember
from reviews.own_forms import AnswerForm, QuestionForm, WhyNotForm
from reviews.own_to_do import to_do
from reviews.requests.queries import requests_of
from rules import RuleBroken

View = Callable[[SignedInRequest, TeamMember], HttpResponse]


def of_own(view: View) -> Callable[[SignedInRequest, int], HttpResponse]:
    """Load the person's place on a visit. Somebody else's is like none at all."""

    @wraps(view)
    def found(request: SignedInRequest, pk: int) -> HttpResponse:
        member = own_queries.get_own(request.user, pk)
        if member is None:
            raise Http404
        return view(request, member)

    return found


TOO_LATE = (
    "Thank you. The time to answer is over, and somebody else may have been asked. We have told the"
    " team that you can still come. They will ring or write to you."
)
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
    coming = list(own_queries.coming(request.user, today=today))
    return _card(request, coming[0] if coming else None, later=coming[1:], is_next=True)


@require_safe
@requires(Permission.OWN_PAGES)
@of_own
def visit(request: SignedInRequest, member: TeamMember) -> HttpResponse:
    """One of my visits."""
    return _card(request, member, is_next=False)


@require_safe
@requires(Permission.OWN_PAGES)
def visits(request: SignedInRequest) -> HttpResponse:
    """My visits, coming and past."""
    today = timezone.localdate()
    context = {
        "coming": list(own_queries.coming(request.user, today=today)),
        "past": list(own_queries.past(request.user, today=today)),
        "beside": goes_with(request.user, today=today),
    }
    return render(request, "reviews/own_visits.html", context)


@require_POST
@requires(Permission.OWN_PAGES)
@of_own
def answer(request: SignedInRequest, member: TeamMember) -> HttpResponse:
    """I can come, I can't, or I can no longer come."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose one of the answers.")
        return redirect("own-reviews:visit", member.pk)
    try:
        answered = operations.answer(
            member=member,
            answer=form.response,
            how=TeamMember.How.ONLINE,
            by=request.user,
            now=timezone.now(),
        )
    except RuleBroken as broken:
        messages.error(request, str(broken))
        return redirect("own-reviews:visit", member.pk)
    if answered.response != form.response:
        messages.success(request, TOO_LATE)
        return redirect("own-reviews:visit", member.pk)
    messages.success(request, _THANKS[form.response])
    if answered.said_no and not answered.why_not:
        return redirect("own-reviews:why-not", member.pk)
    return redirect("own-reviews:visit", member.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.OWN_PAGES)
@of_own
def why_not(request: SignedInRequest, member: TeamMember) -> HttpResponse:
    """Why I can't come, if I like to say. Asked once: after that the page leads back."""
    if not member.said_no or member.why_not:
        return redirect("own-reviews:visit", member.pk)
    form = WhyNotForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.say_why_not(
                member=member, why=form.chosen, by=request.user, now=timezone.now()
            )
        except RuleBroken as broken:
            messages.error(request, str(broken))
        else:
            messages.success(request, "Thank you for telling us.")
        return redirect("own-reviews:visit", member.pk)
    return render(request, "reviews/own_why_not.html", {"form": form, "member": member})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.OWN_PAGES)
@of_own
def question(request: SignedInRequest, member: TeamMember) -> HttpResponse:
    """I have a question about this visit."""
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
            return redirect("own-reviews:visit", member.pk)
    context = {"form": form, "member": member, "trust": trust_settings()}
    return render(request, "reviews/own_question.html", context)


@require_safe
@requires(Permission.OWN_PAGES)
@of_own
def calendar(request: SignedInRequest, member: TeamMember) -> HttpResponse:
    """The visit for my calendar."""
    writer = Writer(trust_settings(), settings.PUBLIC_URL, timezone.now())
    entry = writer.calendar_of([member], sequences([member]))
    response = HttpResponse(entry, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="visit.ics"'
    return response


def _card(
    request: SignedInRequest,
    member: TeamMember | None,
    *,
    is_next: bool,
    later: Sequence[TeamMember] = (),
) -> HttpResponse:
    today = timezone.localdate()
    me = member.reviewer if member else own_details(request.user)
    is_first = member is None and own_queries.awaits_first_visit(request.user)
    is_asked = me is not None and is_first and is_unanswered(me)
    context: dict[str, Any] = {
        "member": member,
        "is_next": is_next,
        "me": me,
        "trust": trust_settings(),
        "today": today,
        "is_first": is_first and not is_asked,
        "to_do": to_do(me, later, is_asked_to_start=is_asked, today=today) if is_next else [],
    }
    if member is not None:
        is_coming = member.review.visit_on >= today
        context |= {
            "lead": own_queries.lead_of(member.review),
            "requests": requests_of([member.pk]).get(member.pk, []),
            "has_begun": member.review.visit_on < today,
            "buddy": buddy_on(member) if is_coming else None,
            "beside": beside_on(member.review, request.user, today=today) if is_coming else [],
        }
    return render(request, "reviews/own_visit.html", context)
