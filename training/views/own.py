"""My training: what an LXR sees of their own places, and does about them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from reviewers.how import How
from rules import RuleBroken
from training import operations, queries
from training.forms.places import OwnAnswerForm
from training.models import Place, Session
from training.queries.refreshers import is_due
from training.views.certificates import as_file
from training.views.finding import found, tell


@require_safe
@requires(Permission.OWN_PAGES)
def training(request: SignedInRequest) -> HttpResponse:
    """My places, what I can book, what I helped to lead and what I attended."""
    places = list(queries.own_places(request.user))
    today = timezone.localdate()
    coming = [each for each in reversed(places) if each.session.held_on >= today]
    led = list(queries.sessions_led(request.user))
    until = queries.own_in_date_until(request.user)
    context = {
        "invitations": [each for each in coming if each.outcome == Place.Outcome.INVITED],
        "coming": [
            each for each in coming if each.outcome in {Place.Outcome.BOOKED, Place.Outcome.WAITING}
        ],
        "open": list(queries.open_sessions(request.user, now=timezone.now())),
        "led": [each for each in led if each.held_on >= today],
        "times_led": sum(each.held_on < today for each in led),
        "certified_kinds": Session.KEEPING,
        "attended": [each for each in places if each.outcome == Place.Outcome.ATTENDED],
        "in_date_until": until,
        "is_refresher_due": is_due(until, today=today)
        and not any(
            each.outcome in Place.OPEN and each.session.kind in Session.KEEPING for each in coming
        ),
        "today": today,
    }
    return render(request, "training/own.html", context)


@require_safe
@requires(Permission.OWN_PAGES)
def certificate(request: SignedInRequest, pk: int) -> HttpResponse:
    """My certificate for a session I attended."""
    place = found(queries.certified_places().filter(pk=pk, reviewer__user=request.user).first())
    return as_file([place])


@require_POST
@requires(Permission.OWN_PAGES)
def book(request: SignedInRequest, pk: int) -> HttpResponse:
    """Book a place myself, or join the waiting list."""
    session = found(queries.get_open_session(pk, now=timezone.now()))
    person = found(queries.own_reviewer(request.user))
    try:
        place = operations.book_own(
            session=session, reviewer=person, by=request.user, now=timezone.now()
        )
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        if place.outcome == Place.Outcome.WAITING:
            messages.success(
                request,
                "The session is full. You are on the waiting list. "
                "We will tell you if a place comes free.",
            )
        else:
            messages.success(request, "You have a place.")
    return redirect("own-training:list")


@require_POST
@requires(Permission.OWN_PAGES)
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say whether I want to come."""
    place = found(queries.own_places(request.user).filter(pk=pk).first())
    form = OwnAnswerForm(request.POST)
    if not form.is_valid():
        raise Http404
    is_coming = form.cleaned_data["answer"] == "yes"
    tell(
        request,
        lambda: operations.answer_invitation(
            place=place,
            is_coming=is_coming,
            how=How.ONLINE,
            by=request.user,
            now=timezone.now(),
        ),
        "You have a place." if is_coming else "Thank you for telling us. That is fine.",
    )
    return redirect("own-training:list")


@require_POST
@requires(Permission.OWN_PAGES)
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """I can't come to this training."""
    place = found(queries.own_places(request.user).filter(pk=pk).first())
    tell(
        request,
        lambda: operations.cancel_place(
            place=place, by=request.user, now=timezone.now(), how=How.ONLINE
        ),
        "Thank you for telling us. Your place is given up.",
    )
    return redirect("own-training:list")
