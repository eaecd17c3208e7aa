"""Places, for those who run training: invite, give, answer for somebody, cancel, follow up."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from itertools import islice
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from nhsuk.paging import ROWS, Sort, paginate
from nhsuk.params import search_words
from reviewers.at_contact import needs_of, needs_of_one
from rules import RuleBroken
from training import operations, queries
from training.forms.places import AnswerForThemForm, BookForm, DecideForm, InviteForm
from training.forms.sessions import FollowUpForm
from training.models import Place
from training.views.finding import find_session, found, tell

DAYS_TO_ANSWER = 7
SORTS = (
    Sort("latest", "Latest first", "session__held_on", descending=True),
    Sort("earliest", "Earliest first", "session__held_on"),
)


@require_POST
@requires(Permission.RUN_TRAINING)
def book(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a person a place."""
    session = find_session(pk)
    form = BookForm(request.POST)
    if not form.is_valid():
        raise Http404
    person = found(queries.get_person(form.cleaned_data["person"]))
    try:
        place = operations.book(
            session=session, reviewer=person, by=request.user, now=timezone.now()
        )
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        if place.outcome == Place.Outcome.WAITING:
            messages.success(request, f"The session is full. {person} is on the waiting list.")
        else:
            messages.success(request, f"{person} has a place.")
    return redirect("training:detail", pk)


@requires(Permission.RUN_TRAINING)
def invite(request: SignedInRequest, pk: int) -> HttpResponse:
    """Invite several people at once, each with a place kept until a day."""
    session = find_session(pk)
    words = search_words(request.GET)
    today = timezone.localdate()
    shown = list(queries.people_to_book(session, words=words, today=today))
    form = InviteForm(
        request.POST if request.method == "POST" else None,
        people=queries.bookable(session, today=today),
        shown=shown,
        needs=needs_of({person.pk for person in shown}, request.user),
        initial={"answer_by": min(today + timedelta(days=DAYS_TO_ANSWER), session.held_on)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            asked = operations.invite(
                session=session,
                people=list(form.cleaned_data["people"]),
                answer_by=form.cleaned_data["answer_by"],
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            people = "1 person is" if len(asked) == 1 else f"{len(asked)} people are"
            messages.success(request, f"{people} invited.")
            return redirect("training:detail", pk)
    context = {"session": session, "form": form, "shown": shown, "q": words}
    return render(request, "training/invite.html", context)


@requires(Permission.RUN_TRAINING)
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write down what somebody who was invited said on the phone or on paper."""
    place = found(queries.get_place(pk))
    form = AnswerForThemForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.answer_invitation(
                place=place,
                is_coming=form.cleaned_data["answer"] == "yes",
                how=form.cleaned_data["how"],
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, f"The answer of {place.reviewer} is saved.")
            return redirect("training:detail", place.session_id)
    needs = needs_of_one(place.reviewer_id, request.user)
    context = {"place": place, "form": form, "needs": needs}
    return render(request, "training/answer.html", context)


@require_POST
@requires(Permission.RUN_TRAINING)
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give up somebody's place for them."""
    place = found(queries.get_place(pk))
    tell(
        request,
        lambda: operations.cancel_place(place=place, by=request.user, now=timezone.now()),
        f"{place.reviewer}’s place is cancelled.",
    )
    return redirect("training:detail", place.session_id)


@require_safe
@requires(Permission.RUN_TRAINING)
def to_confirm(request: SignedInRequest) -> HttpResponse:
    """Places of people who paused or left: what becomes of each."""
    found = list(islice(queries.in_doubt(timezone.localdate()), ROWS + 1))
    needs = needs_of({each.place.reviewer_id for each in found}, request.user)
    context = {"found": found[:ROWS], "has_more": len(found) > ROWS, "needs": needs}
    return render(request, "training/to_confirm.html", context)


@requires(Permission.RUN_TRAINING)
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Whether somebody who paused or left keeps their place."""
    place = found(queries.get_place(pk))
    in_doubt = queries.get_in_doubt(pk, timezone.localdate())
    if in_doubt is None:
        messages.error(request, "There is nothing to decide about this place any more.")
        return redirect("training:to-confirm")
    form = DecideForm(request.POST if request.method == "POST" else None, found=in_doubt)
    if request.method == "POST" and form.is_valid():
        return _decided(request, place, form.cleaned_data)
    context = {
        "found": in_doubt,
        "form": form,
        "needs": needs_of_one(place.reviewer_id, request.user),
    }
    return render(request, "training/decide.html", context)


def _decided(request: SignedInRequest, place: Place, given: Mapping[str, str]) -> HttpResponse:
    who: dict[str, Any] = {"place": place, "by": request.user, "now": timezone.now()}
    if given["keeps"] == "yes":
        keep = partial(operations.keep_place, seen=given["seen"], **who)
        tell(request, keep, f"{place.reviewer} keeps the place.")
    else:
        give_up = partial(operations.cancel_place, **who)
        tell(request, give_up, f"{place.reviewer} has no place any more.")
    return redirect("training:to-confirm")


@require_safe
@requires(Permission.RUN_TRAINING)
def no_shows(request: SignedInRequest) -> HttpResponse:
    """Who did not come, and whom nobody has got in touch with since."""
    page = paginate(queries.no_shows(), params=request.GET, sorts=SORTS)
    needs = needs_of({place.reviewer_id for place in page}, request.user)
    return render(request, "training/no_shows.html", {"page": page, "needs": needs})


@requires(Permission.RUN_TRAINING)
def follow_up(request: SignedInRequest, pk: int) -> HttpResponse:
    """When somebody got in touch with a person who did not come."""
    place = found(queries.get_place(pk))
    form = FollowUpForm(
        request.POST if request.method == "POST" else None,
        initial={"on": place.followed_up_on or timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            operations.follow_up(
                place=place, on=form.cleaned_data["on"], by=request.user, now=timezone.now()
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, f"Saved: you got in touch with {place.reviewer}.")
            return redirect("training:no-shows")
    needs = needs_of_one(place.reviewer_id, request.user)
    context = {"place": place, "form": form, "needs": needs}
    return render(request, "training/follow_up.html", context)
