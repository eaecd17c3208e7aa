"""The plan: look at it, keep and change lines, ask those who are ticked."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from jobs.models import Job
from jobs.queries import jobs_of
from nhsuk.converters import can_be_id
from nhsuk.paging import sheet_of
from nhsuk.words import nhs_date
from organisation.models import TrustSettings
from organisation.queries import trust_settings
from reviewers.at_contact import needs_of
from reviews.gate_list.policies import late_words
from reviews.planner import operations, queries
from reviews.planner.changing import choices_for
from reviews.planner.forms import FindForm, Where, WindowForm
from reviews.planner.plans import Plan, make_plan
from reviews.planner.words import lost_to_rest
from reviews.planner.world import in_window
from reviews.queries import get_review, reviews_of
from rules import RuleBroken

ROWS = 25
MOST_AT_ONCE = 50  # lines asked while somebody waits
MOST_LINES = 10_000
MOST_REASONS = 10
Pair = tuple[int, int]


@require_safe
@requires(Permission.PLAN_REVIEWS)
def plan(request: SignedInRequest) -> HttpResponse:
    """Who could go on which visit; nobody is asked before somebody presses the button."""
    today = timezone.localdate()
    where = Where.of(request.GET, today)
    form = WindowForm(request.GET if "first" in request.GET or "first_day" in request.GET else None)
    context: dict[str, Any] = {"form": form, "where": where}
    window = in_window(reviews_of(request.user), today=today, first=where.first, last=where.last)
    if not queries.is_small(window):
        context |= {"is_large": True, "last_plan": queries.last_plan(request.user)}
        return render(request, "reviews/plan.html", context)
    trust = trust_settings()
    found = make_plan(
        reviews_of(request.user), today=today, first=where.first, last=where.last, trust=trust
    )
    return render(request, "reviews/plan.html", context | _shown(request, found, where, trust))


@require_safe
@requires(Permission.PLAN_REVIEWS)
def made(request: SignedInRequest, pk: int) -> HttpResponse:
    """A plan that was worked out before, as things stood then."""
    job = _done(request, pk, operations.WORK_OUT)
    where = Where(
        date.fromisoformat(job.arguments["first"]),
        date.fromisoformat(job.arguments["last"]),
        Where.of(request.GET, timezone.localdate()).page,
        made=pk,
    )
    context = _shown(request, Plan.from_json(job.result), where, trust_settings())
    return render(request, "reviews/plan.html", context | {"made_at": job.finished_at})


def _done(request: SignedInRequest, pk: int, kind: str) -> Job:
    return get_object_or_404(jobs_of(request.user), pk=pk, kind=kind, state=Job.State.DONE)


def _shown(
    request: SignedInRequest, found: Plan, where: Where, trust: TrustSettings
) -> dict[str, Any]:
    sheet = sheet_of(found.lines, params=request.GET, size=ROWS)
    gaps = sheet_of(found.gaps, params=request.GET, name="gaps", size=ROWS)
    named = queries.named_in(found, sheet.rows, gaps.rows, request.user)
    rows = queries.rows_of(sheet.rows, named)
    return {
        "plan": found,
        "where": where,
        "sheet": sheet,
        "rows": rows,
        "late": {row.review.pk: late_words(row.review, timezone.localdate()) for row in rows},
        "needs": needs_of({row.reviewer.pk for row in rows}, request.user),
        "gaps": gaps,
        "gap_rows": queries.gap_rows_of(gaps.rows, named),
        "waiting": named.in_order(found.waiting),
        "waiting_summary": f"Waiting for an answer ({len(found.waiting)})",
        "lost": named.in_order(found.lost),
        "lost_to_company": named.in_order(found.lost_to_company),
        "lost_to_secure": named.in_order(found.lost_to_secure),
        "closed": named.in_order(found.closed),
        "lost_to_rest": lost_to_rest(found.lost_to_rest, is_exact=found.is_exact),
        "not_kept": queries.not_kept(found.not_kept, named, trust=trust, now=timezone.now()),
        "all_lines": "all" if where.made else " ".join(line.key for line in found.lines),
        "ask_all_summary": f"Ask everybody in the plan ({len(found.lines)})",
    }


@require_POST
@requires(Permission.PLAN_REVIEWS)
def work_out(request: SignedInRequest) -> HttpResponse:
    """Have the plan of a large window worked out."""
    now = timezone.now()
    where = Where.of(request.POST, timezone.localdate(now))
    try:
        job = operations.ask_for_plan(first=where.first, last=where.last, by=request.user, now=now)
    except RuleBroken as broken:
        messages.error(request, str(broken))
        return redirect("reviews:plan")
    return redirect("jobs:detail", job.pk)


@require_POST
@requires(Permission.PLAN_REVIEWS)
def ask(request: SignedInRequest) -> HttpResponse:
    """Ask those who were ticked, or everybody in the plan."""
    now = timezone.now()
    where = Where.of(request.POST, timezone.localdate(now))
    if "all" in request.POST:
        days = _everybody(request, where)
        lines = queries.not_asked(days)
    else:
        days = _days(request.POST.getlist("line"))
        lines = list(days)
    if not lines:
        messages.error(request, "Tick at least one person. Then press the button again.")
        return redirect(where.url)
    if len(lines) > MOST_AT_ONCE:
        job = operations.ask_everybody(lines=lines, days=days, by=request.user, now=now)
        return redirect("jobs:detail", job.pk)
    outcome = operations.accept(lines=lines, days=days, by=request.user, now=now)
    rows = queries.refused_of(outcome.refused, request.user)
    if outcome.asked:
        messages.success(request, _have_been_asked(len(outcome.asked)))
    for row in rows[:MOST_REASONS]:
        messages.error(request, row.sentence)
    if len(rows) > MOST_REASONS:
        more = len(rows) - MOST_REASONS
        messages.error(request, f"{more} more lines have changed. Look at the new plan.")
    return redirect(where.url)


def _everybody(request: SignedInRequest, where: Where) -> dict[Pair, str]:
    if where.made is None:
        return _days(request.POST.get("all", "").split())
    job = _done(request, where.made, operations.WORK_OUT)
    lines = Plan.from_json(job.result).lines
    return {(line.review, line.person): line.day for line in lines}


def _have_been_asked(number: int) -> str:
    return "1 person has been asked." if number == 1 else f"{number} people have been asked."


def _days(values: Iterable[str]) -> dict[Pair, str]:
    """The visits and people named, each with the day it was for; nonsense is left out."""
    found = {}
    for value in list(values)[:MOST_LINES]:
        match = re.fullmatch(r"([0-9]+)-([0-9]+)(?:-([0-9-]*))?", value)
        if match and can_be_id(match[1]) and can_be_id(match[2]):
            found[int(match[1]), int(match[2])] = match[3] or ""
    return found


@require_safe
@requires(Permission.PLAN_REVIEWS)
def asked(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who of many was asked, and which lines no longer held."""
    job = _done(request, pk, operations.ASK)
    refused = [operations.Refused(**each) for each in job.result["refused"]]
    sheet = sheet_of(refused, params=request.GET, size=ROWS)
    context = {
        "asked": _have_been_asked(len(job.result["asked"])) if job.result["asked"] else "",
        "sheet": sheet,
        "rows": queries.refused_of(sheet.rows, request.user),
    }
    return render(request, "reviews/plan_asked.html", context)


@require_POST
@requires(Permission.PLAN_REVIEWS)
def keep(request: SignedInRequest) -> HttpResponse:
    """Keep a person for a visit, perhaps in place of another."""
    now = timezone.now()
    where = Where.of(request.POST, timezone.localdate(now))
    review = get_review(user=request.user, pk=_id(request, "review"))
    person = queries.get_person(_id(request, "person"))
    before = request.POST.get("instead_of", "")
    instead_of = queries.get_person(_id(request, "instead_of")) if before else None
    try:
        operations.keep(
            review=review, reviewer=person, instead_of=instead_of, by=request.user, now=now
        )
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        day = nhs_date(review.visit_on)
        again = " Work the plan out again to see what follows." if where.made else ""
        messages.success(request, f"{person} is kept for {review.service.name}, {day}.{again}")
    return redirect(where.url)


def _id(request: SignedInRequest, name: str) -> int:
    value = request.POST.get(name, "")
    if not can_be_id(value):
        raise Http404
    return int(value)


@require_POST
@requires(Permission.PLAN_REVIEWS)
def let_go(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let the planner choose again for a place."""
    now = timezone.now()
    kept = queries.get_kept(request.user, pk)
    operations.let_go(kept=kept, by=request.user, now=now)
    messages.success(request, f"{kept.reviewer} is no longer kept for {kept.review.service.name}.")
    return redirect(Where.of(request.POST, timezone.localdate(now)).url)


@require_safe
@requires(Permission.PLAN_REVIEWS)
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who else could go on a visit, and what that costs."""
    today = timezone.localdate()
    review = get_review(user=request.user, pk=pk)
    before = request.GET.get("person", "")
    person = queries.get_person(int(before)) if can_be_id(before) else None
    form = FindForm(request.GET)
    found = choices_for(
        review,
        instead_of=person.pk if person else 0,
        who=form.cleaned_data["who"] if form.is_valid() else "",
        user=request.user,
        today=today,
        trust=trust_settings(),
    )
    context = {
        "review": review,
        "late": late_words(review, today),
        "person": person,
        "form": form,
        "choices": found,
        "where": Where.of(request.GET, today),
        "needs": needs_of({row.reviewer.pk for row in found.rows}, request.user),
    }
    return render(request, "reviews/plan_change.html", context)
