"""What can be sent about a request."""

from typing import Any

from django import forms

from nhsuk import forms as nhs
from reviewers.how import FOR_THEM
from reviews.models import VisitRequest

Kind = VisitRequest.Kind
Answer = VisitRequest.Answer


class RequestForm(nhs.Form):
    """What I would like on this visit."""

    submit = "Ask for this"

    kind = forms.ChoiceField(
        label="What would you like?",
        choices=[
            (Kind.BUDDY, "A buddy: somebody beside me who knows visits"),
            (Kind.COMPANION, "A companion: I bring somebody of my own"),
            (Kind.SHADOW, "To watch: I come and learn, and do not take part"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you would like"},
    )


class RequestForThemForm(nhs.Form):
    """The same, recorded for them."""

    submit = "Save"

    kind = forms.ChoiceField(
        label="What would they like?",
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they would like"},
    )
    how = forms.ChoiceField(
        label="How did they tell you?",
        choices=FOR_THEM,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how they told you"},
    )


class AnswerForm(nhs.Form):
    """What the team says to it."""

    submit = "Save the answer"

    answer = forms.ChoiceField(
        label="What is your answer?",
        choices=Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose an answer"},
    )
    words = forms.CharField(
        label="If yes, who comes along and how. If no, why it cannot be",
        help_text="The person and the visit’s lead read this. Be kind. Write nothing about health.",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """A yes says who or how, and a no says why."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("answer") in {Answer.MET, Answer.NOT_MET} and not cleaned.get("words"):
            self.add_error("words", "Write who comes along and how, or why it cannot be")
        return cleaned
