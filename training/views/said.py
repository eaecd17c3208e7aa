"""What attendees say: the form in the room, for everyone there, and what staff may read of it."""

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import SignedInRequest, public, requires
from accounts.permissions import Permission
from organisation.queries import trust_settings
from rules import RuleBroken
from training.forms.said import SaidForm
from training.models import Session
from training.operations import said as operations
from training.queries import said as queries
from training.said_links import is_within_the_limit, secret_of
from training.said_policies import AT_LEAST, is_closed, last_day
from training.views.finding import tell

COOKIE = "said"


# Public: who was at a session needs no account. The secret is the same for everybody there.
@require_safe
@never_cache
@public
def open_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Move the secret out of the address, into a cookie that is the same on every phone.

    Not into the session of somebody signed in: that is kept, and would say that they were here.
    """
    response = redirect("said:answer")
    if secret.isascii() and secret.isprintable():
        response.set_cookie(
            COOKIE,
            secret,
            path=reverse("said:answer"),
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )
    return response


# Public: see open_link.
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@public
def answer(request: HttpRequest) -> HttpResponse:
    """The form. A link that is unknown, closed, too old or of a cancelled session: one page.

    Whoever sent an answer by such a link reads their own words again, whatever the reason.
    """
    now = timezone.now()
    trust = trust_settings()
    link = queries.open_link(request.COOKIES.get(COOKIE, ""), today=timezone.localdate())
    form = SaidForm(request.POST if request.method == "POST" else None)
    if link is None and form.has_words():
        context = {"trust": trust, "comment": form.written(), "ratings": form.ratings()}
        return render(request, "training/said_not_taken.html", context, status=404)
    if link is None:
        return render(request, "training/said_no_link.html", {"trust": trust}, status=404)
    status = 200
    if request.method == "POST" and form.is_valid():
        if is_within_the_limit(link, now=now):
            try:
                operations.say(link=link, said=form.said(), now=now)
            except RuleBroken as broken:
                form.add_error(None, str(broken))
            else:
                response = redirect("said:thanks")
                response.delete_cookie(COOKIE, path=reverse("said:answer"), samesite="Lax")
                return response
        else:
            status = 429
            form.add_error(
                None,
                "We had too many answers at once. Your words are still here: wait ten minutes, "
                "then send them again.",
            )
    context = {"form": form, "session": link.session, "trust": trust}
    return render(request, "training/said_form.html", context, status=status)


# Public: see open_link.
@require_safe
@public
def thanks(request: HttpRequest) -> HttpResponse:
    """Thank you."""
    return render(request, "training/said_thanks.html", {"trust": trust_settings()})


@require_safe
@requires(Permission.RUN_TRAINING)
def feedback(request: SignedInRequest, pk: int) -> HttpResponse:
    """What attendees said of a session, as far as it may be read; and the form's state."""
    session = _session(pk)
    today = timezone.localdate()
    link = queries.link_of(session)
    group = queries.said_of_session(session)
    context = {
        "session": session,
        "link": queries.open_link_of(session, today=today),
        "is_closed": is_closed(link, session, today=today),
        "was_asked": link is not None,
        "attended": link.attended if link else None,
        "is_to_come": today < session.held_on,
        "last_day": last_day(session),
        "at_least": AT_LEAST,
        "group": group,
        "comments": queries.comments([group]) if group else [],
    }
    return render(request, "training/said_session.html", context)


@require_safe
@never_cache
@requires(Permission.RUN_TRAINING)
def room(request: SignedInRequest, pk: int) -> HttpResponse:
    """The page to show in the room: a QR code and the address under it."""
    session = _session(pk)
    link = queries.open_link_of(session, today=timezone.localdate())
    if link is None:
        return redirect("session-feedback:session", pk)
    address = settings.PUBLIC_URL + reverse("said:open", args=[secret_of(link)])
    context = {
        "session": session,
        "address": address,
        "shown": address.removeprefix("https://").removesuffix("/"),
        "code": _qr(address),
        "last_day": last_day(session),
    }
    return render(request, "training/said_room.html", context)


@require_POST
@requires(Permission.RUN_TRAINING)
def open_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Open the form, or make another link to it."""
    try:
        operations.open_form(session=_session(pk), by=request.user, now=timezone.now())
    except RuleBroken as broken:
        messages.error(request, str(broken))
        return redirect("session-feedback:session", pk)
    messages.success(request, "The form is open. Show this page in the room.")
    return redirect("session-feedback:room", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN_TRAINING)
def close_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Close the form, after asking."""
    session = _session(pk)
    if request.method == "POST":
        tell(
            request,
            lambda: operations.close_form(session=session, by=request.user, now=timezone.now()),
            "The form is closed.",
        )
        return redirect("session-feedback:session", pk)
    context = {
        "session": session,
        "attended": queries.attended(session),
        "is_recorded": queries.is_recorded(session),
        "at_least": AT_LEAST,
    }
    return render(request, "training/said_close.html", context)


def _qr(address: str) -> SafeString:
    code = segno.make(address, error="m")
    # Made of our own address alone; sizes are attributes, so that the policy needs no inline style
    return SafeString(
        code.svg_inline(border=4, omitsize=True, svgclass="app-qr", lineclass=None, title="QR code")
    )


def _session(pk: int) -> Session:
    session = queries.get_session(pk)
    if session is None:
        raise Http404
    return session
