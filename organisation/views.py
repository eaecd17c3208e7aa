"""The trust's settings, its services, and whom to ask there."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from nhsuk.paging import Sort, paginate
from organisation import operations, queries
from organisation.forms import ChangeContactForm, ContactForm, ServiceFilter, SettingsForm
from organisation.service_page import sections_for
from rules import RuleBroken

SORTS = (Sort("name", "By name", "name"),)
both = require_http_methods(["GET", "HEAD", "POST"])


@requires(Permission.CHANGE_SETTINGS)
@both
def trust(request: SignedInRequest) -> HttpResponse:
    """The trust's settings."""
    sent = request.POST if request.method == "POST" else None
    form = SettingsForm(sent, instance=queries.trust_settings())
    if request.method == "POST" and form.is_valid():
        operations.change_settings(
            changes=form.cleaned_data,
            fields=form.changed_data,
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, "The settings are saved.")
        return redirect("organisation:trust")
    return render(request, "organisation/trust.html", {"form": form})


@requires(Permission.PLAN_REVIEWS)
@require_safe
def services(request: SignedInRequest) -> HttpResponse:
    """Every service, and whether somebody can be asked there."""
    filterset = ServiceFilter(request.GET, queryset=queries.services())
    page = paginate(filterset.qs, params=request.GET, sorts=SORTS)
    return render(request, "organisation/services.html", {"filterset": filterset, "page": page})


@requires(Permission.PLAN_REVIEWS)
@require_safe
def service(request: SignedInRequest, pk: int) -> HttpResponse:
    """One service: where it is, what it takes to get in, whom to ask."""
    found = get_object_or_404(queries.service_with_contacts(), pk=pk)
    sections = sections_for(found, user=request.user, now=timezone.now())
    return render(request, "organisation/service.html", {"service": found, "sections": sections})


@requires(Permission.PLAN_REVIEWS)
@both
def contact_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Somebody new to ask at a service."""
    found = get_object_or_404(queries.service_with_contacts(), pk=pk)
    form = ContactForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.add_contact(
                service=found, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except RuleBroken as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, f"{form.cleaned_data['name']} is added.")
            return redirect("organisation:service", pk=pk)
    return render(request, "organisation/contact.html", {"form": form, "service": found})


@requires(Permission.PLAN_REVIEWS)
@both
def contact(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a contact, or stop asking them."""
    found = get_object_or_404(queries.contacts(), pk=pk)
    initial = {"name": found.name, "email": found.email, "is_active": found.is_active}
    sent = request.POST if request.method == "POST" else None
    form = ChangeContactForm(sent, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_contact(
                contact=found, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except RuleBroken as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, f"{form.cleaned_data['name']} is saved.")
            return redirect("organisation:service", pk=found.service_id)
    context = {"form": form, "service": found.service, "contact": found}
    return render(request, "organisation/contact.html", context)
