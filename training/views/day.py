"""On the day: the tick-list, the register on paper, and who walked in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from nhsuk.converters import can_be_id
from nhsuk.params import search_words
from nhsuk.words import in_words
from reviewers.at_contact import needs_of, needs_of_one, shared_needs_of
from rules import RuleBroken
from training import operations, queries
from training.forms.places import AttendanceForm, TakeBackForm, WalkInForm
from training.views.finding import find_session, found


@requires(Permission.RUN_TRAINING)
def attendance(request: SignedInRequest, pk: int) -> HttpResponse:
    """The tick-list: who came."""
    session = find_session(pk)
    data = request.POST if request.method == "POST" else None
    places = list(queries.on_the_list(session, ticked=_ticked(request)))
    needs = needs_of({place.reviewer_id for place in places}, request.user)
    form = AttendanceForm(data, places=places, needs=needs)
    if data is not None and form.is_valid():
        try:
            result = operations.record_attendance(
                session=session,
                marks=form.marks(),
                why=form.cleaned_data.get("why", ""),
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            return _saved(request, pk, result)
    context = {
        "session": session,
        "form": form,
        "places": places,
        "ticks_saved": data is None and "recorded" in request.GET,
    }
    return render(request, "training/attendance.html", context)


def _ticked(request: SignedInRequest) -> list[int]:
    """The places that the list that was sent speaks of, though they may not be on it any more."""
    names = (name.removeprefix("place-") for name in request.POST if name.startswith("place-"))
    return [int(each) for each in names if each.isdecimal() and can_be_id(each)]


def _saved(request: SignedInRequest, pk: int, result: operations.Recorded) -> HttpResponse:
    people = "1 person" if result.changed == 1 else f"{result.changed} people"
    messages.success(request, f"Saved. Attendance changed for {people}.")
    if not result.conflicts:
        return redirect(f"{reverse('training:detail', args=[pk])}?recorded")
    lost = in_words(
        [f"{each.reviewer} ({each.get_outcome_display().lower()})" for each in result.conflicts]
    )
    messages.error(
        request,
        f"Somebody else changed the list while you had it open. Not saved for {lost}. "
        "Look again at what it says now.",
    )
    return redirect(f"{reverse('training:attendance', args=[pk])}?recorded")


@require_safe
@requires(Permission.RUN_TRAINING)
def register(request: SignedInRequest, pk: int) -> HttpResponse:
    """The list on paper: names, what people agreed to share of their needs, a box to tick."""
    session = find_session(pk)
    places = list(queries.on_the_list(session))
    needs = shared_needs_of({place.reviewer_id for place in places})
    context = {"session": session, "places": places, "needs": needs}
    return render(request, "training/register.html", context)


@requires(Permission.RUN_TRAINING)
def walk_in(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add somebody who came without a place."""
    session = find_session(pk)
    words = search_words(request.GET)
    shown = list(queries.people_to_add(session, words=words))
    form = WalkInForm(
        request.POST if request.method == "POST" else None,
        people=queries.not_on_the_list(session),
        shown=shown,
        needs=needs_of({person.pk for person in shown}, request.user),
    )
    if request.method == "POST" and form.is_valid():
        person = form.cleaned_data["person"]
        try:
            operations.add_walk_in(
                session=session,
                reviewer=person,
                why=form.cleaned_data["why"],
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, f"{person} is on the list as attended.")
            return redirect("training:detail", pk)
    context = {"session": session, "form": form, "shown": shown, "q": words}
    return render(request, "training/walk_in.html", context)


@requires(Permission.RUN_TRAINING)
def take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take somebody off the list who was added by mistake."""
    place = found(queries.get_place(pk))
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.take_back_walk_in(
                place=place, why=form.cleaned_data["why"], by=request.user, now=timezone.now()
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, f"{place.reviewer} is off the list.")
            return redirect("training:detail", place.session_id)
    needs = needs_of_one(place.reviewer_id, request.user)
    context = {"place": place, "form": form, "needs": needs}
    return render(request, "training/take_back.html", context)
