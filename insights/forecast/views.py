"""What would it take? The latest forecast, and having it worked out anew."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from insights.forecast import grounds, presenting, tables
from insights.forecast.operations import ask_for_forecast
from insights.forecast.queries import Latest, latest_forecast
from insights.queries import directorates, sees_small_numbers


@requires(Permission.SEE_FIGURES)
@require_safe
def forecast(request: SignedInRequest) -> HttpResponse:
    """How many ready people it takes, directorate by directorate."""
    context: dict[str, Any] = {"may_ask": request.user.may(Permission.PLAN_REVIEWS)}
    latest = latest_forecast()
    if latest is not None:
        context |= _shown(latest, hides_small=not sees_small_numbers(request.user))
    return render(request, "insights/forecast.html", context)


def _shown(latest: Latest, *, hides_small: bool) -> dict[str, Any]:
    findings = latest.findings
    names = {each.pk: each.name for each in directorates()}
    rows = presenting.rows_of(findings, names, latest.as_at, hides_small=hides_small)
    title = presenting.finding(rows, hides_small=hides_small)
    asked = findings.answers.said_yes.of
    granted = grounds.assumptions(findings, names, hides_small=hides_small) if rows else []
    return {
        "latest": latest,
        "has_answers": asked > 0,
        "is_few": asked < grounds.FEW_ANSWERS,
        "rows": rows,
        "finding": title,
        "chart": presenting.chart(rows, title),
        "is_cut": len(rows) > presenting.SHOWN,
        "together": presenting.together(findings, rows),
        "lead": grounds.of_lead(findings.lead),
        "assumptions": granted,
        "needs": tables.needs_table(rows),
        "came_of_asking": tables.asked_table(rows),
        "held": tables.held_table(findings.held),
        "past": grounds.of_past(findings.held),
        "hides_small": hides_small,
    }


@requires(Permission.PLAN_REVIEWS)
@require_POST
def again(request: SignedInRequest) -> HttpResponse:
    """Have it worked out anew, and watch."""
    job = ask_for_forecast(by=request.user, now=timezone.now())
    return redirect("jobs:detail", job.pk)
