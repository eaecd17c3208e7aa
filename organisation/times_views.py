"""When a service can be visited."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from nhsuk.words import nhs_date
from organisation import queries, service_times
from organisation.service_page import sections_for
from organisation.times_forms import BlockForm, ClosingForm
from rules import RuleBroken

both = require_http_methods(["GET", "HEAD", "POST"])


@requires(Permission.PLAN_REVIEWS)
@both
def block_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Days on which this service cannot be visited."""
    service = get_object_or_404(queries.service_with_contacts(), pk=pk)
    form = BlockForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            service_times.block_days(
                service=service, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except RuleBroken as error:
            form.add_error("first_on", str(error))
        else:
            messages.success(request, "Saved. You are warned when you plan a visit then.")
            return redirect("organisation:service", pk=pk)
    return render(request, "organisation/block.html", {"form": form, "service": service})


@requires(Permission.PLAN_REVIEWS)
@require_POST
def block_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """The service can be visited then after all."""
    block = get_object_or_404(queries.blocks(), pk=pk)
    service_times.free_days(block=block, by=request.user, now=timezone.now())
    messages.success(request, f"{block.service} can be visited on these days again.")
    return redirect("organisation:service", pk=block.service_id)


@requires(Permission.PLAN_REVIEWS)
@both
def closing(request: SignedInRequest, pk: int) -> HttpResponse:
    """The day a service closes, or that it is open."""
    service = get_object_or_404(queries.service_with_contacts(), pk=pk)
    initial = {"closed_on": service.closed_on}
    form = ClosingForm(request.POST if request.method == "POST" else None, initial=initial)
    now = timezone.now()
    if request.method == "POST" and form.is_valid():
        closed_on = form.cleaned_data["closed_on"]
        service_times.close_service(service=service, closed_on=closed_on, by=request.user, now=now)
        words = f"closes on {nhs_date(closed_on)}" if closed_on else "is open"
        messages.success(request, f"{service} {words}.")
        return redirect("organisation:service", pk=pk)
    context = {
        "form": form,
        "service": service,
        "sections": sections_for(service, user=request.user, now=now),
    }
    return render(request, "organisation/closing.html", context)
