"""The role description: a new version, and signing one."""

from collections.abc import Sequence
from typing import Any

from django import forms

from nhsuk.fields import SplitDateField
from nhsuk.forms import Form
from reviewers.forms.files import CheckedFileField, FileForm
from reviewers.forms.person import PersonForm
from reviewers.how import FOR_THEM, How
from reviewers.models import KeptFile, RoleDescription
from reviewers.role_descriptions import ON_PAPER
from reviewers.uploads import Checked

LONGEST = 20_000


class VersionForm(FileForm):
    """The words of a new version. For the first one: whether people signed these words on paper."""

    submit = "Publish this version"

    words = forms.CharField(
        label="The role description",
        max_length=LONGEST,
        help_text="Leave a line empty to start a new paragraph.",
        widget=forms.Textarea(attrs={"rows": 20}),
    )
    is_what_was_signed = forms.ChoiceField(
        label="Did people sign these words on paper before?",
        choices=[
            ("yes", "Yes. Who has signed on paper need not sign again"),
            ("no", "No. Everybody is asked to sign this version"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether people signed these words before"},
    )
    what_changed = forms.CharField(
        label="What changed?",
        max_length=1000,
        required=False,
        help_text="People read this first. Leave it empty if there was nothing to sign before.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    large_print = CheckedFileField(label="In large print (optional)", required=False)
    easy_read = CheckedFileField(label="As Easy Read (optional)", required=False)
    needed_from = SplitDateField(
        label="Needed from",
        help_text="Whoever goes on a visit on this day or later must have signed this version.",
    )

    def __init__(self, *sent: Any, before: RoleDescription | None, **kwargs: Any) -> None:
        super().__init__(*sent, **kwargs)
        if before is not None:
            del self.fields["is_what_was_signed"]
            self.fields["what_changed"].required = True
            self.fields["what_changed"].help_text = "People read this first."

    def formats(self) -> dict[str, Checked]:
        """The files that were sent, by their format, once the form is valid."""
        sent = {
            KeptFile.Format.LARGE_PRINT: self.cleaned_data["large_print"],
            KeptFile.Format.EASY_READ: self.cleaned_data["easy_read"],
        }
        return {str(kind): file for kind, file in sent.items() if file}


class SignForm(Form):
    """A person signs on line: they read it, and agree."""

    submit = "Sign the role description"

    version = forms.IntegerField(min_value=ON_PAPER, max_value=32_767, widget=forms.HiddenInput)
    agrees = forms.BooleanField(
        label="I have read the role description, and I agree to it",
        error_messages={"required": "Tick the box if you agree to the role description"},
    )

    def __init__(self, data: Any = None, *, version: int) -> None:
        super().__init__(data, initial={"version": version})


class SignatureForm(PersonForm):
    """A coordinator records that a person signed, by phone or on paper."""

    submit = "Record that they signed"

    version = forms.TypedChoiceField(label="Which version?", coerce=int, widget=forms.RadioSelect)
    signed_on = SplitDateField(label="Signed on")

    def __init__(
        self, data: Any = None, *, versions: Sequence[RoleDescription], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        numbers = [each.number for each in versions]
        choices = [
            (number, f"Version {number}" + (" (the newest)" if number == numbers[0] else ""))
            for number in numbers
        ]
        if ON_PAPER not in numbers:
            choices.append((ON_PAPER, "The one on paper, before there were versions here"))
        which: Any = self.fields["version"]
        which.choices = choices
        which.initial = choices[0][0]
        told: Any = self.fields["how"]
        told.label = "How did they sign?"
        told.choices = FOR_THEM

    @property
    def signed_how(self) -> How:
        """By phone or on paper."""
        return How(self.cleaned_data["how"])
