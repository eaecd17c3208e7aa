"""A visit's line: who is asked next, in which order, how many at a time."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from organisation.queries import trust_settings
from reviewers.at_contact import needs_of
from reviewers.queries import people
from reviews import policies, queries
from reviews.eligibility import Visit
from reviews.gate_list.policies import late_words
from reviews.models import Review
from reviews.queries.places import is_filled
from reviews.waves import operations
from reviews.waves.forms import PaceForm, PeopleForm
from reviews.waves.queries import get_turn, line_of, propose, wave_of
from rules import RuleBroken, allows

TICK = "Tick at least one person. Then press the button again."


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_REVIEWS)
def line(request: SignedInRequest, pk: int) -> HttpResponse:
    """The line; sending the form lets it run."""
    review = queries.get_review(user=request.user, pk=pk)
    wave = wave_of(review)
    visit = Visit(review, trust_settings())
    start = {"at_once": review.lxrs_wanted, "answer_days": visit.trust.answer_days}
    if wave is not None and wave.is_running:
        start |= {"at_once": wave.at_once}
    if wave is not None and wave.answer_days:
        start |= {"answer_days": wave.answer_days}
    form = PaceForm(request.POST if request.method == "POST" else None, initial=start)
    if wave is not None and wave.is_running:
        form.submit = "Save"
    if request.method == "POST" and form.is_valid():
        try:
            asked = operations.start(
                review=review, **form.cleaned_data, by=request.user, now=timezone.now()
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, _says(asked))
            return redirect("reviews:line", pk)
    in_line = line_of(wave, visit)
    candidates = queries.candidates_for(visit)
    waiting = {each.reviewer.pk for each in in_line if each.turn.state == "waiting"}
    shown = {each.reviewer.pk for each in in_line} | candidates.ids
    context = {
        "review": review,
        "wave": wave,
        "line": in_line,
        "form": form,
        "may_ask": allows(policies.check_can_ask_anyone, review, timezone.now()),
        "is_filled": is_filled(review),
        "late": late_words(review, timezone.localdate()),
        "candidates": candidates,
        "waiting": waiting,
        "proposed": propose(candidates, review, waiting),
        "needs": needs_of(shown, request.user),
    }
    return render(request, "reviews/waves/line.html", context)


def _says(asked: int) -> str:
    if not asked:
        return "People in the line are asked by themselves from now on."
    people = "1 person has" if asked == 1 else f"{asked} people have"
    return f"{people} been asked. The next is asked when somebody can’t come or gives no answer."


@require_POST
@requires(Permission.PLAN_REVIEWS)
def add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put the people who were ticked at the end of the line."""
    review = queries.get_review(user=request.user, pk=pk)
    form = PeopleForm(request.POST)
    found = people(request.user).in_bulk(form.ids) if form.is_valid() else {}
    if not found:
        messages.error(request, TICK)
        return redirect("reviews:line", pk)
    chosen = [found[each] for each in form.ids if each in found]

    def put() -> str:
        added = operations.add_to_line(
            review=review, people=chosen, by=request.user, now=timezone.now()
        )
        return "1 person is added." if added == 1 else f"{added} people are added."

    return _then(request, review, put)


@require_POST
@requires(Permission.PLAN_REVIEWS)
def stop(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask nobody else by itself."""
    review = queries.get_review(user=request.user, pk=pk)

    def end() -> str:
        operations.stop(review=review, by=request.user, now=timezone.now())
        return "Nobody else is asked by themselves. Who was asked can still answer."

    return _then(request, review, end)


@require_POST
@requires(Permission.PLAN_REVIEWS)
def move(request: SignedInRequest, pk: int, turn: int) -> HttpResponse:
    """One place earlier or later."""
    found = get_turn(user=request.user, review_pk=pk, pk=turn)
    to = request.POST.get("to")
    if to not in {"up", "down"}:
        raise Http404

    def change_places() -> str:
        operations.move(turn=found, is_up=to == "up", by=request.user, now=timezone.now())
        return f"{found.reviewer} has moved {to}."

    return _then(request, found.wave.review, change_places)


@require_POST
@requires(Permission.PLAN_REVIEWS)
def take_out(request: SignedInRequest, pk: int, turn: int) -> HttpResponse:
    """Take somebody out of the line."""
    found = get_turn(user=request.user, review_pk=pk, pk=turn)

    def out() -> str:
        operations.take_out(turn=found, by=request.user, now=timezone.now())
        return f"{found.reviewer} is not in the line any more."

    return _then(request, found.wave.review, out)


@require_POST
@requires(Permission.PLAN_REVIEWS)
def put_back(request: SignedInRequest, pk: int, turn: int) -> HttpResponse:
    """Let somebody who could not be asked wait again."""
    found = get_turn(user=request.user, review_pk=pk, pk=turn)

    def back() -> str:
        operations.put_back(turn=found, by=request.user, now=timezone.now())
        return f"{found.reviewer} is in the line again."

    return _then(request, found.wave.review, back)


def _then(request: SignedInRequest, review: Review, do: Callable[[], str]) -> HttpResponse:
    """Do it, say so, and back to the line."""
    try:
        messages.success(request, do())
    except RuleBroken as broken:
        messages.error(request, str(broken))
    return redirect("reviews:line", review.pk)
