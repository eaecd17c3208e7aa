"""The shape of what checks officers record."""

from typing import Any

from django import forms

from checks.models import RiskAssessment, SiteClearance
from checks.operations import Conditions
from nhsuk.fields import SplitDateField
from nhsuk.forms import Form
from organisation.models import DBSLevel, Directorate, Service, Site, Workforce

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


class ApplicationForm(Form):
    """A DBS check that was applied for."""

    submit = "Save this application"

    level = forms.ChoiceField(choices=DBSLevel.choices, widget=forms.RadioSelect)
    workforce = forms.ChoiceField(choices=Workforce.choices, widget=forms.RadioSelect)
    applied_on = SplitDateField(label="Day of the application")


class CertificateForm(Form):
    """The certificate of a check."""

    submit = "Save this certificate"

    issued_on = SplitDateField(label="Day on the certificate")
    reference_number = forms.RegexField(
        regex=r"^\d{12}$",
        label="Certificate number",
        max_length=12,
        strip=True,
        help_text="12 digits. Do not write down anything else from the certificate.",
        error_messages={"invalid": "Enter the 12 digits of the certificate number"},
    )
    outcome = forms.ChoiceField(
        label="Is the certificate blank?",
        choices=[
            ("blank", "Yes, it is blank"),
            ("disclosure", "No. A risk assessment will be opened"),
        ],
        widget=forms.RadioSelect,
    )

    @property
    def is_blank(self) -> bool:
        """Whether the certificate disclosed nothing."""
        return bool(self.cleaned_data["outcome"] == "blank")


class DecisionForm(Form):
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
    until = SplitDateField(
        label="The conditions end after", required=False, help_text="Leave blank if they do not."
    )
    review_on = SplitDateField(label="Look at this decision again on", required=False)

    def clean_not_services(self) -> tuple[Service, ...]:
        """The services named; an error names those that are none."""
        names = [
            each.strip() for each in self.cleaned_data["not_services"].splitlines() if each.strip()
        ]
        found = {each.name.casefold(): each for each in Service.objects.filter(name__in=names)}
        unknown = [each for each in names if each.casefold() not in found]
        if unknown:
            message = f"There is no service called {', '.join(unknown)}."
            raise forms.ValidationError(message)
        return tuple(found[each.casefold()] for each in names)

    @property
    def conditions(self) -> Conditions:
        """What the decision asks of visits."""
        given = self.cleaned_data
        return Conditions(
            services=given["not_services"],
            directorates=tuple(given["not_directorates"]),
            settings=tuple(given["not_settings"]),
            until=given["until"],
        )


class ToldForm(Form):
    """When an officer told the person."""

    submit = "Save"

    told_on = SplitDateField(
        label="When did you tell them the decision, and how to ask again?",
        help_text="They see the decision on their own page after this, and not before.",
    )


class ClearanceForm(Form):
    """Where a person stands with a site."""

    submit = "Save this clearance"

    site = forms.ModelChoiceField(queryset=Site.objects.none(), empty_label="Choose a site")
    rung = forms.ChoiceField(
        label="Where it stands", choices=SiteClearance.Rung.choices, widget=forms.RadioSelect
    )
    applied_on = SplitDateField(label="Day of the application", required=False)
    decided_on = SplitDateField(label="Day the site decided", required=False)
    decided_by = forms.ChoiceField(
        label="Who decided",
        choices=[("", "Not decided yet"), ("HMPPS", "HMPPS"), ("Governor", "Governor"),
                 ("Site", "The site")],
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, sites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = sites  # type: ignore[attr-defined]
