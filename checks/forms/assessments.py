"""Deciding after a disclosure. Each form carries the version of the assessment it was shown for."""

from typing import Any

from django import forms

from accounts.models import User
from checks.models import RiskAssessment
from checks.operations import Conditions
from nhsuk.fields import SplitDateField
from nhsuk.forms import Form
from organisation.models import Directorate, Service

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


class VersionForm(Form):
    """What the form was shown for: one that was shown for an older version is refused."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput, required=False)

    def clean_version(self) -> int:
        """The version; none counts as an old form."""
        return self.cleaned_data["version"] or 0


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


class DecisionForm(VersionForm):
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
    not_settings = forms.MultipleChoiceField(
        label="Conditions: not these settings",
        choices=Service.Setting.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    not_directorates = forms.ModelMultipleChoiceField(
        label="Conditions: not these directorates",
        queryset=Directorate.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    not_services = forms.CharField(
        label="Conditions: not these services",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One name on each line, as on the list of services.",
    )
    accompanied_only = forms.BooleanField(
        label="Only with somebody of the trust on the team", required=False
    )
    words = forms.CharField(
        label="How they are accompanied",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Only if it matters. Nothing of what was disclosed.",
    )
    until = SplitDateField(
        label="The conditions end after", required=False, help_text="Leave blank if they do not."
    )
    review_on = SplitDateField(label="Look at this decision again on", required=False)

    def clean_not_services(self) -> tuple[Service, ...]:
        """The services named; an error names those that are none."""
        lines = map(str.strip, self.cleaned_data["not_services"].splitlines())
        names = {each.casefold(): each for each in lines if each}
        # Compared here: what is a capital letter, databases do not agree on.
        found = {
            each.name.casefold(): each
            for each in Service.objects.only("name")
            if each.name.casefold() in names
        }
        unknown = [each for folded, each in names.items() if folded not in found]
        if unknown:
            message = f"There is no service called {', '.join(unknown)}."
            raise forms.ValidationError(message)
        return tuple(found[each] for each in names)

    def clean(self) -> dict[str, Any]:
        """Words about company go with a condition that asks for it."""
        given = super().clean() or {}
        if given.get("words") and not given.get("accompanied_only"):
            self.add_error("words", "Tick that they go only with somebody of the trust")
        return given

    @property
    def conditions(self) -> Conditions:
        """What the decision asks of visits."""
        given = self.cleaned_data
        return Conditions(
            services=given["not_services"],
            directorates=tuple(given["not_directorates"]),
            settings=tuple(given["not_settings"]),
            is_accompanied=given["accompanied_only"],
            words=given["words"],
            until=given["until"],
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
