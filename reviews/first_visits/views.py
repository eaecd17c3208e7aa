"""Trained people who have not been on a visit yet, and one person's way to their first."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from nhsuk.paging import Sort, paginate
from nhsuk.words import in_words
from organisation.queries import trust_settings
from reviewers.at_contact import needs_of, needs_of_one
from reviewers.queries import people
from reviews.first_visits import operations, queries
from reviews.first_visits.buddies import together
from reviews.first_visits.forms import (
    AskForm,
    BuddyForm,
    DebriefForm,
    NoDebriefForm,
    WatchForm,
    WishForThemForm,
)
from reviews.first_visits.models import FirstVisit
from reviews.first_visits.standing import coming_of, standings
from reviews.queries import get_review
from rules import RuleBroken

SORTS = (
    Sort("waiting", "Waiting longest first", "waits_since"),
    Sort("longest", "Longest with us first", "joined_on"),
    Sort("newest", "Newest first", "joined_on", descending=True),
)
COMING_SORTS = (Sort("soonest", "Earliest visit first", "coming_on"),)
TALK_SORTS = (Sort("longest-ago", "Longest ago first", "been_on"),)


@require_safe
@requires(Permission.PLAN_REVIEWS)
def waiting(request: SignedInRequest) -> HttpResponse:
    """Who is trained, has not been on a visit and has none to come: why, and what comes next."""
    now = timezone.now()
    rows = queries.with_plans(queries.without_visit(request.user, timezone.localdate(now)))
    page = paginate(rows, params=request.GET, sorts=SORTS)
    standing = standings(page.rows, now=now, trust=trust_settings())
    context = {
        "page": page,
        "rows": [(person, standing[person.pk]) for person in page.rows],
        "needs": needs_of({person.pk for person in page.rows}, request.user),
    }
    return render(request, "reviews/first_visits/waiting.html", context)


@require_safe
@requires(Permission.PLAN_REVIEWS)
def coming(request: SignedInRequest) -> HttpResponse:
    """Who has said yes to a first visit, or to watching one."""
    today = timezone.localdate()
    rows = queries.with_visit(request.user, today).select_related(
        "first_visit__buddy", "first_visit__staff_buddy"
    )
    page = paginate(rows, params=request.GET, sorts=COMING_SORTS)
    ids = {person.pk for person in page.rows}
    members = coming_of(ids, today)
    firsts = [person.first_visit for person in page.rows if hasattr(person, "first_visit")]
    pairs = together(firsts, {member.review_id for member in members.values()})
    context = {
        "page": page,
        "rows": [
            (person, members[person.pk], (members[person.pk].review_id, person.pk) in pairs)
            for person in page.rows
        ],
        "needs": needs_of(ids, request.user),
    }
    return render(request, "reviews/first_visits/coming.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_REVIEWS)
def talks(request: SignedInRequest) -> HttpResponse:
    """First visits to talk about; for those who are ticked, the talk is left out."""
    form = NoDebriefForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        chosen = people(request.user).filter(pk__in=form.ids).order_by("pk")
        done, refused = operations.leave_out_several(
            reviewers=chosen, why=form.cleaned_data["why"], by=request.user, now=timezone.now()
        )
        if done:
            names = in_words([str(person) for person in done])
            messages.success(request, f"There will be no talk with {names}.")
        for sentence in refused:
            messages.error(request, sentence)
        return redirect("reviews:first-visit-talks")
    page = paginate(queries.to_talk_to(request.user), params=request.GET, sorts=TALK_SORTS)
    needs = needs_of({person.pk for person in page.rows}, request.user)
    context = {"page": page, "form": form, "needs": needs}
    return render(request, "reviews/first_visits/talks.html", context)


@require_POST
@requires(Permission.PLAN_REVIEWS)
def ask(request: SignedInRequest) -> HttpResponse:
    """Ask those who are ticked, kindly, how they would like to start."""
    form = AskForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Tick at least one person. Then press the button again.")
        return redirect("reviews:first-visits")
    chosen = people(request.user).filter(pk__in=form.ids).order_by("pk")
    asked, refused = operations.ask_several(reviewers=chosen, by=request.user, now=timezone.now())
    if asked:
        names = ", ".join(str(person) for person in asked)
        messages.success(request, f"We have asked {names} how they would like to start.")
    for sentence in refused:
        messages.error(request, sentence)
    return redirect("reviews:first-visits")


@require_safe
@requires(Permission.PLAN_REVIEWS)
def pathway(request: SignedInRequest, pk: int) -> HttpResponse:
    """One person's way: trained, watching or a buddy, the first visit, the talk after it."""
    return _page(request, _person(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_REVIEWS)
def wish(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record how the person would like to start."""
    person = _person(request, pk)
    first = getattr(person, "first_visit", None) or FirstVisit()
    start = {"wish": first.wish, "not_before": first.not_before}
    form = WishForThemForm(request.POST if request.method == "POST" else None, initial=start)

    def save() -> str:
        said = form.cleaned_data
        operations.say(
            reviewer=person,
            wish=FirstVisit.Wish(said["wish"]),
            not_before=said["not_before"],
            how=FirstVisit.How(said["how"]),
            by=request.user,
            now=timezone.now(),
        )
        return f"What {person.first_name} would like is saved."

    return _form(request, person, form, f"How {person} would like to start", save)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_REVIEWS)
def buddy(request: SignedInRequest, pk: int) -> HttpResponse:
    """Name who goes with the person."""
    person = _person(request, pk)
    first = getattr(person, "first_visit", None) or FirstVisit()
    start = {
        "buddy": first.buddy_id,
        "staff_buddy": first.staff_buddy_id,
        "have_agreed": first.buddy_agreed_on is not None,
    }
    data = request.POST if request.method == "POST" else None
    form = BuddyForm(data, reviewer=person, initial=start)

    def save() -> str:
        first = operations.name_buddy(
            reviewer=person,
            buddy=form.cleaned_data["buddy"],
            staff_buddy=form.cleaned_data["staff_buddy"],
            have_agreed=form.cleaned_data["have_agreed"],
            by=request.user,
            now=timezone.now(),
        )
        if first.buddy_name:
            return f"{first.buddy_name} is {person.first_name}’s buddy now."
        return f"{person.first_name} has no buddy now."

    return _form(request, person, form, f"Who goes with {person}?", save)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_REVIEWS)
def debrief(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record the talk after the first visit."""
    person = _person(request, pk)
    first = getattr(person, "first_visit", None) or FirstVisit()
    start = {"held_on": first.debriefed_on, "agreed": first.agreed}
    form = DebriefForm(request.POST if request.method == "POST" else None, initial=start)

    def save() -> str:
        operations.record_debrief(
            reviewer=person,
            held_on=form.cleaned_data["held_on"],
            agreed=form.cleaned_data["agreed"],
            by=request.user,
            now=timezone.now(),
        )
        return f"The talk with {person.first_name} is saved."

    return _form(request, person, form, f"Talking with {person} after the first visit", save)


@require_POST
@requires(Permission.PLAN_REVIEWS)
def watch(request: SignedInRequest, pk: int) -> HttpResponse:
    """Offer the person a visit to watch."""
    person = _person(request, pk)
    form = WatchForm(request.POST)
    if not form.is_valid():
        raise Http404
    review = get_review(user=request.user, pk=form.cleaned_data["review"])
    try:
        operations.offer_to_watch(
            review=review, reviewer=person, by=request.user, now=timezone.now()
        )
        messages.success(request, f"{person} has been asked to come along, to watch and learn.")
    except RuleBroken as broken:
        messages.error(request, str(broken))
    return redirect("reviews:first-visit", pk)


def _person(request: SignedInRequest, pk: int) -> Any:
    person = queries.get_person(request.user, pk)
    if person is None:
        raise Http404
    return person


def _page(request: SignedInRequest, person: Any) -> HttpResponse:
    now, trust = timezone.now(), trust_settings()
    been_on = queries.first_visit_days([person.pk]).get(person.pk)
    first = getattr(person, "first_visit", None)
    standing = None
    if been_on is None and person.trained_on is not None:
        standing = standings([person], now=now, trust=trust)[person.pk]
    fits = [review.pk for review in standing.fits] if standing else []
    context = {
        "person": person,
        "first": first,
        "been_on": been_on,
        "watched": queries.watched_on(person),
        "needs": needs_of_one(person.pk, request.user),
        "standing": standing,
        "with_buddy": {review for review, _ in together([first], fits)} if first else set(),
    }
    return render(request, "reviews/first_visits/pathway.html", context)


def _form(
    request: SignedInRequest, person: Any, form: Any, title: str, save: Callable[[], str]
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, save())
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            return redirect("reviews:first-visit", person.pk)
    needs = needs_of_one(person.pk, request.user)
    context = {"person": person, "form": form, "title": title, "needs": needs}
    return render(request, "reviews/first_visits/form.html", context)
