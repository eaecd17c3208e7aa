"""Visits to confirm: who may not be able to go any more, and what a coordinator decides."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from programme.releasing import operations, queries
from programme.releasing.forms import KeepForm
from programme.releasing.queries import ToConfirm
from reviewers.at_contact import needs_of, needs_of_one
from reviews.models import TeamMember
from reviews.operations import withdraw_invitation
from reviews.queries.doubts import get_place
from rules import RuleBroken

SHOWN = 50


@require_safe
@requires(Permission.PLAN_REVIEWS)
def to_confirm(request: SignedInRequest) -> HttpResponse:
    """Everybody on a coming visit who may not be able to go any more."""
    found = queries.to_confirm(request.user, timezone.now(), limit=SHOWN + 1)
    places = found[:SHOWN]
    context = {
        "places": places,
        "has_more": len(found) > SHOWN,
        "needs": needs_of({place.member.reviewer_id or 0 for place in places}, request.user),
    }
    return render(request, "programme/to_confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_REVIEWS)
def keep(request: SignedInRequest, pk: int) -> HttpResponse:
    """They stay on the visit, with a note why."""
    member = _member(request, pk)
    place = _place(request, member)
    form = KeepForm(
        request.POST if request.method == "POST" else None,
        initial={"seen": place.seen} if place else {},
    )
    if request.method == "POST" and form.is_valid():
        try:
            operations.keep(member=member, by=request.user, now=timezone.now(), **form.cleaned_data)
        except RuleBroken as broken:
            messages.error(request, str(broken))
        else:
            messages.success(request, f"{member.reviewer} stays on the visit.")
        return redirect("programme:to_confirm")
    if place is None:
        return _decided(request)
    return render(request, "programme/keep.html", {"place": place, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_REVIEWS)
def take_off(request: SignedInRequest, pk: int) -> HttpResponse:
    """They are taken off the visit and told so; asks first."""
    member = _member(request, pk)
    if request.method == "POST":
        try:
            withdraw_invitation(member=member, by=request.user, now=timezone.now())
        except RuleBroken as broken:
            messages.error(request, str(broken))
        else:
            messages.success(request, f"{member.reviewer} is off the visit. We will tell them.")
        return redirect("programme:to_confirm")
    place = _place(request, member)
    if place is None:
        return _decided(request)
    needs = needs_of_one(member.reviewer_id, request.user)
    return render(request, "programme/take_off.html", {"place": place, "needs": needs})


def _member(request: SignedInRequest, pk: int) -> TeamMember:
    member = get_place(user=request.user, pk=pk)
    if member.reviewer is None:
        raise Http404
    return member


def _place(request: SignedInRequest, member: TeamMember) -> ToConfirm | None:
    return queries.get_to_confirm(request.user, timezone.now(), member.pk)


def _decided(request: SignedInRequest) -> HttpResponse:
    messages.error(request, "There is nothing to decide about this any more.")
    return redirect("programme:to_confirm")
