"""The form of a token."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from insights.api.scopes import Scope
from nhsuk.fields import SplitDateField
from nhsuk.forms import Form


class TokenForm(Form):
    """What uses a token, what it may read, and until when. ``once`` tells the form sent twice."""

    submit = "Make the token"

    name = forms.CharField(
        label="What will use it?", max_length=100, help_text="For example: Power BI of the board"
    )
    scopes = forms.MultipleChoiceField(
        label="What may it read?",
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select what it may read"},
    )
    last_day = SplitDateField(
        label="Works until",
        required=False,
        help_text="Leave it empty for a year from today. Two years at most.",
    )
    once = forms.CharField(max_length=36, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, initial={"once": uuid.uuid4()}, **kwargs)

    def clean_once(self) -> uuid.UUID:
        """What names this form, so that it makes one token however often it is sent."""
        try:
            return uuid.UUID(self.cleaned_data["once"])
        except ValueError as error:
            message = "Open this page again and send the form from there"
            raise ValidationError(message) from error
