"""The form that gives somebody longer to answer."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from nhsuk import forms as nhs
from nhsuk.fields import SplitDateField
from nhsuk.words import nhs_deadline
from reviewers.at_contact import needs_of_one
from reviews.longer.operations import give_longer
from reviews.longer.policies import check_waits_for_answer
from reviews.queries import get_member
from rules import RuleBroken

PROPOSED = timedelta(days=3)


class LongerForm(nhs.Form):
    """Until when."""

    submit = "Give them longer, and tell them"

    day = SplitDateField(label="Last day to answer", help_text="For example, 27 3 2026")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_REVIEWS)
def longer(request: SignedInRequest, pk: int, member: int) -> HttpResponse:
    """Let one person answer until a later day."""
    found, now = get_member(user=request.user, review_pk=pk, pk=member), timezone.now()
    try:
        check_waits_for_answer(found, now)
    except RuleBroken as broken:
        messages.error(request, str(broken))
        return redirect("reviews:detail", pk)
    has = timezone.localdate(found.answer_by - timedelta(seconds=1) if found.answer_by else now)
    proposed = min(has + PROPOSED, found.review.visit_on)
    form = LongerForm(request.POST if request.method == "POST" else None, initial={"day": proposed})
    if request.method == "POST" and form.is_valid():
        try:
            given = give_longer(
                member=found, day=form.cleaned_data["day"], by=request.user, now=now
            )
        except RuleBroken as broken:
            form.add_error("day", str(broken))
        else:
            until = nhs_deadline(given.answer_by)
            messages.success(request, f"{given.reviewer} has until {until} to answer.")
            return redirect("reviews:detail", pk)
    needs = needs_of_one(found.reviewer_id, request.user)
    return render(request, "reviews/longer.html", {"form": form, "member": found, "needs": needs})
