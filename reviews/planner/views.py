"""The plan for the next weeks: look at it, change it, ask those who are ticked."""

import re
from collections.abc import Iterable
from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from nhsuk import forms as nhs
from nhsuk.converters import can_be_id
from nhsuk.words import nhs_date
from organisation.queries import trust_settings
from reviewers.at_contact import needs_of
from reviews.planner.operations import Accepted, accept
from reviews.planner.queries import MOST, Proposal, make_plan
from reviews.queries import reviews_of

WINDOWS = ((30, "30 days"), (60, "60 days"), (120, "120 days"))
MOST_LINES = 2 * MOST
MOST_REASONS = 10
Pair = tuple[int, int]


class WindowForm(nhs.Form):
    """How far ahead to plan."""

    submit = "Plan"
    method = "get"
    submit_variant = "secondary"

    days = forms.TypedChoiceField(
        label="Plan the visits of the next", choices=WINDOWS, coerce=int, initial=60
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_REVIEWS)
def plan(request: SignedInRequest) -> HttpResponse:
    """Who could go on which visit; nobody is asked before somebody presses the button."""
    here = request.GET.copy()
    if request.method == "POST":
        return _ask(request, _pairs(request.POST.getlist("line")), here)
    form = WindowForm(request.GET if "days" in request.GET else None)
    days = form.cleaned_data["days"] if form.is_valid() else form.fields["days"].initial
    today = timezone.localdate()
    found = make_plan(
        reviews_of(request.user),
        today=today,
        until=today + timedelta(days=days),
        trust=trust_settings(),
        kept=dict(_pairs(here.getlist("keep"))),
        refused=set(_pairs(here.getlist("not"))),
    )
    context = {
        "form": form,
        "plan": found,
        "rows": [(each, *_ways(each, here)) for each in found.proposals],
        "is_changed": bool(here.getlist("keep") or here.getlist("not")),
        "start_url": f"?days={days}",
        "days": days,
        "most": MOST,
        "needs": needs_of({each.reviewer.pk for each in found.proposals}, request.user),
    }
    return render(request, "reviews/plan.html", context)


def _ask(request: SignedInRequest, lines: list[Pair], here: QueryDict) -> HttpResponse:
    address = f"{reverse('reviews:plan')}?{here.urlencode()}"
    if not lines:
        messages.error(request, "Tick at least one person. Then press the button again.")
        return redirect(address)
    _tell(request, accept(lines=lines, by=request.user, now=timezone.now()))
    return redirect(address)


def _tell(request: SignedInRequest, outcome: Accepted) -> None:
    asked = len(outcome.asked)
    if asked:
        people = "1 person has been asked." if asked == 1 else f"{asked} people have been asked."
        messages.success(request, people)
    for review, person, reason in outcome.refused[:MOST_REASONS]:
        where = f"{review.service}, {nhs_date(review.visit_on)}"
        messages.error(request, f"{person} was not asked to {where}. {reason}")
    more = len(outcome.refused) - MOST_REASONS
    if more > 0:
        messages.error(request, f"{more} more lines have changed. Look at the new plan.")


def _pairs(values: Iterable[str]) -> list[Pair]:
    """The reviews and people named; nonsense is left out."""
    found = []
    for value in list(values)[:MOST_LINES]:
        match = re.fullmatch(r"([0-9]+)-([0-9]+)", value)
        if match and all(can_be_id(part) for part in match.groups()):
            found.append((int(match[1]), int(match[2])))
    return found


def _ways(line: Proposal, here: QueryDict) -> tuple[str, str]:
    """The addresses that keep the line, or stop keeping it, and that plan without it."""
    keep, other = here.copy(), here.copy()
    kept = [each for each in here.getlist("keep") if each != line.key]
    keep.setlist("keep", kept if line.is_kept else [*kept, line.key])
    other.setlist("keep", kept)
    other.setlist("not", [*here.getlist("not"), line.key])
    return f"?{keep.urlencode()}", f"?{other.urlencode()}"
