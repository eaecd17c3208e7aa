"""Before somebody is with us: what a stranger tells us, and talks about the role."""

import uuid
from typing import Any

from django import forms

from nhsuk.fields import SplitDateField, TimeField
from nhsuk.forms import Form
from reviewers.models import Interview
from reviewers.operations.recruitment import Talk


class InterestedForm(Form):
    """What somebody tells us who is interested. ``website`` is a box that only a machine fills."""

    submit = "Send"

    name = forms.CharField(
        label="Your name", widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    contact = forms.CharField(
        label="How can we reach you?",
        help_text="One way is enough: a phone number, an email address or a postal address.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    needs = forms.CharField(
        label="What would help us to meet your needs?",
        help_text=(
            "For example: large print, ringing after 5pm, a text before we ring."
            " Please do not write about your health here."
        ),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    website = forms.CharField(label="Leave this empty", required=False)
    token = forms.CharField(max_length=36, widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, initial={"token": uuid.uuid4()}, **kwargs)

    @property
    def is_from_a_machine(self) -> bool:
        """Whether the box that nobody sees is filled in."""
        return bool(self.cleaned_data["website"])

    @property
    def once(self) -> uuid.UUID:
        """What makes the same form sent twice one enquiry."""
        try:
            return uuid.UUID(self.cleaned_data["token"])
        except ValueError:
            return uuid.uuid4()


class InterviewForm(Form):
    """A talk about the role: to come, or what came of it."""

    submit = "Save"

    held_on = SplitDateField(label="Day of the interview")
    starts_at = TimeField(label="Starts at", required=False)
    place = forms.CharField(
        label="Where, or how they join",
        required=False,
        help_text="This goes into the message to the person.",
        widget=forms.TextInput,
    )
    interviewers = forms.CharField(
        label="Who talks with them?",
        widget=forms.TextInput,
        error_messages={"required": "Enter who talks with them"},
    )
    outcome = forms.ChoiceField(
        label="What came of it?",
        choices=Interview.Outcome.choices,
        initial=Interview.Outcome.PLANNED.value,
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, interview: Interview | None = None) -> None:
        names = ("held_on", "starts_at", "place", "interviewers", "outcome")
        there = {name: getattr(interview, name) for name in names} if interview else {}
        super().__init__(data, initial=there)

    @property
    def talk(self) -> Talk:
        """As the operation takes it."""
        return Talk(**self.cleaned_data)
