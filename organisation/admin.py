"""Lookups: what administrators look after. The trust's settings have a page of their own."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest

from audit.administration import AuditedAdmin
from organisation.models import (
    Directorate,
    RoleVariant,
    Service,
    ServiceContact,
    Site,
    StaffMember,
)
from organisation.moving import moved
from organisation.policies import check_escort_is_arranged
from rules import RuleBroken


@admin.register(Directorate)
class DirectorateAdmin(AuditedAdmin):
    """Groups of services."""

    can_go = False
    search_fields = ["name"]


class SiteForm(forms.ModelForm):  # type: ignore[type-arg]  # as Django's own examples
    """A site, by the same rule as on its page."""

    def clean(self) -> dict[str, Any]:
        """Whoever arranges escorts does so where the site takes them."""
        given = super().clean() or {}
        try:
            check_escort_is_arranged(
                takes_escorted=bool(given.get("takes_escorted")),
                arranged_by=given.get("escort_arranged_by", ""),
            )
        except RuleBroken as broken:
            self.add_error("escort_arranged_by", str(broken))
        return given


@admin.register(Site)
class SiteAdmin(AuditedAdmin):
    """Where visits happen, and what it takes to get in."""

    form = SiteForm
    can_go = False
    list_display = ["name", "asks", "takes_escorted", "notice_days", "phones_allowed"]
    list_filter = ["asks", "takes_escorted"]
    search_fields = ["name", "address"]


@admin.register(RoleVariant)
class RoleVariantAdmin(AuditedAdmin):
    """What an LXR does, and the check that goes with it: to look up.

    Who may go hangs on it, so checks officers record it, on a page of the portal.
    """

    list_display = ["name", "level", "workforce"]
    list_filter = ["level", "workforce"]
    search_fields = ["name"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody, here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody, here."""
        return False


@admin.register(Service)
class ServiceAdmin(AuditedAdmin):
    """What is reviewed."""

    can_go = False
    list_display = ["name", "directorate", "site", "setting", "role_variant", "closed_on"]
    list_filter = ["setting", "directorate"]
    list_select_related = ["directorate", "site", "role_variant"]
    search_fields = ["name"]
    autocomplete_fields = ["directorate", "site", "role_variant"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A service that moves takes its figures along, also of the past."""
        moves = change and bool({"directorate", "setting"} & set(form.changed_data))
        was = form.initial["directorate"] if moves else None
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            if was is not None:
                moved(obj, was)


@admin.register(ServiceContact)
class ServiceContactAdmin(AuditedAdmin):
    """Whom to ask what a visit was worth."""

    list_display = ["name", "service", "email", "is_active"]
    list_filter = ["is_active"]
    list_select_related = ["service"]
    search_fields = ["name", "email", "service__name"]
    autocomplete_fields = ["service"]


@admin.register(StaffMember)
class StaffMemberAdmin(AuditedAdmin):
    """Staff who go on visits; linked to an account, they see and record their own."""

    list_display = ["name", "email", "user"]
    list_select_related = ["user"]
    search_fields = ["name", "email"]
    autocomplete_fields = ["user"]
