"""The pages of calendar addresses, and the calendar that an address opens."""

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
from reviews.calendar import Writer
from reviews.feeds import operations, queries
from reviews.feeds.addresses import address_of, find
from reviews.models import TeamFeed


# Public: a calendar cannot sign in. The secret in the address says whose visits it may have.
@require_safe
@never_cache
@public
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """The visits of whoever made the address, or all for the team; "not found" for any other."""
    feed = find(secret)
    if feed is None:
        raise Http404
    now = timezone.now()
    today = timezone.localdate(now)
    writer = Writer(trust_settings(), settings.PUBLIC_URL, now)
    if isinstance(feed, TeamFeed):
        reviews = queries.visits_of_all(today=today)
        numbers = queries.sequences_of_reviews(each.pk for each in reviews)
        made = writer.calendar_of_team(reviews, numbers)
    else:
        visits = queries.visits_of(feed.user, today=today)
        made = writer.calendar_of(visits, queries.sequences(visits))
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
    """The calendar address of somebody of the staff; for those who plan, the team's beside it."""
    return _page(request, "reviews:feed", is_own=False)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@requires(Permission.CHANGE_SETTINGS)
def for_team(request: SignedInRequest) -> HttpResponse:
    """Switch the team's calendar on or off. The address is for those who plan visits."""
    if request.method == "POST":
        now = timezone.now()
        if request.POST.get("to") == "off":
            operations.switch_team_calendar_off(by=request.user, now=now)
            messages.success(request, "The team's calendar is off. Nobody can use its address now.")
        else:
            operations.switch_team_calendar_on(by=request.user, now=now)
            messages.success(request, "The team's calendar is on, with a new address.")
        return redirect("reviews:team-feed")
    return render(request, "reviews/team_feed.html", {"feed": queries.team_feed()})


def _page(request: SignedInRequest, name: str, *, is_own: bool) -> HttpResponse:
    if request.method == "POST":
        if request.POST.get("to") == "stop":
            operations.stop_address(user=request.user, now=timezone.now())
            messages.success(request, "Your calendar address is stopped. Nobody can use it now.")
        else:
            operations.make_address(user=request.user, now=timezone.now())
            messages.success(request, "Here is your calendar address.")
        return redirect(name)
    feed = queries.feed_of(request.user)
    may_plan = not is_own and request.user.may(Permission.PLAN_REVIEWS)
    team = queries.team_feed() if may_plan else None
    address, of_team = (address_of(each) if each else "" for each in (feed, team))
    context = {
        "feed": feed,
        "here_url": reverse(name),
        "address": address,
        "subscribe": _subscribe(address),
        "is_own": is_own,
        "may_plan": may_plan,
        "team_address": of_team,
        "team_subscribe": _subscribe(of_team),
    }
    return render(request, "reviews/feed.html", context)


def _subscribe(address: str) -> str:
    """What opens the calendar of a phone, and asks there."""
    return f"webcal://{address.partition('://')[2]}"
