"""Name and contact, and whom to ring in an emergency."""

from typing import Any

from django import forms

from notifications.models import Channel
from reviewers.forms.person import PersonForm, name_field
from reviewers.models import Reviewer
from reviewers.operations import Details


class DetailsForm(PersonForm):
    """Name and contact. A person sees the address they sign in with, and asks us to change it."""

    first_name = name_field("First name", autocomplete="given-name")
    last_name = name_field("Last name", autocomplete="family-name")
    email = forms.EmailField(label="Email address", required=False)
    phone = forms.CharField(label="Phone number", max_length=30, required=False)
    address = forms.CharField(
        label="Postal address",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "street-address"}),
    )
    preferred_contact = forms.ChoiceField(
        label="What is the best way to reach you?",
        choices=Channel.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if self.for_them:
            self.fields["preferred_contact"].label = "What is the best way to reach them?"
        else:
            del self.fields["email"]

    def initial_of(self, reviewer: Reviewer) -> dict[str, Any]:
        """The details as they are."""
        return {name: getattr(reviewer, name) for name in Details.__dataclass_fields__}

    @property
    def details(self) -> Details:
        """As the operation takes them."""
        given = {
            name: self.cleaned_data.get(name, getattr(self.reviewer, name))
            for name in Details.__dataclass_fields__
        }
        return Details(**given)


class EmergencyForm(PersonForm):
    """Whom to ring if something happens to them on a visit. Both boxes, or none."""

    name = name_field("Their name", required=False)
    phone = forms.CharField(
        label="Their phone number",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )

    def initial_of(self, reviewer: Reviewer) -> dict[str, Any]:
        """As it is."""
        return {"name": reviewer.emergency_name, "phone": reviewer.emergency_phone}
