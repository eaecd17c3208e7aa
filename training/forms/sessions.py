"""The shape of what is asked about sessions."""

from typing import Any, cast

from django import forms
from django.db.models.functions import Lower

from nhsuk.fields import SplitDateField
from nhsuk.forms import Form, ModelForm
from organisation.models import StaffMember
from reviewers.models import Reviewer
from training.models import CourseVersion, Session
from training.operations import Facilitators, SessionDetails


class SessionForm(ModelForm):
    """A session's details, with its facilitators by name and its co-facilitators by reference."""

    submit = "Save this session"

    version = forms.ModelChoiceField(
        CourseVersion.objects.none(),
        label="What is delivered",
        empty_label="Choose a course and its version",
    )
    is_pilot = forms.BooleanField(
        label="This is a pilot", required=False, help_text="A pilot makes nobody trained."
    )
    staff_facilitators = forms.CharField(
        label="Staff who facilitate",
        required=False,
        help_text="Their names, with a comma between.",
    )
    co_facilitators = forms.CharField(
        label="Lived Experience Reviewers who co-facilitate",
        required=False,
        help_text="Their references, such as LXR-001, with a comma between.",
    )

    class Meta:
        model = Session
        fields = (
            "version",
            "is_pilot",
            "code",
            "title",
            "held_on",
            "starts_at",
            "ends_at",
            "venue",
            "venue_access",
            "capacity",
            "booking_opens_on",
        )
        labels = {
            "held_on": "Day",
            "starts_at": "Starts",
            "ends_at": "Ends",
            "venue_access": "Getting in and around",
            "capacity": "Number of places",
            "booking_opens_on": "People can book themselves from",
        }
        widgets = {"venue_access": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "code": "A short name for lists, such as T08.",
            "venue_access": "Steps, lifts, parking, a quiet room. People with a place are told.",
            "capacity": "Leave this blank if there is no limit.",
            "booking_opens_on": "Leave this blank if you invite people yourself.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        session: Session | None = kwargs.get("instance")
        if session is not None:
            kwargs["initial"] = {
                "is_pilot": session.kind == Session.Kind.PILOT,
                "staff_facilitators": _joined(session.staff_facilitators, "name"),
                "co_facilitators": _joined(session.co_facilitators, "reference"),
            }
        super().__init__(*args, **kwargs)
        version = cast("forms.ModelChoiceField[CourseVersion]", self.fields["version"])
        version.queryset = CourseVersion.objects.select_related("course").order_by(
            "course__name", "-number"
        )
        # The spreadsheet did not say; somebody may, on the session's page.
        version.required = session is None or session.version_id is not None

    def clean(self) -> dict[str, Any]:
        """A pilot is one of a version; without it, what the session is stays as it is."""
        cleaned = super().clean() or {}
        was_pilot = self.instance.kind == Session.Kind.PILOT
        if (
            not self.fields["version"].required
            and cleaned.get("version") is None
            and cleaned.get("is_pilot", False) != was_pilot
        ):
            self.add_error("version", "Choose what is delivered. Then say whether it is a pilot")
        return cleaned

    def clean_staff_facilitators(self) -> list[StaffMember]:
        """The staff named; an error says which names nobody has."""
        names = _parts(self.cleaned_data["staff_facilitators"])
        staff = StaffMember.objects.annotate(lower=Lower("name"))
        known = {each.lower: each for each in staff.filter(lower__in=[n.lower() for n in names])}
        unknown = [each for each in names if each.lower() not in known]
        if unknown:
            message = f"There is nobody on the staff list called {', '.join(unknown)}."
            raise forms.ValidationError(message)
        return [known[each.lower()] for each in names]

    def clean_co_facilitators(self) -> list[Reviewer]:
        """The people named; an error names the references that are nobody's."""
        references = _parts(self.cleaned_data["co_facilitators"])
        people = {
            each.reference: each for each in Reviewer.objects.filter(reference__in=references)
        }
        unknown = [each for each in references if each not in people]
        if unknown:
            message = f"There is nobody with the reference {', '.join(unknown)}."
            raise forms.ValidationError(message)
        return [people[each] for each in references]

    def details(self) -> SessionDetails:
        """What the operations take, once the form is valid."""
        return cast("SessionDetails", {name: self.cleaned_data[name] for name in self.Meta.fields})

    def facilitators(self) -> Facilitators:
        """Who leads it, once the form is valid."""
        return {
            "staff": self.cleaned_data["staff_facilitators"],
            "lxrs": self.cleaned_data["co_facilitators"],
        }


def _joined(people: Any, name: str) -> str:
    return ", ".join(people.order_by(name).values_list(name, flat=True))


def _parts(text: str) -> list[str]:
    parts = [each.strip() for each in text.replace(";", ",").split(",")]
    return list(dict.fromkeys(each for each in parts if each))


class VersionOfSessionForm(Form):
    """Which version of a course a session of the past delivered."""

    submit = "Save the version"

    version = forms.ModelChoiceField(
        CourseVersion.objects.none(),
        label="What was delivered?",
        empty_label="Choose a course and its version",
    )

    def __init__(self, *args: Any, versions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[CourseVersion]", self.fields["version"]).queryset = versions


class CancelSessionForm(Form):
    """Why a session does not take place."""

    submit = "Cancel this session"
    submit_variant = "warning"

    why = forms.CharField(
        label="Why does it not take place?",
        help_text="Everyone with a place is told this in a message.",
        max_length=500,
        widget=forms.Textarea,
    )


class FollowUpForm(Form):
    """When somebody got in touch with a person who did not come."""

    submit = "Save"

    on = SplitDateField(label="When did you get in touch?")
