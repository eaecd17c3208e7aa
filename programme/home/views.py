"""Home: an LXR's next visit, or what staff have to do."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, signed_in
from accounts.models import User
from accounts.permissions import Permission
from checks.queries import assessments_to_approve
from insights.numbers import Share
from insights.queries import headline, people_as_at, sees_small_numbers
from insights.suppression import shown_people
from programme.home.queries import work_of


@require_safe
@signed_in
def home(request: SignedInRequest) -> HttpResponse:
    """Where everybody arrives: LXRs at their next visit, staff at their work."""
    user, now = request.user, timezone.now()
    if user.may(Permission.OWN_PAGES) and not user.may(Permission.USE_STAFF_HOME):
        return redirect("own-reviews:next")
    work = work_of(user, now)
    context = {
        "to_do": [each for each in work if each.lines],
        "done": [each.done for each in work if each.done and not each.lines],
        "headline": headline(user, now),
        "activation": _activation(user, now),
        "may_see_checks": user.may(Permission.EDIT_CHECKS),
        "may_approve": user.may(Permission.APPROVE_ASSESSMENTS),
        "approvals": _approvals(user),
        "may_administer": user.may(Permission.ADMINISTER),
        "may_see_access_log": user.may(Permission.SEE_ACCESS_LOG),
        "leads_visits": user.may(Permission.RECORD_OWN_VISITS),
    }
    return render(request, "programme/home.html", context)


def _approvals(user: User) -> str:
    """What waits for this user to approve it, in words; empty for nothing."""
    if not user.may(Permission.APPROVE_ASSESSMENTS):
        return ""
    waiting = assessments_to_approve(user).count()
    return f"Approve {waiting} decision{'' if waiting == 1 else 's'}" if waiting else ""


def _activation(user: User, now: datetime) -> Share | None:
    """Trained people who have been on a visit since, for whoever may see figures."""
    if not user.may(Permission.SEE_FIGURES):
        return None
    people = people_as_at(timezone.localdate(now))
    return shown_people(people, hides_small=not sees_small_numbers(user)).activation
