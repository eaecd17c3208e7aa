"""Planning a quarter from the services that are due; a month as a calendar."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest, requires
from accounts.models import User
from accounts.permissions import Permission
from nhsuk.converters import can_be_id
from nhsuk.words import nhs_day
from organisation.models import Service
from organisation.queries import trust_settings
from reviews import operations
from reviews.year import queries
from reviews.year.clashes import Known, clashes, spread
from reviews.year.forms import DaysForm, DueForm
from reviews.year.months import Month, month_called, month_of
from reviews.year.quarters import Quarter, quarter_called, quarters_around
from rules import RuleBroken

QUARTERS_AHEAD = 4
TO_GET_READY = timedelta(days=14)  # to ask people, besides the notice that a site wants


@require_safe
@requires(Permission.PLAN_REVIEWS)
def due(request: SignedInRequest) -> HttpResponse:
    """Services whose next review is due, to tick."""
    today = timezone.localdate()
    quarters = quarters_around(today, before=0, after=QUARTERS_AHEAD)
    form = DueForm(request.GET or QueryDict(f"quarter={quarters[0].key}"), quarters=quarters)
    quarter = form.chosen
    trust = trust_settings()
    services = queries.due(quarter, trust)
    if form.is_valid():
        narrowed = {
            "directorate": form.cleaned_data["directorate"],
            "setting": form.cleaned_data["setting"],
        }
        services = services.filter(**{name: value for name, value in narrowed.items() if value})
    found = list(services[: queries.MOST_DUE + 1])
    context = {
        "form": form,
        "quarter": quarter,
        "services": found[: queries.MOST_DUE],
        "has_more": len(found) > queries.MOST_DUE,
        "every": trust.review_every_months,
    }
    return render(request, "reviews/year/due.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_REVIEWS)
def days(request: SignedInRequest) -> HttpResponse:
    """A day for each ticked service: proposed first, then planned as the form says."""
    now, sent = timezone.now(), request.POST if request.method == "POST" else request.GET
    quarter = quarter_called(sent.get("quarter", ""))
    ids = {int(each) for each in sent.getlist("service") if can_be_id(each)}
    services = queries.chosen(ids) if len(ids) <= queries.MOST_DUE else []
    if quarter is None or not services:
        messages.error(request, "Tick the services whose review you want to plan.")
        back = f"?quarter={quarter.key}" if quarter else ""
        return redirect(reverse("reviews:due") + back)
    if request.method == "POST":
        form = DaysForm(request.POST, services=services, proposed={})
        if form.is_valid() and _is_planned(form, by=request.user, now=now):
            reviews = "1 review is" if len(services) == 1 else f"{len(services)} reviews are"
            messages.success(request, f"{reviews} planned. Now ask people to come.")
            return redirect(f"{reverse('reviews:list')}?status=coming&quarter={quarter.key}")
    else:
        proposed = _proposed(services, quarter, timezone.localdate(now))
        form = DaysForm(services=services, proposed=proposed)
    context = {"form": form, "quarter": quarter, "services": services}
    return render(request, "reviews/year/days.html", context)


def _proposed(services: Sequence[Service], quarter: Quarter, today: date) -> dict[int, date | None]:
    known = queries.known_of(services, quarter.first, quarter.last, trust_settings())
    ready = [
        (each, today + TO_GET_READY + timedelta(days=each.site.notice_days)) for each in services
    ]
    return spread(ready, [day for day in quarter.days if day > today], known)


def _is_planned(form: DaysForm, *, by: User, now: datetime) -> bool:
    """Plan them; False where something speaks against it, which the form says then."""
    visits = form.visits
    listed = " ".join(f"{service.pk}:{day}" for service, day in visits)
    if not form.is_meant(listed) and (against := _against(visits)):
        form.warn(against, listed)
        return False
    try:
        operations.plan_reviews(visits=visits, by=by, now=now)
    except RuleBroken as error:
        form.add_error(None, str(error))
        return False
    return True


def _against(visits: Sequence[tuple[Service, date]]) -> list[str]:
    """What speaks against these days, each visit seen beside the ones before it in the list."""
    trust = trust_settings()
    planned = [day for _, day in visits]
    known: Known = queries.known_of([s for s, _ in visits], min(planned), max(planned), trust)
    found = []
    for service, day in visits:
        found += [f"{service}, {nhs_day(day)}: {each}" for each in clashes(service, day, known)]
        known.add(service, day)
    return found


@require_safe
@requires(Permission.PLAN_REVIEWS, Permission.RECORD_OWN_VISITS)
def month(request: SignedInRequest, key: str = "") -> HttpResponse:
    """The visits of a month: a calendar, and the same as a table."""
    today = timezone.localdate()
    shown: Month = month_called(key) if key else month_of(today)
    visits = list(queries.visits_of(request.user, shown.first, shown.last))
    may_plan = request.user.may(Permission.PLAN_REVIEWS)
    moving = None
    if may_plan and can_be_id(request.GET.get("move", "")):
        moving = queries.get_to_move(request.user, int(request.GET["move"]))
    context = {
        "month": shown,
        "weeks": shown.weeks(visits, today),
        "visits": visits,
        "moving": moving,
        "may_plan": may_plan,
    }
    return render(request, "reviews/year/month.html", context)
