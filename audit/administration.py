"""The Django admin where no operation owns the change: what is saved there is recorded too."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.http import HttpRequest
from django.utils import timezone

from audit.operations import record
from nhsuk.converters import can_be_id


def is_referred_to(row: Any) -> bool:
    """Whether any other row points at this one."""
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: row}).exists()
        for relation in row._meta.related_objects
    )


class ChoiceByNumber(AutocompleteSelect):
    """Django's own looks up whatever was sent, and fails on what is no number."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        """The chosen row; none for what can be no id."""
        return super().optgroups(name, [each for each in value if can_be_id(str(each))], attr)


class AuditedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # used for several models
    """Search, filters, autocomplete; each change leaves an event; nothing in use is deleted.

    ``can_go``: False for what checks or a person's wishes may refer to. Whether they do must not
    show, so nothing of it is ever deleted here.
    """

    can_go = True
    list_per_page = 50
    show_full_result_count = False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save, and record the names of the fields that changed."""
        super().save_model(request, obj, form, change)
        if form.changed_data:
            self._record(request, obj, "changed" if change else "added", form.changed_data)

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Autocomplete that takes what is no number for no choice."""
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", ChoiceByNumber(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Record, then delete."""
        self._record(request, obj, "deleted", [])
        super().delete_model(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """One at a time, and only while nothing refers to it."""
        return (
            obj is not None
            and self.can_go
            and super().has_delete_permission(request, obj)
            and not is_referred_to(obj)
        )

    def _record(self, request: HttpRequest, obj: Any, action: str, fields: list[str]) -> None:
        by: Any = request.user
        what = f"{action} {obj._meta.verbose_name}"
        record(what, on=obj, by=by, now=timezone.now(), fields=fields)
