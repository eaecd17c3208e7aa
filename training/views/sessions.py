"""Sessions, for those who run training."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from nhsuk.paging import Sort, paginate, sheet_of
from nhsuk.params import search_words
from reviewers.at_contact import needs_of
from rules import RuleBroken
from training import operations, queries
from training.forms.sessions import CancelSessionForm, SessionForm, VersionOfSessionForm
from training.models import Place, Session
from training.views.finding import find_session, found

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
                details=form.details(),
                facilitators=form.facilitators(),
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, f"{session.title} is planned.")
            return redirect("training:detail", session.pk)
    context = {
        "form": form,
        "title": "Plan a session",
        "has_courses": queries.courses().exists(),
    }
    return render(request, "training/form.html", context)


@requires(Permission.RUN_TRAINING)
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a session."""
    session = find_session(pk)
    form = SessionForm(request.POST if request.method == "POST" else None, instance=session)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_session(
                session=session,
                details=form.details(),
                facilitators=form.facilitators(),
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, "The session is changed.")
            return redirect("training:detail", pk)
    context = {"form": form, "title": "Change this session", "session": session}
    return render(request, "training/form.html", {**context, "has_courses": True})


@require_safe
@requires(Permission.RUN_TRAINING)
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One session: who has a place, and who could have one."""
    session = found(queries.get_led_session(pk))
    words = search_words(request.GET)
    today = timezone.localdate()
    is_coming = session.held_on >= today and not session.is_cancelled
    places = list(queries.places_and_clashes(session))
    people = list(queries.people_to_book(session, words=words, today=today)) if is_coming else []
    sheet = sheet_of(places, params=request.GET)
    shown = {place.reviewer_id for place in sheet.rows} | {person.pk for person in people}
    context = {
        "session": session,
        "sheet": sheet,
        "taken": sum(place.outcome in Place.TAKEN for place in places),
        "waiting": sum(place.outcome == Place.Outcome.WAITING for place in places),
        "elsewhere": [place for place in places if is_coming and place.is_elsewhere],
        "is_coming": is_coming,
        "can_record": session.held_on <= today and not session.is_cancelled,
        "is_recorded": any(place.outcome in Place.RECORDED for place in places),
        "is_certified": session.kind in Session.KEEPING and not session.is_cancelled,
        "ticks_saved": "recorded" in request.GET,
        "q": words,
        "people": people,
        "needs": needs_of(shown, request.user),
    }
    return render(request, "training/detail.html", context)


@requires(Permission.RUN_TRAINING)
def say_version(request: SignedInRequest, pk: int) -> HttpResponse:
    """Which version of a course a session delivered that came from a spreadsheet."""
    session = find_session(pk)
    form = VersionOfSessionForm(
        request.POST if request.method == "POST" else None,
        versions=queries.versions_for(session),
        initial={"version": session.version_id},
    )
    if request.method == "POST" and form.is_valid():
        try:
            operations.say_version(
                session=session,
                version=form.cleaned_data["version"],
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, "The version is saved.")
            return redirect("training:detail", pk)
    has_versions = queries.versions_for(session).exists()
    context = {"form": form, "session": session, "has_versions": has_versions}
    return render(request, "training/session_version.html", context)


@requires(Permission.RUN_TRAINING)
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """Call a session off, with the reason that people are told."""
    session = find_session(pk)
    form = CancelSessionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.cancel_session(
                session=session,
                why=form.cleaned_data["why"],
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, "The session is cancelled. Everyone with a place is told.")
            return redirect("training:detail", pk)
    return render(request, "training/session_cancel.html", {"form": form, "session": session})
