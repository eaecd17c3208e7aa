"""The shape of what is put into the library."""

from typing import Any, cast

from django import forms

from nhsuk.fields import SplitDateField
from nhsuk.forms import Form
from reviewers.forms.files import CheckedFileField, FileForm
from reviewers.how import FOR_THEM, How
from training.models import Document, DocumentVersion
from training.operations.library import DocumentDetails


class DetailsForm(FileForm):
    """What a document is, and who has to read it."""

    submit = "Save this document"

    title = forms.CharField(label="Title", max_length=120)
    about = forms.CharField(
        label="What it is about, in one sentence",
        max_length=300,
        help_text="Such as: how we keep you safe when you are on your own.",
    )
    must_read = forms.ChoiceField(
        label="Who has to read it?",
        choices=Document.MustRead.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who has to read it"},
    )

    def details(self) -> DocumentDetails:
        """What the operations take, once the form is valid."""
        names = ("title", "about", "must_read")
        return cast("DocumentDetails", {name: self.cleaned_data[name] for name in names})


class AddForm(DetailsForm):
    """A document with its first file."""

    submit = "Add this document"

    file = CheckedFileField(label="The file")


class PublishForm(FileForm):
    """A new version: what changed, and the new file."""

    submit = "Publish this version"

    what_changed = forms.CharField(
        label="What changed?",
        max_length=1000,
        help_text="People read this first.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    file = CheckedFileField(label="The new file")


class ReadingForm(Form):
    """What a person told the team by phone or on paper."""

    submit = "Save that they read it"

    read_on = SplitDateField(label="When did they read it?")
    how = forms.ChoiceField(
        label="How did they tell you?", choices=FOR_THEM, widget=forms.RadioSelect
    )

    def said_how(self) -> How:
        """By phone or on paper, once the form is valid."""
        return How(self.cleaned_data["how"])


class ReadForm(Form):
    """A person has read the version that was on their screen."""

    submit = "I have read this"

    version = forms.IntegerField(min_value=1, max_value=32_767, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, number: int) -> None:
        super().__init__(data, initial={"version": number})

    def version_of(self, document: Document) -> DocumentVersion:
        """The version that was read; the newest where there is no such one."""
        newest, *older = document.versions.all()
        number = self.cleaned_data["version"]
        return next((each for each in older if each.number == number), newest)
