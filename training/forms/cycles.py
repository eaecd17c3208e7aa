"""The shape of a PDSA cycle: its plan, what was done, studied and decided."""

from typing import Any, cast

from django import forms

from nhsuk.fields import SplitDateField
from nhsuk.forms import Form
from nhsuk.words import nhs_date
from training.forms.people import ReviewersField, StaffField
from training.models import Course, Cycle, Session
from training.operations.cycles import PlanDetails, StudyDetails
from training.queries.cycles import sessions_to_try

QUESTIONS = "questions"


class OwnersForm(Form):
    """What the change is called, and who leads it."""

    submit = "Save"

    title = forms.CharField(
        label="Name of the change", max_length=120, help_text="Such as: longer breaks."
    )
    staff = StaffField(
        label="Staff who lead it", required=False, help_text="Their names, with a comma between."
    )
    lxrs = ReviewersField(
        label="Lived Experience Reviewers who lead it",
        required=False,
        help_text="Their references, such as LXR-001, with a comma between.",
    )

    def owners(self) -> dict[str, Any]:
        """What the operations take, once the form is valid."""
        return {name: self.cleaned_data[name] for name in ("title", "staff", "lxrs")}


class NoteForm(Form):
    """What a Lived Experience Reviewer who helps to lead a change wants to say."""

    submit = "Save my note"

    words = forms.CharField(
        label="Your note",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Please do not name patients or other people.",
    )


class PlanForm(Form):
    """The change to try, what we think will happen, and how we will know."""

    submit = "Save the plan"

    about = forms.ChoiceField(label="What do you want to change?", widget=forms.RadioSelect)
    idea = forms.CharField(
        label="What will you try?",
        max_length=3000,
        help_text="One change, small enough to try soon.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    prediction = forms.CharField(
        label="What do you think will happen?",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    measure = forms.CharField(
        label="How will you know?",
        max_length=3000,
        help_text="Such as what attendees say, or their ratings.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    planned_on = SplitDateField(label="Day of the plan")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.courses = {str(course.pk): course for course in Course.objects.order_by("name")}
        about = cast("forms.ChoiceField", self.fields["about"])
        about.choices = [
            *((key, f"The course {course}") for key, course in self.courses.items()),
            (QUESTIONS, Cycle.About.QUESTIONS.label),
        ]

    def details(self) -> PlanDetails:
        """What the operations take, once the form is valid."""
        given = self.cleaned_data
        return {
            "course": self.courses.get(given["about"]),
            "idea": given["idea"],
            "prediction": given["prediction"],
            "measure": given["measure"],
            "planned_on": given["planned_on"],
        }


class AddForm(PlanForm, OwnersForm):
    """A new change: its name, who leads it and its plan."""

    field_order = ("title", "about", "idea", "prediction", "measure", "staff", "lxrs")


class DoForm(Form):
    """Where the change is tried, and what happened."""

    submit = "Save what you did"

    sessions = forms.ModelMultipleChoiceField(
        Session.objects.none(),
        label="At which sessions do you try it?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    done_on = SplitDateField(label="Tried from")
    what_happened = forms.CharField(
        label="What happened?",
        required=False,
        help_text="Also what you did not expect. You can add to this later.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, cycle: Cycle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelMultipleChoiceField[Session]", self.fields["sessions"])
        field.queryset = sessions_to_try(cycle)
        field.label_from_instance = _named  # type: ignore[method-assign, assignment]
        if cycle.course_id is None:
            del self.fields["sessions"]


def _named(session: Session) -> str:
    return f"{session.title}, {session.code}, {nhs_date(session.held_on)}"


class StudyForm(Form):
    """What was learned, and what the attendees agreed that they said."""

    submit = "Save what you learned"

    learnt = forms.CharField(
        label="What did you learn?",
        help_text="What the ratings and words show. Was it as you thought?",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    summary = forms.CharField(
        label="What attendees said when you talked about it together",
        required=False,
        help_text="For a small group, whose ratings are not shown. Read it to them. "
        "Write only what they agree to, and no names.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    summary_agreed_on = SplitDateField(label="They agreed to it on", required=False)
    summary_agreed_by = forms.IntegerField(
        label="How many attendees agreed to it", required=False, min_value=1, max_value=1000
    )
    studied_on = SplitDateField(label="Day of the study")

    def clean(self) -> dict[str, Any]:
        """A summary comes with the day and the number of those who agreed, and they with it."""
        given = super().clean() or self.cleaned_data
        parts = ("summary", "summary_agreed_on", "summary_agreed_by")
        if any(given.get(name) for name in parts):
            errors = {
                "summary": "Write what the attendees agreed to, or leave the other two blank",
                "summary_agreed_on": "Enter the day on which they agreed to it",
                "summary_agreed_by": "Enter how many of them agreed to it",
            }
            for name in parts:
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, errors[name])
        return given

    def details(self) -> StudyDetails:
        """What the operations take, once the form is valid."""
        return cast("StudyDetails", {name: self.cleaned_data[name] for name in self.base_fields})


class ActForm(Form):
    """What becomes of the change."""

    submit = "Save what you decided"

    outcome = forms.ChoiceField(
        label="What becomes of the change?",
        choices=Cycle.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what becomes of the change"},
    )
    decision = forms.CharField(
        label="What did you decide, and why?", widget=forms.Textarea(attrs={"rows": 6})
    )
    acted_on = SplitDateField(label="Decided on")


class VersionForm(Form):
    """The new version of the course that the change leads to."""

    submit = "Make the new version"

    made_on = SplitDateField(label="Made on")
    what = forms.CharField(label="What changed", widget=forms.Textarea(attrs={"rows": 6}))
    why = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 8}))
