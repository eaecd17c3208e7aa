"""What an approval asks of visits, and the version of the assessment a form was shown for."""

from typing import Any

from django import forms

from checks.operations import Conditions
from nhsuk.fields import SplitDateField
from nhsuk.forms import Form
from organisation.models import Directorate, Service


class VersionForm(Form):
    """What the form was shown for: one that was shown for an older version is refused."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput, required=False)

    def clean_version(self) -> int:
        """The version; none counts as an old form."""
        return self.cleaned_data["version"] or 0


class ConditionsForm(VersionForm):
    """Where somebody is not to go, or that they are accompanied."""

    ASKED = (
        "not_settings",
        "not_directorates",
        "not_services",
        "accompanied_only",
        "words",
        "until",
    )

    submit = "Save these conditions"

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
