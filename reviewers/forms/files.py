"""Files that are sent in: each is what its name says, or the form says why not."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from nhsuk.forms import Form
from reviewers.models import KeptFile
from reviewers.uploads import MOST_BYTES, Checked, check_file
from rules import RuleBroken


class CheckedFileField(forms.FileField):
    """A file that is what its name says."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=1_000,
            help_text="A PDF, a Word document or a picture, at most 10 MB.",
            error_messages={"required": "Choose a file", "empty": "The file is empty"},
            **kwargs,
        )

    def clean(self, data: Any, initial: Any = None) -> Checked | None:
        """The file, read and checked; None where none was sent and none has to be."""
        sent = cast("UploadedFile[bytes] | None", super().clean(data, initial))
        if not sent:
            return None
        content = sent.read(MOST_BYTES + 1)
        try:
            return check_file(sent.name or "", content)
        except RuleBroken as broken:
            raise ValidationError(str(broken)) from broken


class FileForm(Form):
    """A form that takes files."""

    def clean(self) -> dict[str, Any]:
        """A browser does not keep a file: say so where something else was wrong."""
        given = super().clean() or self.cleaned_data
        if self.errors:
            for name in [name for name in self.files if name in self.fields]:
                if name not in self.errors:
                    self.add_error(name, "Choose the file again")
        return given

    @property
    def checked(self) -> Checked:
        """The file, once the form is valid."""
        return cast("Checked", self.cleaned_data["file"])


class FormatForm(FileForm):
    """One more format of the newest version."""

    submit = "Add this format"

    kind = forms.ChoiceField(
        label="Which format?",
        widget=forms.RadioSelect,
        choices=[each for each in KeptFile.Format.choices if each[0] != KeptFile.Format.STANDARD],
        error_messages={"required": "Choose a format"},
    )
    file = CheckedFileField(label="The file")
