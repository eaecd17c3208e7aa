"""The figures and charts."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from insights import change, presenting, queries
from insights.figures import FIGURES, TRAINING_FIGURES
from insights.forms import FiguresForm
from insights.periods import last_months, shortcuts
from insights.suppression import shows_share
from insights.training import count_training, said_by_version
from nhsuk.paging import Sort, paginate

SESSIONS_SHOWN = 12
SESSION_SORTS = (
    Sort("latest", "Latest first", "held_on", descending=True),
    Sort("earliest", "Earliest first", "held_on"),
)


@requires(Permission.SEE_FIGURES)
@require_safe
def overview(request: SignedInRequest) -> HttpResponse:
    """All figures of a period, on one page that prints."""
    today = timezone.localdate()
    directorates = queries.directorates()
    months = queries.months_to_choose(today)
    form = FiguresForm(
        request.GET,
        default=last_months(12, today),
        months=months,
        directorates=directorates,
        today=today,
    )
    period, chosen = form.period, form.chosen
    figures = queries.read_figures(period, directorates, chosen)
    hides_small = not queries.sees_small_numbers(request.user)
    # Two days' numbers of people would give away the difference, so an observer sees one day's.
    as_at = today if hides_small else period.until
    sessions, has_earlier = queries.latest_sessions(as_at, SESSIONS_SHOWN)
    hidden = queries.hidden_session_ids(as_at) if hides_small else set()
    return render(
        request,
        "insights/overview.html",
        {
            "form": form,
            "shortcuts": [
                (name, form.address_of(each)) for name, each in shortcuts(today, months[0])
            ],
            "period": period,
            "chosen": chosen,
            "counts": figures.overall,
            "by_month": presenting.month_chart(figures),
            "by_directorate": presenting.directorate_chart(presenting.directorate_rows(figures)),
            "by_setting": presenting.setting_rows(figures),
            "coverage": presenting.coverage_cards(figures.overall),
            "people": presenting.people_cards(queries.people_as_at(as_at), hides_small=hides_small),
            "as_at": as_at,
            "by_session": presenting.session_chart(sessions, hidden),
            "has_earlier_sessions": has_earlier,
            "impact": presenting.impact_chart(figures.overall, hides_small=hides_small),
            "hides_small": hides_small,
            "definitions": FIGURES,
            "may_publish": request.user.may(Permission.PUBLISH_FIGURES),
        },
    )


@requires(Permission.SEE_FIGURES)
@require_safe
def training(request: SignedInRequest) -> HttpResponse:
    """Training, and how long it is from there to a first visit."""
    today = timezone.localdate()
    hides_small = not queries.sees_small_numbers(request.user)
    figures = count_training(today)
    latest, has_earlier = queries.latest_sessions(today, SESSIONS_SHOWN)
    hidden = queries.hidden_session_ids(today) if hides_small else set()
    first = figures.first_visits
    context = {
        "as_at": today,
        "by_session": presenting.session_chart(latest, hidden),
        "has_earlier_sessions": has_earlier,
        # Beside the sessions' numbers, each step would give away those that are not shown.
        "trained": None if hides_small else presenting.trained_chart(figures.trained),
        "cards": presenting.training_cards(figures, hides_small=hides_small),
        "said": said_by_version(today),
        "first": first,
        "shows_first": not hides_small or shows_share(first.been),
        "shows_parts": not hides_small,
        "finding": presenting.first_visit_finding(first, hides_small=hides_small),
        "hides_small": hides_small,
        "definitions": TRAINING_FIGURES,
    }
    return render(request, "insights/training.html", context)


@requires(Permission.SEE_FIGURES)
@require_safe
def chance_or_change(request: SignedInRequest) -> HttpResponse:
    """Whether coverage has moved by more than chance."""
    today = timezone.localdate()
    queries.months_to_choose(today)  # counts again what has changed
    figures = queries.read_figures(last_months(change.MOST_SHOWN, today), [])
    monthly = change.monthly([(month, counts.coverage) for month, counts in figures.by_month])
    misses = change.misses(today)
    context = {
        "misses": misses,
        "shown_runs": misses.runs[-change.MOST_SHOWN :],
        "misses_svg": presenting.misses_svg(misses),
        "monthly": monthly,
        "monthly_svg": presenting.monthly_svg(monthly),
    }
    return render(request, "insights/change.html", context)


@requires(Permission.SEE_FIGURES)
@require_safe
def sessions(request: SignedInRequest) -> HttpResponse:
    """Every training session held so far, and how many attended."""
    today = timezone.localdate()
    page = paginate(queries.held_sessions(today), params=request.GET, sorts=SESSION_SORTS)
    is_observer = not queries.sees_small_numbers(request.user)
    hidden = queries.hidden_session_ids(today) if is_observer else set()
    rows = presenting.session_rows(page.rows, hidden)
    return render(request, "insights/sessions.html", {"page": page, "rows": rows})
