"""Moving on: to another stage, a pause and its end."""

from typing import Any

from django import forms

from nhsuk.converters import can_be_id
from nhsuk.fields import SplitDateField
from nhsuk.forms import Form
from nhsuk.paging import ROWS
from reviewers.forms.person import PersonForm
from reviewers.models import LeavingReason, Reviewer, Stage
from reviewers.stages import Move, ways_from

_ABOUT = {Move.BACK: " (a step back)", Move.REJOIN: " (starting again)"}


class PauseForm(PersonForm):
    """How long a pause lasts; an empty day is until further notice."""

    submit = "Save"

    until = SplitDateField(
        label="Last day of the pause",
        required=False,
        help_text="Leave this empty to pause until further notice. For example, 27 3 2026.",
    )

    def initial_of(self, reviewer: Reviewer) -> dict[str, Any]:
        """The day that is set."""
        return {"until": reviewer.paused_until}


class ComeBackForm(PersonForm):
    """The end of a pause, as the person told us."""

    submit = "End the pause"

    note = forms.CharField(
        label="Is there anything to note?",
        max_length=300,
        required=False,
        help_text="Do not write about health or checks here.",
        widget=forms.TextInput,
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if not self.for_them:
            del self.fields["note"]


class StageForm(Form):
    """The stages this person can move to from where they are."""

    submit = "Move to this stage"

    to = forms.ChoiceField(label="New stage", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Why?",
        max_length=300,
        required=False,
        help_text=(
            "A step back, or starting again, needs a reason."
            " Do not write about health or checks here."
        ),
        widget=forms.TextInput,
    )

    def __init__(self, data: Any = None, *, stage: str) -> None:
        super().__init__(data)
        to: Any = self.fields["to"]
        to.choices = [
            (way.value, way.label + _ABOUT.get(move, "")) for way, move in ways_from(stage)
        ]
        self.has_ways = bool(to.choices)  # of a pause there is none: it ends, or they leave

    @property
    def stage(self) -> Stage:
        """The stage that was chosen."""
        return Stage(self.cleaned_data["to"])


class LeaveForm(Form):
    """Why somebody leaves, as far as they want to say."""

    submit = "Record that they leave"
    submit_variant = "warning"

    why = forms.ChoiceField(
        label="Why do they leave?",
        choices=LeavingReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select why they leave, or that they prefer not to say"},
    )
    note = forms.CharField(
        label="Is there anything to note?",
        max_length=300,
        required=False,
        help_text="Do not write about health or checks here.",
        widget=forms.TextInput,
    )


class Ids(forms.MultipleChoiceField):
    """The ids of rows that were ticked on a list."""

    def valid_value(self, value: Any) -> bool:
        """Whether a row can have this id."""
        return can_be_id(str(value))


class TickedForm(Form):
    """Several people who were ticked."""

    person = Ids(error_messages={"required": "Tick at least one person"})

    @property
    def ids(self) -> list[int]:
        """Of the people, each once, as many as stand on one page of the list."""
        return [int(each) for each in dict.fromkeys(self.cleaned_data["person"])][:ROWS]

    @property
    def kept(self) -> dict[str, str]:
        """What else goes on to the next page, unseen."""
        return {}


class MoveOnForm(TickedForm):
    """Several people who are to move on from one stage to another."""

    start = forms.ChoiceField(choices=Stage.choices)
    to = forms.ChoiceField(choices=Stage.choices)
    note = forms.CharField(
        label="Is there anything to note?",
        max_length=300,
        required=False,
        help_text="It stands in the history of each of them."
        " Do not write about health or checks here.",
        widget=forms.TextInput,
    )

    @property
    def stages(self) -> tuple[Stage, Stage]:
        """From where to where."""
        return Stage(self.cleaned_data["start"]), Stage(self.cleaned_data["to"])

    @property
    def kept(self) -> dict[str, str]:
        """From where to where."""
        return {"start": self.cleaned_data["start"], "to": self.cleaned_data["to"]}
