"""People named in one box, with a comma between: staff by name, LXRs by reference."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models.functions import Lower

from organisation.models import StaffMember
from reviewers.models import Reviewer


class StaffField(forms.CharField):
    """Staff by their names; an error says which names nobody has."""

    def prepare_value(self, value: Any) -> Any:
        """The names of staff who are there already."""
        return value if isinstance(value, str) or value is None else _joined(value, "name")

    def clean(self, value: Any) -> Any:
        """The staff named."""
        names = _parts(super().clean(value))
        staff = StaffMember.objects.annotate(lower=Lower("name"))
        known = {each.lower: each for each in staff.filter(lower__in=[n.lower() for n in names])}
        unknown = [each for each in names if each.lower() not in known]
        if unknown:
            message = f"There is nobody on the staff list called {', '.join(unknown)}."
            raise forms.ValidationError(message)
        return [known[each.lower()] for each in names]


class ReviewersField(forms.CharField):
    """LXRs by their references; an error says which references are nobody's."""

    def prepare_value(self, value: Any) -> Any:
        """The references of people who are there already."""
        return value if isinstance(value, str) or value is None else _joined(value, "reference")

    def clean(self, value: Any) -> Any:
        """The people named."""
        references = [each.upper() for each in _parts(super().clean(value))]
        known = {
            each.reference.upper(): each
            for each in Reviewer.objects.filter(reference__in=references)
        }
        unknown = [each for each in references if each not in known]
        if unknown:
            message = f"There is nobody with the reference {', '.join(unknown)}."
            raise forms.ValidationError(message)
        return [known[each] for each in references]


def _parts(text: str) -> list[str]:
    parts = (each.strip() for each in text.replace(";", ",").replace("\n", ",").split(","))
    return list(dict.fromkeys(each for each in parts if each))


def _joined(people: Iterable[object], name: str) -> str:
    return ", ".join(str(getattr(each, name)) for each in people)
