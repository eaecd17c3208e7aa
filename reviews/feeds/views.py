"""The page of one's calendar address, and the calendar that the address opens."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest, public, requires
from accounts.permissions import Permission
from organisation.queries import trust_settings
from reviews.calendar import calendar_of
from reviews.feeds.addresses import address_of, find
from reviews.feeds.operations import make_address, stop_address
from reviews.feeds.queries import feed_of, sequences, visits_of


# Public: a calendar cannot sign in. The secret in the address says whose visits it may have.
@require_safe
@never_cache
@public
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """The visits of whoever made the address; "not found" for any other."""
    feed = find(secret)
    if feed is None:
        raise Http404
    now = timezone.now()
    visits = visits_of(feed.user, today=timezone.localdate(now))
    made = calendar_of(
        visits,
        sequences=sequences(visits),
        trust=trust_settings(),
        portal=settings.PUBLIC_URL,
        now=now,
    )
    response = HttpResponse(made, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="visits.ics"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@requires(Permission.OWN_PAGES)
def own(request: SignedInRequest) -> HttpResponse:
    """An LXR's calendar address."""
    return _page(request, "own-reviews:feed", is_own=True)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@requires(Permission.RECORD_OWN_VISITS, Permission.PLAN_REVIEWS)
def for_staff(request: SignedInRequest) -> HttpResponse:
    """The calendar address of somebody of the staff, with the visits they are on."""
    return _page(request, "reviews:feed", is_own=False)


def _page(request: SignedInRequest, name: str, *, is_own: bool) -> HttpResponse:
    if request.method == "POST":
        if request.POST.get("to") == "stop":
            stop_address(user=request.user, now=timezone.now())
            messages.success(request, "Your calendar address is stopped. Nobody can use it now.")
        else:
            make_address(user=request.user, now=timezone.now())
            messages.success(request, "Here is your calendar address.")
        return redirect(name)
    feed = feed_of(request.user)
    address = address_of(feed) if feed else ""
    context = {
        "feed": feed,
        "here_url": reverse(name),
        "address": address,
        # Opens the calendar of a phone, and asks there.
        "subscribe": f"webcal://{address.partition('://')[2]}",
        "is_own": is_own,
    }
    return render(request, "reviews/feed.html", context)
