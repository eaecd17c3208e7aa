"""What administrators see of people: name, contact, stage. The portal's pages change them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from reviewers.models import Reviewer


@admin.register(Reviewer)
class ReviewerAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # as Django's own examples
    """Read-only; lived experience, access needs and exclusions are not here."""

    readonly_fields = [
        "reference",
        "first_name",
        "last_name",
        "email",
        "phone",
        "address",
        "preferred_contact",
        "stage",
    ]
    fields = list(readonly_fields)
    list_display = ["reference", "first_name", "last_name", "email", "phone", "stage"]
    list_filter = ["stage"]
    search_fields = ["reference", "first_name", "last_name", "email"]
    list_per_page = 50
    show_full_result_count = False

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """The stage alone: a filter in the address must not tell what the page does not show."""
        return lookup.split("__", maxsplit=1)[0] == "stage"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """No: people are added on the portal's pages."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """No: see has_add_permission."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """No: see has_add_permission."""
        return False
