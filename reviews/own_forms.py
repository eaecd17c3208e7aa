"""What an LXR sends about their own visits."""

from django import forms

from nhsuk.forms import Form
from reviews.models import TeamMember

Response = TeamMember.Response


class AnswerForm(Form):
    """One of the three answers, as the buttons send it."""

    answer = forms.ChoiceField(
        choices=[(each.value, each.label) for each in
                 (Response.ACCEPTED, Response.DECLINED, Response.WITHDRAWN)]
    )  # fmt: skip

    @property
    def response(self) -> TeamMember.Response:
        """The answer that was chosen."""
        return Response(self.cleaned_data["answer"])


class WhyNotForm(Form):
    """Why somebody cannot come, from a short list."""

    submit = "Save"
    submit_variant = "secondary"

    why = forms.ChoiceField(
        label="Why can’t you come?",
        choices=TeamMember.WhyNot.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of these, or go back to your visits"},
    )

    @property
    def chosen(self) -> TeamMember.WhyNot:
        """What was chosen."""
        return TeamMember.WhyNot(self.cleaned_data["why"])


class QuestionForm(Form):
    """A question about a visit."""

    submit = "Send my question"

    words = forms.CharField(
        label="What would you like to ask?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Write your question"},
    )
