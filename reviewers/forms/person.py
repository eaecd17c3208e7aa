"""What the forms about one person share."""

from typing import Any

from django import forms

from nhsuk.forms import Form
from reviewers.how import FOR_THEM, How
from reviewers.models import Reviewer

_CORRECTION = ("correction", "Nobody. I am putting a mistake right")


class PersonForm(Form):
    """A form about one person. ``for_them``: a coordinator records what the person said."""

    submit = "Save"
    can_be_correction = True  # a coordinator may put right what they got wrong

    def __init__(
        self, data: Any = None, *, reviewer: Reviewer, for_them: bool = False, **kwargs: Any
    ) -> None:
        self.reviewer = reviewer
        self.for_them = for_them
        super().__init__(data, initial=self.initial_of(reviewer), **kwargs)
        if for_them:
            self.fields["how"] = forms.ChoiceField(
                label="How did they tell you?",
                choices=[*FOR_THEM, _CORRECTION] if self.can_be_correction else FOR_THEM,
                widget=forms.RadioSelect,
                error_messages={"required": "Select how they told you"},
            )

    def initial_of(self, reviewer: Reviewer) -> dict[str, Any]:
        """What the form shows at first."""
        return {}

    @property
    def how(self) -> How | None:
        """How a coordinator was told; None for the person's own change, or a correction."""
        told = self.cleaned_data.get("how", "")
        return How(told) if told in How.values else None


def name_field(
    label: str, longest: int = 80, autocomplete: str = "", *, required: bool = True
) -> forms.CharField:
    """The box of a name."""
    attributes = {"autocomplete": autocomplete} if autocomplete else {}
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        widget=forms.TextInput(attrs=attributes),
    )
