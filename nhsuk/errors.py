"""What is wrong with the forms on a page, in the order of their fields."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BaseForm
from django.forms.formsets import BaseFormSet
from django.template import Context
from django_filters.filterset import BaseFilterSet


@dataclass(frozen=True)
class Problem:
    """A sentence, and the id of the input where it can be put right (empty: nowhere special)."""

    text: str
    anchor: str = ""


def problems_of(forms: Iterable[Any]) -> list[Problem]:
    """The problems of forms and formsets, each form's own before those of its fields."""
    found: list[Problem] = []
    for form in forms:
        if isinstance(form, BaseFormSet):
            if form.is_bound:
                found += [Problem(str(text)) for text in form.non_form_errors()]
            found += problems_of(form.forms)
        elif isinstance(form, BaseForm) and form.is_bound and form.errors:
            found += [Problem(str(text)) for text in form.errors.get(NON_FIELD_ERRORS, [])]
            for name in form.fields:
                found += [Problem(str(t), anchor(form[name])) for t in form.errors.get(name, [])]
    return found


def problems_on(context: Context) -> list[Problem]:
    """The problems of every form that the view gave this page."""
    kept = context.render_context.get("problems")
    if kept is None:
        forms = {
            id(form): form for value in context.flatten().values() for form in _forms_in(value)
        }
        kept = context.render_context["problems"] = problems_of(forms.values())
    return list(kept)


def _forms_in(value: Any) -> list[Any]:
    kind = type(value)  # not isinstance: that would wake the lazy user of a page that needs none
    if issubclass(kind, (list, tuple)):
        return [form for each in value for form in _forms_in(each)]
    if issubclass(kind, BaseFilterSet):
        return [value.form]
    return [value] if issubclass(kind, (BaseForm, BaseFormSet)) else []


def anchor(field: Any) -> str:
    """The id of the input that a link to this field should go to; empty for a hidden one."""
    if field.is_hidden:
        return ""
    first_wrong = getattr(field.field.widget, "first_wrong_part", None)
    identifier = str(field.auto_id)
    return f"{identifier}_{first_wrong(field)}" if first_wrong else identifier
