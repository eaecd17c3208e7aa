"""How long things are kept, what would go, and the legal holds. For who holds governance."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from nhsuk.paging import Sort, paginate
from organisation.queries import trust_settings
from programme.retention import holds, queries
from programme.retention.forms import AsAtForm, HoldForm
from rules import RuleBroken

SORTS = (Sort("newest", "Newest first", "placed_at", descending=True),)


@require_safe
@requires(Permission.GOVERN_RETENTION)
def overview(request: SignedInRequest) -> HttpResponse:
    """Each rule in words, and how many rows would go by it on a day."""
    form = AsAtForm(request.GET or None)
    on = form.day(timezone.localdate())
    context = {
        "form": form,
        "on": on,
        "is_today": on == timezone.localdate(),
        "due": queries.due(on=on, trust=trust_settings()),
        "others": queries.without_clock(),
        "held": queries.live_holds(),
    }
    return render(request, "programme/retention.html", context)


@require_safe
@requires(Permission.GOVERN_RETENTION)
def hold_list(request: SignedInRequest) -> HttpResponse:
    """Every hold, live ones and lifted ones."""
    page = paginate(queries.holds(), params=request.GET, sorts=SORTS)
    return render(request, "programme/holds.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.GOVERN_RETENTION)
def place_hold(request: SignedInRequest) -> HttpResponse:
    """Place a hold, with its reason."""
    form = HoldForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reviewer = queries.with_reference(form.cleaned_data["reference"])
        if reviewer is None:
            form.add_error("reference", "There is nobody with this reference")
        else:
            try:
                holds.place(
                    reviewer=reviewer,
                    reason=form.cleaned_data["reason"],
                    by=request.user,
                    now=timezone.now(),
                )
            except RuleBroken as broken:
                form.add_error("reference", str(broken))
            else:
                messages.success(request, f"Nothing held on {reviewer} will go until you lift it.")
                return redirect("programme:holds")
    return render(request, "programme/place_hold.html", {"form": form})


@require_POST
@requires(Permission.GOVERN_RETENTION)
def lift_hold(request: SignedInRequest, pk: int) -> HttpResponse:
    """Lift a hold: what is over goes in the next night."""
    hold = get_object_or_404(queries.holds(), pk=pk)
    holds.lift(hold=hold, by=request.user, now=timezone.now())
    messages.success(request, f"The hold on {hold.reviewer} is lifted.")
    return redirect("programme:holds")
