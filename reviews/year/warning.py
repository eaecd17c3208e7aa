"""A form that warns about its days before it takes them."""

from collections.abc import Sequence
from typing import Any

from django import forms

from nhsuk.forms import bound_fields

DESPITE = "despite"
DESPITE_OF = "despite_of"


class MayClash:
    """Mixed into a form whose days are warned about once; a tick says that they are meant.

    The tick is for the days that were warned about. Other days are warned about anew.
    """

    meant = "Plan it on this day all the same"
    data: Any
    fields: dict[str, forms.Field]

    def is_meant(self, days: str) -> bool:
        """Whether the tick was given for these days."""
        return bool(self.data.get(DESPITE)) and self.data.get(DESPITE_OF) == days

    def warn(self, sentences: Sequence[str], days: str) -> None:
        """Ask for the tick, with what speaks against the days."""
        self.fields[DESPITE] = forms.BooleanField(label=self.meant, required=False)
        self.fields[DESPITE_OF] = forms.CharField(widget=forms.HiddenInput, required=False)
        bound_fields(self.fields)
        self.data = self.data.copy()
        self.data.pop(DESPITE, None)
        self.data[DESPITE_OF] = days
        self.add_error(DESPITE, list(sentences))  # type: ignore[attr-defined]  # of a form
