"""Deciding after a disclosure. Each form carries the version of the assessment it was shown for."""

from typing import Any

from django import forms

from accounts.models import User
from checks.forms.conditions import ConditionsForm, VersionForm
from checks.models import RiskAssessment
from nhsuk.fields import SplitDateField
from nhsuk.forms import Form

PURPOSES = (
    ("recording", "To record a check, a decision or a clearance"),
    ("chasing", "To ask how an application is getting on"),
    ("renewal", "To renew a check"),
    ("approving", "To approve a decision"),
    ("question", "To answer a question from the person"),
)


class PurposeForm(Form):
    """Why somebody looks at check detail; asked once per sitting."""

    submit = "Continue"

    purpose = forms.ChoiceField(
        label="Why do you need to see people’s checks?",
        choices=PURPOSES,
        widget=forms.RadioSelect,
        help_text="This is recorded with everything you open until you sign out.",
    )


class OwnerForm(VersionForm):
    """Who looks after an assessment, and where HR keeps the document."""

    submit = "Save"

    owner = forms.ModelChoiceField(
        label="Who looks after it",
        queryset=User.objects.none(),
        required=False,
        empty_label="Nobody yet",
    )
    document_reference = forms.CharField(
        label="HR’s reference for the document",
        required=False,
        max_length=60,
        help_text="Only the reference. The document, and what it says, stay with HR.",
    )

    def __init__(self, *args: Any, officers: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners = User.objects.filter(pk__in=[each.pk for each in officers]).order_by("name", "pk")
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]


class DecisionForm(ConditionsForm):
    """HR's decision on a risk assessment."""

    submit = "Save this decision"

    decision = forms.ChoiceField(
        choices=[
            choice
            for choice in RiskAssessment.Decision.choices
            if choice[0] != RiskAssessment.Decision.AWAITING
        ],
        widget=forms.RadioSelect,
        help_text="It counts once a second person has approved it.",
    )
    decided_on = SplitDateField(label="Day of the decision")
    approved_until = SplitDateField(
        label="Last day on which the approval counts",
        required=False,
        help_text="Leave blank if it has no end.",
    )
    review_on = SplitDateField(label="Look at this decision again on", required=False)
    field_order = (
        "version",
        "decision",
        "decided_on",
        "approved_until",
        *ConditionsForm.ASKED,
        "review_on",
    )


class ToldForm(VersionForm):
    """When an officer told the person."""

    submit = "Save"

    told_on = SplitDateField(
        label="When did you tell them the decision, and how to ask again?",
        help_text="They see the decision on their own page after this, and not before.",
    )


class ReconsiderForm(VersionForm):
    """A decision is looked at again."""

    submit = "Look at it again"

    asked_on = SplitDateField(
        label="Day they asked, or that it was due",
        help_text="The decision that counts now stands until a second person approves a new one.",
    )
