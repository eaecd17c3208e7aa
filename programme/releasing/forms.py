"""Why somebody stays on a visit."""

from django import forms

from nhsuk import forms as nhs


class KeepForm(nhs.Form):
    """What was found out. ``seen`` is what stood on the page."""

    submit = "Keep them on the visit"

    note = forms.CharField(
        label="What you found out",
        widget=forms.Textarea,
        max_length=500,
        help_text="For example, that they will be back by then. Only your team reads this.",
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
