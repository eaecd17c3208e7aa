"""Where a person stands with a site, and the site's own form."""

from typing import Any

from django import forms

from checks.forms.conditions import VersionForm
from checks.models import SiteClearance
from nhsuk.fields import SplitDateField
from organisation.models import Site, SiteFormItem

OTHER = "other"


class ClearanceForm(VersionForm):
    """Where a person stands with a site."""

    submit = "Save this clearance"

    site = forms.ModelChoiceField(queryset=Site.objects.none(), empty_label="Choose a site")
    rung = forms.ChoiceField(
        label="Where it stands", choices=SiteClearance.Rung.choices, widget=forms.RadioSelect
    )
    applied_on = SplitDateField(label="Day of the application", required=False)
    reminded_on = SplitDateField(label="Day you last reminded them", required=False)
    decided_on = SplitDateField(label="Day the site decided", required=False)
    decided_by = forms.ChoiceField(
        label="Who decided",
        choices=[("", "Not decided yet"), *SiteClearance.DECIDERS, (OTHER, "Somebody else")],
        required=False,
    )
    decided_by_other = forms.CharField(label="Who, if somebody else", max_length=80, required=False)
    told_on = SplitDateField(
        label="Day you told the person",
        required=False,
        help_text="A limit shows on their own page after this, and not before.",
    )

    def __init__(self, *args: Any, sites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = sites  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Somebody else has a name."""
        given = super().clean() or {}
        if given.get("decided_by") == OTHER and not given.get("decided_by_other"):
            self.add_error("decided_by_other", "Enter who decided")
        return given

    @property
    def values(self) -> dict[str, Any]:
        """What was entered, with one name for who decided."""
        given = dict(self.cleaned_data)
        other = given.pop("decided_by_other")
        if given["decided_by"] == OTHER:
            given["decided_by"] = other
        return given

    @staticmethod
    def of(clearance: SiteClearance) -> dict[str, Any]:
        """What stands, to begin with."""
        known = clearance.decided_by in {"", *dict(SiteClearance.DECIDERS)}
        return {
            "version": clearance.version,
            "site": clearance.site_id,
            "rung": clearance.rung,
            "applied_on": clearance.applied_on,
            "reminded_on": clearance.reminded_on,
            "decided_on": clearance.decided_on,
            "decided_by": clearance.decided_by if known else OTHER,
            "decided_by_other": "" if known else clearance.decided_by,
            "told_on": clearance.told_on,
        }


class TicksForm(VersionForm):
    """The lines of the site's form that are done."""

    submit = "Save these ticks"

    items = forms.MultipleChoiceField(
        label="What is done", widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, lines: list[SiteFormItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"].choices = [(str(each.pk), each.words) for each in lines]  # type: ignore[attr-defined]

    @property
    def done(self) -> list[int]:
        """The ids of the lines that are ticked."""
        return [int(each) for each in self.cleaned_data["items"]]
