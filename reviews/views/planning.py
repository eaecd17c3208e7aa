"""The review's own changes: planned, changed, confirmed, postponed, called off."""

from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from nhsuk.words import nhs_day
from organisation.models import Service
from organisation.queries import trust_settings
from reviews import operations, policies, queries
from reviews.forms import PostponeForm, ReviewForm
from reviews.models import Review, TeamMember
from reviews.year.clashes import clashes
from reviews.year.queries import known_of
from rules import RuleBroken


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_REVIEWS)
def add(request: SignedInRequest) -> HttpResponse:
    """Plan a review."""
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and not _is_new_warned(form):
        try:
            review = operations.plan_review(
                details=cast("operations.ReviewDetails", form.details),
                visit_on=form.cleaned_data["visit_on"],
                lead=form.cleaned_data["lead"],
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "The review is planned. Now ask someone to come.")
            return redirect("reviews:detail", review.pk)
    return render(request, "reviews/form.html", {"form": form, "title": "Plan a review"})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_REVIEWS)
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a coming review's details."""
    review = queries.get_review(user=request.user, pk=pk)
    if refused := _refused(request, review):
        return refused
    form = ReviewForm(request.POST if request.method == "POST" else None, instance=review)
    if request.method == "POST" and form.is_valid() and not _is_change_warned(form, review):
        try:
            operations.change_review(
                review=review,
                details=cast("operations.ReviewDetails", form.details),
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "The review is changed.")
            return redirect("reviews:detail", pk)
    context = {"form": form, "title": "Change the review", "review": review}
    return render(request, "reviews/form.html", context)


@require_POST
@requires(Permission.PLAN_REVIEWS)
def confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """The visit is agreed with the service."""
    review = queries.get_review(user=request.user, pk=pk)
    try:
        operations.confirm(review=review, by=request.user, now=timezone.now())
        messages.success(request, "The visit is confirmed.")
    except RuleBroken as error:
        messages.error(request, str(error))
    return redirect("reviews:detail", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_REVIEWS)
def postpone(request: SignedInRequest, pk: int) -> HttpResponse:
    """Move the visit to another day; says who will be told."""
    review = queries.get_review(user=request.user, pk=pk)
    if refused := _refused(request, review):
        return refused
    times = {"starts_at": review.starts_at, "ends_at": review.ends_at}
    chosen = {"to_day": _day(request.GET.get("to", ""))}  # from the calendar
    form = PostponeForm(request.POST if request.method == "POST" else None, initial=times | chosen)
    if request.method == "POST" and form.is_valid() and not _is_move_warned(form, review):
        try:
            moved = operations.postpone(
                review=review, **form.moved, by=request.user, now=timezone.now()
            )
        except RuleBroken as error:
            form.add_error(None, str(error))
        else:
            day = nhs_day(moved.visit_on)
            messages.success(request, f"The visit is now on {day}. Everyone on the team is told.")
            return redirect("reviews:detail", pk)
    return render(request, "reviews/postpone.html", {"form": form} | _who_is_told(review))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_REVIEWS)
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """Call the review off; says first who will be told."""
    review = queries.get_review(user=request.user, pk=pk)
    if refused := _refused(request, review):
        return refused
    if request.method == "POST":
        try:
            operations.cancel(review=review, by=request.user, now=timezone.now())
            messages.success(request, "The review is called off. Everyone on the team is told.")
        except RuleBroken as error:
            messages.error(request, str(error))
        return redirect("reviews:detail", pk)
    return render(request, "reviews/cancel.html", _who_is_told(review))


def _is_new_warned(form: ReviewForm) -> bool:
    return _is_warned(form, form.cleaned_data["service"], form.cleaned_data["visit_on"])


def _is_change_warned(form: ReviewForm, review: Review) -> bool:
    """Asked of another service alone: the day stays."""
    if "service" not in form.changed_data:
        return False
    return _is_warned(form, form.cleaned_data["service"], review.visit_on, but=review)


def _is_move_warned(form: PostponeForm, review: Review) -> bool:
    return _is_warned(form, review.service, form.cleaned_data["to_day"], but=review)


def _is_warned(
    form: ReviewForm | PostponeForm, service: Service, day: date, *, but: Review | None = None
) -> bool:
    """Whether something speaks against the visit and nobody has said that it is meant."""
    visit = f"{service.pk}:{day}"
    if form.is_meant(visit):
        return False
    against = clashes(service, day, known_of([service], day, day, trust_settings(), but=but))
    if against:
        form.warn(against, visit)
    return bool(against)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _refused(request: SignedInRequest, review: Review) -> HttpResponse | None:
    """Back to the review, with the reason, where it is not coming."""
    try:
        policies.check_is_coming(review)
    except RuleBroken as error:
        messages.error(request, str(error))
        return redirect("reviews:detail", review.pk)
    return None


def _who_is_told(review: Review) -> dict[str, Any]:
    told = [each for each in review.team.all() if each.response in TeamMember.LIVE]
    return {"review": review, "told": told}
