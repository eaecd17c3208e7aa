"""What can be sent about when a service can be visited."""

from typing import Any

from django import forms

from nhsuk import forms as nhs
from nhsuk.fields import SplitDateField


class BlockForm(nhs.Form):
    """Days on which a service cannot be visited."""

    submit = "Save these days"
    first_on = SplitDateField(label="First day", help_text="For example, 27 3 2026")
    last_on = SplitDateField(label="Last day", help_text="The same day, if it is only one")
    why = forms.CharField(
        label="What happens then",
        max_length=120,
        required=False,
        help_text="For example: moving house, or an inspection. Do not name anyone.",
    )

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        given = super().clean() or {}
        first, last = given.get("first_on"), given.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", "The last day must be the first day or after it")
        return given


class ClosingForm(nhs.Form):
    """The day from which a service can no longer be visited."""

    submit = "Save"
    closed_on = SplitDateField(
        label="It closes on",
        required=False,
        help_text="For example, 27 3 2026. Leave empty while the service is open.",
    )
