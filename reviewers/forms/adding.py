"""Somebody new."""

from django import forms

from nhsuk.forms import Form
from notifications.models import Channel
from reviewers.forms.person import name_field
from reviewers.models import Reviewer
from reviewers.operations import Details


class AddForm(Form):
    """Somebody new. They start at the stage enquiry."""

    submit = "Add this person"

    first_name = name_field("First name")
    last_name = name_field("Last name")
    email = forms.EmailField(label="Email address", required=False)
    phone = forms.CharField(label="Phone number", max_length=30, required=False)
    address = forms.CharField(
        label="Postal address",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    preferred_contact = forms.ChoiceField(
        label="What is the best way to reach them?",
        choices=Channel.choices,
        widget=forms.RadioSelect,
    )
    source = forms.ChoiceField(
        label="How did they come to us?",
        choices=Reviewer.Source.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how they came to us"},
    )
    reference = forms.CharField(
        label="Reference",
        max_length=20,
        required=False,
        help_text="Leave this empty and they get the next number.",
    )

    @property
    def details(self) -> Details:
        """As the operation takes them."""
        return Details(**{name: self.cleaned_data[name] for name in Details.__dataclass_fields__})
