"""As at which day to look, and why somebody's data are held."""

from datetime import date

from django import forms

from nhsuk.fields import SplitDateField
from nhsuk.filters import FilterForm
from nhsuk.forms import Form


class AsAtForm(FilterForm):
    """What would go on this day."""

    as_at = SplitDateField(label="As at", required=False)

    def day(self, today: date) -> date:
        """The day that was asked for; today where that is none."""
        chosen: date | None = self.cleaned_data.get("as_at") if self.is_valid() else None
        return chosen or today


class HoldForm(Form):
    """Whom to hold, and why."""

    submit = "Place the hold"

    reference = forms.CharField(
        label="The person’s reference",
        max_length=20,
        help_text="Such as LXR-001. It stands in the access log and in the person’s own letter.",
    )
    reason = forms.CharField(
        label="Why their data must be kept",
        widget=forms.Textarea,
        max_length=1000,
        help_text="A claim, an inquiry or a complaint, and whom you asked.",
    )
