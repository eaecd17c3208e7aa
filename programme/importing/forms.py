"""The shape of an upload."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from nhsuk.forms import Form
from programme.importing.limits import FILE_BYTES, LEFT_OUT, MEBIBYTE
from programme.importing.operations import takings_of
from programme.importing.taking import Taking

TAKINGS = {
    Taking.PROGRAMME: "The programme, without the check columns",
    Taking.CHECKS: "The check columns alone",
}


class UploadForm(Form):
    """A workbook or zip to be read."""

    submit = "Upload and check"

    file = forms.FileField(
        label="Your file",
        max_length=200,
        help_text=f"An .xlsx workbook or a .zip of CSV files, at most {FILE_BYTES // MEBIBYTE} MB",
        error_messages={
            "required": "Choose a file",
            "empty": "The file is empty",
            "max_length": "The file’s name must be 200 characters or fewer",
        },
    )
    taking = forms.ChoiceField(label="What do you want to bring in?", widget=forms.RadioSelect)
    token = forms.RegexField(regex=r"^[0-9a-f-]{36}$", widget=forms.HiddenInput, max_length=36)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(each.value, TAKINGS[each]) for each in takings_of(user)]
        self.fields["token"].initial = lambda: str(uuid.uuid4())
        if len(choices) > 1:
            self.fields["taking"].choices = choices  # type: ignore[attr-defined]  # a choice field
        else:
            del self.fields["taking"]
        self.only = Taking(choices[0][0])

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size is None or file.size > FILE_BYTES:
            message = f"The file must be smaller than {FILE_BYTES // MEBIBYTE} MB"
            raise ValidationError(message)
        return file

    def clean_token(self) -> uuid.UUID:
        """What tells one sending of the form from another."""
        try:
            return uuid.UUID(self.cleaned_data["token"])
        except ValueError as error:
            message = "Open this page again and send the file from there"
            raise ValidationError(message) from error

    def taking_chosen(self) -> Taking:
        """What is to be taken."""
        return Taking(self.cleaned_data.get("taking") or self.only)


class LeaveOutForm(Form):
    """Which unknown sheets and columns to pass over."""

    submit = "Check again without these"
    submit_variant = "secondary"

    leave_out = forms.MultipleChoiceField(
        label="Leave out",
        widget=forms.CheckboxSelectMultiple,
        help_text="These are not part of the import format. Tick what is not needed.",
        error_messages={"required": "Tick what to leave out"},
    )

    def __init__(self, *args: Any, names: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leave_out"].choices = [(name, name) for name in names[:LEFT_OUT]]  # type: ignore[attr-defined]  # a choice field
