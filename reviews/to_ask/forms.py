"""Which visits use which version of the questions."""

from django import forms

from nhsuk import forms as nhs
from reviewers.forms.stage import Ids
from training.models import QuestionSet


class VersionForm(nhs.Form):
    """One version of the questions."""

    submit = "Use this version"

    question_set = forms.ModelChoiceField(
        QuestionSet.objects.order_by("-number"),
        label="Which version?",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a version"},
    )


class VisitsForm(nhs.Form):
    """The visits that were ticked."""

    review = Ids(error_messages={"required": "Tick at least one visit"})

    @property
    def ids(self) -> list[int]:
        """Of the reviews, each once."""
        return [int(each) for each in dict.fromkeys(self.cleaned_data["review"])]
