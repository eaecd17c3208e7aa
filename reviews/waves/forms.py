"""What can be sent about a visit's line."""

from django import forms

from nhsuk import forms as nhs
from reviewers.forms.stage import Ids
from reviews.waves.policies import MOST_IN_LINE


class PaceForm(nhs.Form):
    """How many at a time, and how long each has."""

    submit = "Start asking"

    at_once = forms.IntegerField(
        label="How many people may wait for an answer at a time?", min_value=1, max_value=10
    )
    answer_days = forms.IntegerField(
        label="How many days does each have to answer?",
        min_value=1,
        max_value=60,
        required=False,
    )


class PeopleForm(nhs.Form):
    """The people who were ticked."""

    person = Ids(error_messages={"required": "Tick at least one person"})

    @property
    def ids(self) -> list[int]:
        """Each once, in the order of the page."""
        return [int(each) for each in dict.fromkeys(self.cleaned_data["person"])][:MOST_IN_LINE]
