"""The steps of a DBS check."""

from datetime import datetime

from django import forms
from django.utils.timezone import make_aware

from checks.models import DBSCheck
from nhsuk.fields import SplitDateField, TimeField
from nhsuk.forms import Form
from organisation.models import DBSLevel, Workforce

WORKFORCE_HINT = "Whom the role meets. It counts from an enhanced check upwards."


class AskForm(Form):
    """A person is asked to come with their documents."""

    submit = "Save"

    level = forms.ChoiceField(choices=DBSLevel.choices, widget=forms.RadioSelect)
    workforce = forms.ChoiceField(
        choices=Workforce.choices, widget=forms.RadioSelect, help_text=WORKFORCE_HINT
    )
    asked_on = SplitDateField(label="Day you asked them")


class IdCheckForm(Form):
    """When and where the documents are looked at."""

    submit = "Save this ID check"

    day = SplitDateField(label="Day of the ID check")
    time = TimeField(label="Time", help_text="For example 10:30am.")
    how = forms.ChoiceField(
        label="How it is done", choices=DBSCheck.IdentityCheck.choices, widget=forms.RadioSelect
    )
    place = forms.CharField(
        label="Where, or how to join",
        required=False,
        help_text="The person sees this on their own page.",
    )

    @property
    def at(self) -> datetime:
        """The moment, local time."""
        return make_aware(datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"]))


class DocumentsForm(Form):
    """Which kinds of documents were seen."""

    submit = "Save"

    documents = forms.MultipleChoiceField(
        label="Which documents did you see?",
        choices=DBSCheck.Document.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick what you saw. Keep no copy, and write down no number.",
    )
    seen_on = SplitDateField(label="Day you saw them")


class AppliedForm(Form):
    """The application after an ID check."""

    submit = "Save this application"

    applied_on = SplitDateField(label="Day of the application")


class ApplicationForm(AppliedForm):
    """A DBS check that was applied for, with an ID check that is recorded elsewhere."""

    level = forms.ChoiceField(choices=DBSLevel.choices, widget=forms.RadioSelect)
    workforce = forms.ChoiceField(
        choices=Workforce.choices, widget=forms.RadioSelect, help_text=WORKFORCE_HINT
    )
    field_order = ("level", "workforce", "applied_on")


class RemindedForm(Form):
    """Somebody asked how an application gets on."""

    submit = "Save"

    reminded_on = SplitDateField(label="Day you asked how it gets on")


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


class SettleForm(Form):
    """What came counts: nothing to fill in."""

    submit = "It counts from now"


class ConsentForm(Form):
    """The person agreed to status checks."""

    submit = "Save"

    consent_on = SplitDateField(
        label="Day they agreed to status checks",
        help_text="Status checks are made with HR’s record: the portal keeps no date of birth.",
    )


class StatusForm(Form):
    """What the Update Service answered."""

    submit = "Save this status check"

    checked_on = SplitDateField(label="Day of the status check")
    result = forms.ChoiceField(
        label="What did the Update Service say?",
        choices=[
            ("current", "Nothing has changed: the certificate still counts"),
            ("changed", "Something has changed: a new check is asked for"),
        ],
        widget=forms.RadioSelect,
    )
