"""Feedback for those who ask: who has not answered, what was answered, quotes."""

from typing import TypeVar
from uuid import UUID

import django_filters
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from feedback import form_queries, operations, queries
from feedback.forms import answer_form
from feedback.models import Answer, Asking, Audience, QuoteAs
from nhsuk.filters import FilterSet
from nhsuk.paging import Sort, paginate
from organisation.queries import trust_settings
from reviewers.at_contact import needs_of_one
from reviews.models import Review
from rules import RuleBroken

Thing = TypeVar("Thing")

NEWEST = (Sort("latest", "Latest first", "received_on", descending=True),)
LONGEST_WAITING = (Sort("longest", "Longest waiting first", "asked_at"),)


class AnswerFilter(FilterSet):
    """Narrows answers by who gave them and whether their words may be or are quoted."""

    audience = django_filters.ChoiceFilter(
        label="From", choices=Audience.choices, empty_label="Everyone"
    )
    quotes = django_filters.ChoiceFilter(
        label="Quotes",
        choices=[("waiting", "Waiting to be read"), ("approved", "Approved")],
        empty_label="All answers",
        method="by_quotes",
    )

    def by_quotes(self, answers: object, _: str, value: str) -> object:
        """Words that may be quoted: not read yet, or approved."""
        return queries.with_words(answers, approved=value == "approved")  # type: ignore[arg-type]


@require_safe
@requires(Permission.SEE_FEEDBACK)
def answers(request: SignedInRequest) -> HttpResponse:
    """What people said, latest first."""
    narrowed = AnswerFilter(request.GET, queryset=queries.answers())
    page = paginate(narrowed.qs, params=request.GET, sorts=NEWEST, size=20)
    context = {
        "page": page,
        "filterset": narrowed,
        "may_moderate": request.user.may(Permission.MODERATE_FEEDBACK),
    }
    return render(request, "feedback/list.html", context)


@require_safe
@requires(Permission.SEE_FEEDBACK)
def waiting(request: SignedInRequest) -> HttpResponse:
    """Who was asked and has not answered; and services that nobody could ask yet."""
    page = paginate(queries.waiting(), params=request.GET, sorts=LONGEST_WAITING)
    not_asked = queries.visits_not_asked(now=timezone.now())
    context = {
        "page": page,
        "not_asked": list(not_asked),
        "may_add_contact": request.user.may(Permission.PLAN_REVIEWS),
    }
    return render(request, "feedback/waiting.html", context)


@require_POST
@requires(Permission.SEE_FEEDBACK)
def ask_service(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask one person of a service about a visit: the contact named, else the first."""
    review: Review = _found(queries.get_covered_visit(pk))
    contact = queries.contact_to_ask(review, request.POST.get("contact", ""))
    if contact is None:
        messages.error(
            request, f"Nobody else of {review.service} can be asked. Add a contact, then ask."
        )
        return _back(request, review)
    asked = operations.ask(
        review=review,
        audience=Audience.TEAM,
        person=contact,
        trust=trust_settings(),
        by=request.user,
        now=timezone.now(),
    )
    if asked is None:
        messages.error(request, f"{contact.name} was asked already.")
    else:
        messages.success(request, f"{contact.name} is asked about the visit.")
    return _back(request, review)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SEE_FEEDBACK)
def record_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Type in what somebody said by phone or on paper."""
    asking = _found(queries.get_asking(pk))
    sent = request.POST if request.method == "POST" else None
    asked = form_queries.form_answered(asking.audience, request.POST.get("version", ""))
    form = answer_form(sent, asking, asked, by_hand=True)
    if sent is not None and form.is_valid():
        try:
            operations.record_answer(
                asking=asking,
                given=form.given(),
                how=form.cleaned_data["how"],
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, "The feedback is saved.")
            return redirect("feedback:waiting")
    context = {
        "form": form,
        "asking": asking,
        "trust": trust_settings(),
        "needs": needs_of_one(asking.reviewer_id, request.user),
    }
    return render(request, "feedback/record.html", context)


@require_POST
@requires(Permission.SEE_FEEDBACK)
def send_again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send somebody their request again; or everybody who was asked like them."""
    asking: Asking = _found(queries.get_asking(pk))
    send, said = operations.send_again, f"The request to {asking.person} will go out again."
    if request.POST.get("everyone"):
        send, said = operations.send_all_again, "The requests will go out again, to all alike."
    try:
        send(asking=asking, trust=trust_settings(), by=request.user, now=timezone.now())
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        messages.success(request, said)
    return _back(request, asking.review)


@require_POST
@requires(Permission.SEE_FEEDBACK)
def revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back the link that somebody was sent; or those of everybody asked like them."""
    asking: Asking = _found(queries.get_asking(pk))
    close = operations.revoke
    said = f"The link that {asking.person} was sent opens nothing any more. Send it again if they "
    said += "should have another one."
    if request.POST.get("everyone"):
        close, said = operations.revoke_all, "The links of this visit open nothing any more."
    try:
        close(asking=asking, by=request.user, now=timezone.now())
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        messages.success(request, said)
    return _back(request, asking.review)


@require_POST
@requires(Permission.SEE_FEEDBACK)
def decline(request: SignedInRequest, pk: int) -> HttpResponse:
    """Somebody told us that they do not want to answer; or that was a mistake."""
    asking: Asking = _found(queries.get_asking(pk))
    try:
        if request.POST.get("mistake"):
            operations.undo_decline(asking=asking, by=request.user, now=timezone.now())
            messages.success(request, f"{asking.person} may still answer. Nothing was sent.")
        else:
            operations.decline(asking=asking, by=request.user, now=timezone.now())
            messages.success(request, f"{asking.person} will not be asked again about this visit.")
    except RuleBroken as broken:
        messages.error(request, str(broken))
    return _back(request, asking.review)


def _back(request: SignedInRequest, review: Review) -> HttpResponse:
    """To the page that it was done on."""
    if request.POST.get("to") == "review":
        return redirect(f"{reverse('reviews:detail', args=[review.pk])}#feedback")
    return redirect("feedback:waiting")


@require_POST
@requires(Permission.SEE_FEEDBACK)
def take_back(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Somebody told us that we may not quote them any more."""
    answer: Answer = _found(queries.get_answer(key))
    operations.change_permission(
        answer=answer, quote_as=QuoteAs.NO, by=request.user, now=timezone.now()
    )
    messages.success(request, "We may not quote these words any more. They are used nowhere.")
    return redirect("feedback:list")


def _found(thing: Thing | None) -> Thing:
    if thing is None:
        raise Http404
    return thing
