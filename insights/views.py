"""The figures and charts."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from insights import queries
from insights.exports import FORMATS, TABLES, as_file, look_of, permission_of
from insights.figures import (
    ATTENDEES,
    COVERAGE,
    FIGURES,
    MISSED,
    STEPS_TAKEN,
    TRAINING_FIGURES,
)
from insights.looking import ChangeLook, Look, ReportedLook, TrainingLook
from insights.presenting import cards, coverage, people
from insights.presenting import change as changed
from insights.presenting.definitions import defined
from insights.presenting.ratings import IMPACT, QUESTIONS, SUPPORT
from insights.presenting.reported import reported_finding, reported_table
from insights.presenting.responses import RESPONSES
from insights.training import count_training, said_by_version
from nhsuk.paging import Sort, paginate

SESSIONS_SHOWN = 12
SESSION_SORTS = (
    Sort("latest", "Latest first", "held_on", descending=True),
    Sort("earliest", "Earliest first", "held_on"),
)


def _look(request: SignedInRequest) -> Look:
    return Look(request.user, request.GET, timezone.localdate())


@requires(Permission.SEE_FIGURES)
@require_safe
def overview(request: SignedInRequest) -> HttpResponse:
    """All figures of a period, on one page that prints."""
    look = _look(request)
    figures, hides_small = look.figures, look.hides_small
    sessions, has_earlier = queries.latest_sessions(look.people_as_at, SESSIONS_SHOWN)
    context = {
        "look": look,
        "form": look.form,
        "address": look.address,
        "counts": figures.overall,
        "coverage": cards.coverage_cards(figures.overall),
        "by_month": coverage.month_chart(figures),
        "by_directorate": coverage.directorate_chart(figures),
        "by_setting": coverage.setting_table(figures),
        "people": cards.people_cards(look.people, hides_small=hides_small),
        "by_session": people.session_chart(sessions, look.hidden_sessions),
        "has_earlier_sessions": has_earlier,
        "impact": look.impact,
        "impact_by_directorate": look.impact_by_directorate,
        "definitions": defined(*FIGURES),
        "may_publish": request.user.may(Permission.PUBLISH_FIGURES),
    }
    return render(request, "insights/overview.html", context)


@requires(Permission.SEE_FIGURES)
@require_safe
def missed(request: SignedInRequest) -> HttpResponse:
    """Why no LXR took part."""
    look = _look(request)
    context = {
        "look": look,
        "form": look.form,
        "address": look.address,
        "figure": MISSED,
        "counts": look.figures.overall,
        "by_reason": look.missed.by_reason(),
        "harder_to_reach": look.missed.harder_to_reach(),
        "by_site": look.missed_by_site,
        "by_directorate": look.missed.by_directorate(),
        "by_setting": look.missed.by_setting(),
        "by_month": look.missed.by_month(),
        "definitions": defined(MISSED),
    }
    return render(request, "insights/missed.html", context)


@requires(Permission.SEE_FIGURES)
@require_safe
def ratings(request: SignedInRequest) -> HttpResponse:
    """How many gave each rating, and not the mean alone."""
    look = _look(request)
    context = {
        "look": look,
        "form": look.form,
        "address": look.address,
        "impact": [look.ratings(question) for question in IMPACT],
        "support": [look.ratings(question) for question in SUPPORT],
        "definitions": defined(*QUESTIONS.values()),
    }
    return render(request, "insights/ratings.html", context)


@requires(Permission.SEE_FEEDBACK)
@require_safe
def rates(request: SignedInRequest) -> HttpResponse:
    """Who answers: asked, reminded, received and declined, of each audience."""
    look = _look(request)
    context = {
        "look": look,
        "form": look.form,
        "address": look.address,
        "responses": look.responses,
        "definitions": defined(*RESPONSES.values()),
    }
    return render(request, "insights/rates.html", context)


@requires(Permission.SEE_FIGURES)
@require_safe
def funnel(request: SignedInRequest) -> HttpResponse:
    """From an enquiry to a first review."""
    look = _look(request)
    context = {"look": look, "chart": look.funnel.chart(), "definitions": defined(STEPS_TAKEN)}
    return render(request, "insights/funnel.html", context)


@requires(Permission.SEE_FIGURES)
@require_safe
def training(request: SignedInRequest) -> HttpResponse:
    """Training, and how long it is from there to a first visit."""
    look = TrainingLook(request.user, request.GET, timezone.localdate())
    hides_small = look.hides_small
    figures = count_training(look.as_at)
    latest, has_earlier = queries.latest_sessions(look.as_at, SESSIONS_SHOWN)
    first = figures.first_visits
    context = {
        "look": look,
        "form": look.day_form,
        "address": look.address,
        "by_session": people.session_chart(latest, look.hidden_sessions),
        "has_earlier_sessions": has_earlier,
        # Beside the sessions' numbers, each step would give away those that are not shown.
        "trained": None if hides_small else people.trained_chart(figures.trained),
        "cards": cards.training_cards(figures, hides_small=hides_small),
        "said": people.said_table(said_by_version(look.as_at)),
        "first": people.first_visit_table(first, hides_small=hides_small),
        "finding": people.first_visit_finding(first, hides_small=hides_small),
        "definitions": defined(*TRAINING_FIGURES),
    }
    return render(request, "insights/training.html", context)


@requires(Permission.SEE_FIGURES)
@require_safe
def chance_or_change(request: SignedInRequest) -> HttpResponse:
    """Whether coverage has moved by more than chance."""
    look = ChangeLook(request.user, request.GET, timezone.localdate())
    context = {
        "look": look,
        "form": look.form,
        "address": look.address,
        "over": look.misses.over,
        "misses": changed.misses_chart(look.misses),
        "monthly": changed.monthly_chart(look.monthly),
        "assurance": look.monthly.assurance,
        "definitions": defined(COVERAGE),
    }
    return render(request, "insights/change.html", context)


@requires(Permission.SEE_FIGURES)
@require_safe
def reported(request: SignedInRequest) -> HttpResponse:
    """A figure as first reported, month by month, beside what it is now."""
    look = ReportedLook(request.user, request.GET, timezone.localdate())
    context = {
        "look": look,
        "form": look.form,
        "address": look.address,
        "figure": look.figure,
        "finding": reported_finding(look.rows),
        "table": reported_table(look.figure, look.rows),
        "is_of_all": look.directorate != look.chosen.directorate,
        "definitions": defined(look.figure),
    }
    return render(request, "insights/reported.html", context)


@requires(Permission.SEE_FIGURES)
@require_safe
def sessions(request: SignedInRequest) -> HttpResponse:
    """Every training session held so far, and how many attended."""
    today = timezone.localdate()
    page = paginate(queries.held_sessions(today), params=request.GET, sorts=SESSION_SORTS)
    is_observer = not queries.sees_small_numbers(request.user)
    hidden = queries.hidden_session_ids(today) if is_observer else set()
    found = people.session_table(list(people.session_rows(page.rows, hidden)))
    context = {"page": page, "table": found, "definitions": defined(ATTENDEES)}
    return render(request, "insights/sessions.html", context)


@requires(Permission.SEE_FIGURES)
@require_safe
def table(request: SignedInRequest, key: str, kind: str) -> HttpResponseBase:
    """One table as a file, as its page shows it."""
    if key not in TABLES or kind not in FORMATS or not request.user.may(permission_of(key)):
        raise Http404
    look = look_of(key)(request.user, request.GET, timezone.localdate())
    found = TABLES[key](look)
    if found is None:
        raise Http404
    return as_file(found, kind, look)
