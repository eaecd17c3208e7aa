"""What an LXR sees and changes about themselves."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from reviewers import operations, queries
from reviewers.models import Reviewer
from reviewers.next_steps import is_to_sign
from reviewers.parts import PARTS
from reviewers.views import told
from reviewers.views.editing import Door, edit_part
from rules import RuleBroken


@require_safe
@requires(Permission.OWN_PAGES)
def menu(request: SignedInRequest) -> HttpResponse:
    """Everything about me in one list."""
    me = _me(request)
    context = {
        "person": me,
        "asks_about_experience": queries.has_to_be_asked(me),
        "role_to_sign": is_to_sign(me),
    }
    return render(request, "reviewers/own_menu.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.OWN_PAGES)
def edit(request: SignedInRequest, part: str) -> HttpResponse:
    """One part of what the programme knows about me."""
    return edit_part(request, _door(request), PARTS[part])


@require_safe
@requires(Permission.OWN_PAGES)
def places(request: SignedInRequest) -> HttpResponse:
    """Where I would rather not go."""
    return told.places(request, _door(request))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.OWN_PAGES)
def places_in(request: SignedInRequest, directorate: int) -> HttpResponse:
    """The services of one directorate, for me to tick."""
    return told.places_in(request, _door(request), directorate)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.OWN_PAGES)
def sharing(request: SignedInRequest) -> HttpResponse:
    """Who may know what I need."""
    return told.sharing(request, _door(request))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.OWN_PAGES)
def experience(request: SignedInRequest) -> HttpResponse:
    """Which services I know."""
    return told.experience(request, _door(request))


@require_POST
@requires(Permission.OWN_PAGES)
def keep_experience(request: SignedInRequest, pk: int) -> HttpResponse:
    """Yes, you may keep it."""
    return told.keep_experience(request, _door(request), pk)


@require_POST
@requires(Permission.OWN_PAGES)
def remove_experience(request: SignedInRequest, pk: int | None = None) -> HttpResponse:
    """I no longer want you to keep it, or any of it."""
    return told.remove_experience(request, _door(request), pk)


@require_safe
@requires(Permission.OWN_PAGES)
def changes(request: SignedInRequest) -> HttpResponse:
    """What changed about me, and when."""
    return told.what_changed(request, _door(request))


@require_POST
@requires(Permission.OWN_PAGES)
def remove_away(request: SignedInRequest, pk: int) -> HttpResponse:
    """I can come on those days after all."""
    me = _me(request)
    if not me.times_away.filter(pk=pk).exists():
        raise Http404
    operations.remove_time_away(reviewer=me, away_id=pk, by=request.user, now=timezone.now())
    messages.success(request, "Those days are removed.")
    return redirect("own-reviewers:availability")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.OWN_PAGES)
def pause(request: SignedInRequest) -> HttpResponse:
    """Pause with one press; the page then offers to set a last day, or to come back."""
    me = _me(request)
    if request.method != "POST":
        return render(request, "reviewers/own_pause.html", {"person": me})
    done = "You are on a pause. We will not ask you to visits."
    return _done(
        request,
        lambda: operations.pause(reviewer=me, by=request.user, now=timezone.now()),
        done,
    )


@require_POST
@requires(Permission.OWN_PAGES)
def come_back(request: SignedInRequest) -> HttpResponse:
    """End my pause."""
    me = _me(request)
    return _done(
        request,
        lambda: operations.come_back(reviewer=me, by=request.user, now=timezone.now()),
        "Welcome back. Your pause has ended.",
    )


def _done(request: SignedInRequest, act: Callable[[], object], words: str) -> HttpResponse:
    try:
        act()
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        messages.success(request, words)
    return redirect("own-reviewers:pause")


def _door(request: SignedInRequest) -> Door:
    return Door(_me(request), for_them=False)


def _me(request: SignedInRequest) -> Reviewer:
    me = queries.own(request.user)
    if me is None:
        raise Http404
    return me
