"""Sessions and places, for those who run training."""

from typing import TypeVar, cast

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from nhsuk.paging import Sort, paginate
from nhsuk.params import search_words
from rules import RuleBroken
from training import operations, queries
from training.forms import AttendanceForm, BookForm, SessionForm
from training.models import Place, Session

Thing = TypeVar("Thing")

SORTS = (
    Sort("latest", "Latest first", "held_on", descending=True),
    Sort("earliest", "Earliest first", "held_on"),
)


@require_safe
@requires(Permission.RUN_TRAINING)
def sessions(request: SignedInRequest) -> HttpResponse:
    """Every session, latest first."""
    page = paginate(queries.sessions(), params=request.GET, sorts=SORTS)
    today = timezone.localdate()
    return render(request, "training/list.html", {"page": page, "today": today})


@requires(Permission.RUN_TRAINING)
def add(request: SignedInRequest) -> HttpResponse:
    """Plan a session."""
    form = SessionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            session = operations.plan_session(
                details=cast("operations.SessionDetails", form.details()),
                co_facilitators=form.cleaned_data["co_facilitators"],
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, f"{session.title} is planned.")
            return redirect("training:detail", session.pk)
    return render(request, "training/form.html", {"form": form, "title": "Plan a session"})


@requires(Permission.RUN_TRAINING)
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a session."""
    session = _session(pk)
    form = SessionForm(request.POST if request.method == "POST" else None, instance=session)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_session(
                session=session,
                details=cast("operations.SessionDetails", form.details()),
                co_facilitators=form.cleaned_data["co_facilitators"],
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, "The session is changed.")
            return redirect("training:detail", pk)
    context = {"form": form, "title": "Change this session", "session": session}
    return render(request, "training/form.html", context)


@require_safe
@requires(Permission.RUN_TRAINING)
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One session: who has a place, and who could have one."""
    session = _session(pk)
    words = search_words(request.GET)
    today = timezone.localdate()
    is_coming = session.held_on >= today
    context = {
        "session": session,
        "places": list(queries.places_of(session)),
        "is_coming": is_coming,
        "can_record": session.held_on <= today,
        "q": words,
        "people": list(queries.people_to_book(session, words=words)) if is_coming else [],
    }
    return render(request, "training/detail.html", context)


@require_POST
@requires(Permission.RUN_TRAINING)
def book(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a person a place."""
    session = _session(pk)
    form = BookForm(request.POST)
    if not form.is_valid():
        raise Http404
    person = _found(queries.get_person(form.cleaned_data["person"]))
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


@require_POST
@requires(Permission.RUN_TRAINING)
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give up somebody's place for them."""
    place = _found(queries.get_place(pk))
    _cancel(request, place, f"{place.reviewer}’s place is cancelled.")
    return redirect("training:detail", place.session_id)


@requires(Permission.RUN_TRAINING)
def attendance(request: SignedInRequest, pk: int) -> HttpResponse:
    """The tick-list: who came."""
    session = _session(pk)
    places = [
        each for each in queries.places_of(session) if each.outcome != Place.Outcome.CANCELLED
    ]
    form = AttendanceForm(request.POST if request.method == "POST" else None, places=places)
    if request.method == "POST" and form.is_valid():
        try:
            changed = operations.record_attendance(
                session=session, attended=form.attended(), by=request.user, now=timezone.now()
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            people = "1 person" if changed == 1 else f"{changed} people"
            messages.success(request, f"Saved. Attendance changed for {people}.")
            return redirect("training:detail", pk)
    context = {"session": session, "form": form, "places": places}
    return render(request, "training/attendance.html", context)


@require_safe
@requires(Permission.OWN_PAGES)
def own_training(request: SignedInRequest) -> HttpResponse:
    """My training: my places and what I attended."""
    places = list(queries.own_places(request.user))
    today = timezone.localdate()
    context = {
        "coming": [
            each
            for each in reversed(places)
            if each.session.held_on >= today
            and each.outcome in {Place.Outcome.BOOKED, Place.Outcome.WAITING}
        ],
        "attended": [each for each in places if each.outcome == Place.Outcome.ATTENDED],
    }
    return render(request, "training/own.html", context)


@require_POST
@requires(Permission.OWN_PAGES)
def own_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """I can't come to this training."""
    place = _found(queries.own_places(request.user).filter(pk=pk).first())
    _cancel(request, place, "Thank you for telling us. Your place is given up.")
    return redirect("own-training:list")


def _cancel(request: SignedInRequest, place: Place, confirmation: str) -> None:
    try:
        operations.cancel_place(place=place, by=request.user, now=timezone.now())
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        messages.success(request, confirmation)


def _session(pk: int) -> Session:
    return _found(queries.get_session(pk))


def _found(thing: Thing | None) -> Thing:
    if thing is None:
        raise Http404
    return thing
