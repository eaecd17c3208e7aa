"""An LXR's own first visit: how they would like to start."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from reviews.first_visits import operations, queries
from reviews.first_visits.forms import WishForm
from reviews.first_visits.models import FirstVisit
from rules import RuleBroken


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.OWN_PAGES)
def first_visit(request: SignedInRequest) -> HttpResponse:
    """How I would like to start, and who comes with me."""
    me = queries.own(request.user)
    if me is None:
        raise Http404
    first = getattr(me, "first_visit", None)
    start = {"wish": first.wish, "not_before": first.not_before} if first else {}
    form = WishForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            operations.say(
                reviewer=me,
                wish=FirstVisit.Wish(form.cleaned_data["wish"]),
                not_before=form.cleaned_data["not_before"],
                how=FirstVisit.How.ONLINE,
                by=request.user,
                now=timezone.now(),
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, "Thank you. You have told us how you would like to start.")
            return redirect("own-reviews:first-visit")
    context = {
        "form": form,
        "me": me,
        "first": first,
        "has_been": bool(queries.first_visit_days([me.pk])),
    }
    return render(request, "reviews/first_visits/own.html", context)
