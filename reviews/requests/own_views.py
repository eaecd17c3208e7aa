"""What I would like on my visit: asked for, and taken back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from organisation.queries import trust_settings
from reviews.models import TeamMember, VisitRequest
from reviews.own_views import of_own
from reviews.requests import operations, policies, queries
from reviews.requests.forms import RequestForm
from rules import RuleBroken, allows


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.OWN_PAGES)
@of_own
def ask(request: SignedInRequest, member: TeamMember) -> HttpResponse:
    """Ask for somebody beside me, to bring somebody, or to watch."""
    mine = queries.requests_of([member.pk]).get(member.pk, [])
    is_sent = request.method == "POST"
    if is_sent and "over" in request.POST:
        for each in mine:
            if str(each.pk) == request.POST["over"]:
                operations.take_back_request(request=each, by=request.user, now=timezone.now())
                messages.success(request, "Thank you. We know that you do not need it any more.")
        return redirect("own-reviews:visit", member.pk)
    if not is_sent and not allows(policies.check_is_to_come, member, today=timezone.localdate()):
        return redirect("own-reviews:visit", member.pk)
    form = RequestForm(request.POST if is_sent else None)
    if is_sent and form.is_valid():
        try:
            operations.make_request(
                member=member,
                kind=VisitRequest.Kind(form.cleaned_data["kind"]),
                how=TeamMember.How.ONLINE,
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, "Thank you. We will tell you before the visit.")
            return redirect("own-reviews:visit", member.pk)
    context = {"form": form, "member": member, "requests": mine, "trust": trust_settings()}
    return render(request, "reviews/requests/own.html", context)
