"""Reserves of a visit: asking somebody to stand by, and asking one to come after all."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from reviewers.queries import people
from reviews import queries
from reviews.forms import InviteForm
from reviews.gate_list.policies import late_words
from reviews.reserves import operations
from rules import RuleBroken


@require_POST
@requires(Permission.PLAN_REVIEWS)
def invite(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask one person to stand by."""
    review = queries.get_review(user=request.user, pk=pk)
    form = InviteForm(request.POST)
    found = people(request.user)
    person = found.filter(pk=form.cleaned_data["reviewer"]).first() if form.is_valid() else None
    if person is None:
        raise Http404
    try:
        operations.invite_reserve(
            review=review, reviewer=person, by=request.user, now=timezone.now()
        )
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        late = late_words(review, timezone.localdate())
        messages.success(request, f"{person} has been asked to stand by. {late}".strip())
    return redirect("reviews:detail", pk)


@require_POST
@requires(Permission.PLAN_REVIEWS)
def call(request: SignedInRequest, pk: int, member: int) -> HttpResponse:
    """Ask somebody who stands by to come after all."""
    found = queries.get_member(user=request.user, review_pk=pk, pk=member)
    try:
        operations.call(member=found, by=request.user, now=timezone.now())
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        messages.success(request, f"{found.reviewer} has been asked to come after all.")
    return redirect("reviews:detail", pk)
