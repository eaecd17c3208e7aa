"""What can be sent about a first visit."""

from typing import Any

from django import forms

from nhsuk import forms as nhs
from nhsuk.fields import SplitDateField
from nhsuk.paging import ROWS
from organisation.models import StaffMember
from reviewers.forms.stage import Ids
from reviewers.how import FOR_THEM
from reviewers.models import Reviewer
from reviews.first_visits.models import FirstVisit
from reviews.first_visits.queries import buddies

WISHES = [
    (FirstVisit.Wish.READY, "I am ready to come on a visit"),
    (FirstVisit.Wish.SHADOW, "I would like to watch a visit first"),
    (FirstVisit.Wish.BUDDY, "I would like somebody beside me"),
    (FirstVisit.Wish.TALK, "I would like to talk about it first"),
    (FirstVisit.Wish.NOT_NOW, "Not now"),
]


class WishForm(nhs.Form):
    """How the person would like to start."""

    submit = "Save"

    wish = forms.ChoiceField(
        label="How would you like to start?",
        choices=WISHES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how you would like to start"},
    )
    not_before = SplitDateField(
        label="If not now, when may we ask you again?",
        required=False,
        help_text="Leave it empty if you do not know. We will wait until you tell us.",
    )


class WishForThemForm(WishForm):
    """The same, recorded for them."""

    wish = forms.ChoiceField(
        label="How would they like to start?",
        choices=WISHES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how they would like to start"},
    )
    not_before = SplitDateField(
        label="If not now, when may we ask them again?",
        required=False,
        help_text="Leave it empty if they do not know.",
    )
    how = forms.ChoiceField(
        label="How did they tell you?",
        choices=FOR_THEM,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how they told you"},
    )


class BuddyForm(nhs.Form):
    """Who goes with the person: an LXR who has been on a visit, or somebody of the staff."""

    submit = "Save the buddy"

    buddy = forms.ModelChoiceField(
        label="A Lived Experience Reviewer who has been on a visit",
        queryset=Reviewer.objects.none(),
        required=False,
        empty_label="None of them",
    )
    staff_buddy = forms.ModelChoiceField(
        label="Or somebody of the staff",
        queryset=StaffMember.objects.none(),
        required=False,
        empty_label="None of them",
    )
    have_agreed = forms.BooleanField(
        label="Both reviewers have agreed that each is told the other’s name",
        help_text="Not needed for somebody of the staff.",
        required=False,
    )

    def __init__(self, *args: Any, reviewer: Reviewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["buddy"].queryset = buddies(reviewer)  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["staff_buddy"].queryset = StaffMember.objects.order_by("name")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One buddy, not two."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("buddy") and cleaned.get("staff_buddy"):
            self.add_error("staff_buddy", "Choose one buddy: a reviewer or somebody of the staff")
        return cleaned


class DebriefForm(nhs.Form):
    """The talk after a first visit."""

    submit = "Save the talk"

    held_on = SplitDateField(label="When did you talk?")
    agreed = forms.CharField(
        label="What did you agree for the next visit?",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Do not write about health here. Anybody who plans visits can read it.",
    )


class NoDebriefForm(nhs.Form):
    """For whom no talk is needed, and why."""

    person = Ids(error_messages={"required": "Tick at least one person"})
    why = forms.CharField(
        label="Why will there be no talk?",
        help_text="Such as: their first visit was before we used the portal.",
        max_length=200,
        error_messages={"required": "Say why there will be no talk"},
    )

    @property
    def ids(self) -> list[int]:
        """Of the people, each once, as many as stand on one page of the list."""
        return [int(each) for each in dict.fromkeys(self.cleaned_data["person"])][:ROWS]


class WatchForm(nhs.Form):
    """A visit to watch."""

    review = nhs.IdField()


class AskForm(nhs.Form):
    """The people who were ticked."""

    person = Ids(error_messages={"required": "Tick at least one person"})

    @property
    def ids(self) -> list[int]:
        """Of the people, each once, as many as stand on one page of the list."""
        return [int(each) for each in dict.fromkeys(self.cleaned_data["person"])][:ROWS]
