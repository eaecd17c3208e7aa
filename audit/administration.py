"""The Django admin where no operation owns the change: what is saved there is recorded too."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from audit.operations import record


def is_referred_to(row: Any) -> bool:
    """Whether any other row points at this one."""
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: row}).exists()
        for relation in row._meta.related_objects
    )


class AuditedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # used for several models
    """Search, filters, autocomplete; each change leaves an event; nothing in use is deleted."""

    list_per_page = 50
    show_full_result_count = False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save, and record the names of the fields that changed."""
        super().save_model(request, obj, form, change)
        if form.changed_data:
            self._record(request, obj, "changed" if change else "added", form.changed_data)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Record, then delete."""
        self._record(request, obj, "deleted", [])
        super().delete_model(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """One at a time, and only while nothing refers to it."""
        return (
            obj is not None
            and super().has_delete_permission(request, obj)
            and not is_referred_to(obj)
        )

    def _record(self, request: HttpRequest, obj: Any, action: str, fields: list[str]) -> None:
        by: Any = request.user
        what = f"{action} {obj._meta.verbose_name}"
        record(what, on=obj, by=by, now=timezone.now(), fields=fields)
