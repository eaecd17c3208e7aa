"""What it takes to get in: the check each role asks for, and what each site asks."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest, requires
from accounts.permissions import Permission
from nhsuk.paging import Sort, paginate
from organisation import operations, queries
from organisation.forms import ServiceVariantForm, SiteForm, VariantForm
from organisation.models import RoleVariant
from rules import RuleBroken

BY_NAME = (Sort("name", "By name", "name"),)
VARIANT_FIELDS = tuple(VariantForm.base_fields)
SITE_FIELDS = tuple(name for name in SiteForm.base_fields if name != "form_lines")
both = require_http_methods(["GET", "HEAD", "POST"])


def _values(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


@requires(Permission.EDIT_CHECKS)
@require_safe
def variants(request: SignedInRequest) -> HttpResponse:
    """Every role, and the check that goes with it."""
    page = paginate(queries.variants(), params=request.GET, sorts=BY_NAME)
    return render(request, "organisation/variants.html", {"page": page})


@requires(Permission.EDIT_CHECKS)
@both
def variant_add(request: SignedInRequest) -> HttpResponse:
    """A new role."""
    return _variant(request, RoleVariant())


@requires(Permission.EDIT_CHECKS)
@both
def variant(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a role and its check."""
    return _variant(request, get_object_or_404(queries.variants(), pk=pk))


def _variant(request: SignedInRequest, found: RoleVariant) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    form = VariantForm(sent, initial=_values(found, VARIANT_FIELDS) if found.pk else None)
    if request.method == "POST" and form.is_valid():
        try:
            saved = operations.save_variant(
                variant=found, changes=form.cleaned_data, by=request.user, now=timezone.now()
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            messages.success(request, f"{saved} is saved.")
            return redirect("organisation:variants")
    title = "Change a role" if found.pk else "Add a role"
    return render(request, "organisation/variant.html", {"form": form, "title": title})


@requires(Permission.PLAN_REVIEWS)
@both
def service_variant(request: SignedInRequest, pk: int) -> HttpResponse:
    """Choose what an LXR does at this service."""
    found = get_object_or_404(queries.service_with_contacts(), pk=pk)
    sent = request.POST if request.method == "POST" else None
    form = ServiceVariantForm(sent, initial={"variant": found.role_variant_id})
    if request.method == "POST" and form.is_valid():
        operations.choose_variant(
            service=found, by=request.user, now=timezone.now(), **form.cleaned_data
        )
        messages.success(request, "The role is saved.")
        return redirect("organisation:service", pk)
    context = {"form": form, "service": found}
    return render(request, "organisation/service_variant.html", context)


@requires(Permission.PLAN_REVIEWS, Permission.EDIT_CHECKS)
@require_safe
def sites(request: SignedInRequest) -> HttpResponse:
    """Every site, and what it asks."""
    page = paginate(queries.sites(), params=request.GET, sorts=BY_NAME)
    return render(request, "organisation/sites.html", {"page": page})


@requires(Permission.PLAN_REVIEWS, Permission.EDIT_CHECKS)
@both
def site(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change what a site asks."""
    found = get_object_or_404(queries.sites_with_forms(), pk=pk)
    lines = "\n".join(each.words for each in found.form_items.all())
    sent = request.POST if request.method == "POST" else None
    form = SiteForm(sent, initial={**_values(found, SITE_FIELDS), "form_lines": lines})
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        operations.change_site(
            site=found,
            form_lines=given.pop("form_lines"),
            changes=given,
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, f"{found} is saved.")
        return redirect("organisation:sites")
    return render(request, "organisation/site.html", {"form": form, "found": found})
