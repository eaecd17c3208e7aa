"""The shape of what is asked about courses and their versions."""

from typing import Any, cast

from django import forms

from nhsuk.fields import SplitDateField
from nhsuk.forms import Form, ModelForm
from training.models import Course
from training.operations import CourseDetails


class CourseForm(ModelForm):
    """What a course is."""

    submit = "Save this course"

    lasts_months = forms.IntegerField(
        label="Keeps someone in date for, in months",
        help_text="Leave this blank if it counts for good.",
        min_value=1,
        max_value=120,
        required=False,
    )

    class Meta:
        model = Course
        fields = ("name", "kind", "lasts_months", "about")
        labels = {"kind": "What kind of course is it?", "about": "What it is about"}
        widgets = {"kind": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = cast("forms.ChoiceField", self.fields["kind"])
        kind.choices = Course.Kind.choices

    def details(self) -> CourseDetails:
        """What the operations take, once the form is valid."""
        return cast("CourseDetails", {name: self.cleaned_data[name] for name in self.Meta.fields})


class AddCourseForm(CourseForm):
    """A course and what its first version teaches."""

    what = forms.CharField(
        label="What the first version teaches",
        help_text="Its parts, how long they take and who leads them.",
        widget=forms.Textarea,
    )


class VersionForm(Form):
    """What changed in a course, and why."""

    submit = "Add this version"

    made_on = SplitDateField(label="Made on")
    what = forms.CharField(label="What changed", widget=forms.Textarea)
    why = forms.CharField(
        label="Why",
        help_text="What people said, or what you tried and learned.",
        widget=forms.Textarea,
    )
