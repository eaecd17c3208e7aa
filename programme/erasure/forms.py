"""Why somebody is erased."""

from django import forms

from nhsuk import forms as nhs
from programme.models import Erasure


class EraseForm(nhs.Form):
    """The first person's part."""

    submit = "Ask for a second person"
    submit_variant = "warning"

    reason = forms.ChoiceField(
        label="Why are their data erased?",
        choices=Erasure.Reason.choices,
        widget=forms.RadioSelect,
    )
