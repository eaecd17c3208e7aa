"""The shape of what is asked about sessions."""

from typing import Any

from django import forms

from nhsuk.forms import Form, IdField, ModelForm
from reviewers.models import Reviewer
from training.models import Session


class SessionForm(ModelForm):
    """A session's details, with its co-facilitators by reference."""

    submit = "Save this session"

    co_facilitators = forms.CharField(
        label="Lived Experience Reviewers who co-facilitate",
        required=False,
        help_text="Their references, such as LXR-001, with a comma between.",
    )

    class Meta:
        model = Session
        fields = (
            "code",
            "title",
            "kind",
            "held_on",
            "starts_at",
            "ends_at",
            "venue",
            "capacity",
            "staff_facilitator",
        )
        labels = {
            "held_on": "Day",
            "starts_at": "Starts",
            "ends_at": "Ends",
            "capacity": "Number of places",
        }
        help_texts = {
            "code": "A short name for lists, such as T08.",
            "kind": "A workshop or staff training makes people trained. A pilot does not.",
            "capacity": "Leave this blank if there is no limit.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        session = kwargs.get("instance")
        if session is not None:
            references = session.co_facilitators.values_list("reference", flat=True)
            kwargs["initial"] = {"co_facilitators": ", ".join(references)}
        super().__init__(*args, **kwargs)

    def clean_co_facilitators(self) -> list[Reviewer]:
        """The people named; an error names the references that are nobody's."""
        text = str(self.cleaned_data["co_facilitators"]).replace(";", ",")
        references = [each.strip() for each in text.split(",") if each.strip()]
        people = {
            each.reference: each for each in Reviewer.objects.filter(reference__in=references)
        }
        unknown = [each for each in references if each not in people]
        if unknown:
            message = f"There is nobody with the reference {', '.join(unknown)}."
            raise forms.ValidationError(message)
        return [people[each] for each in references]

    def details(self) -> dict[str, Any]:
        """What the operations take, once the form is valid."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class BookForm(Form):
    """Whom to give a place."""

    person = IdField()


class AttendanceForm(Form):
    """A yes or no for each place."""

    submit = "Save who came"

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in places:
            self.fields[f"place-{place.pk}"] = forms.ChoiceField(
                label=f"Did {place.reviewer} come?",
                choices=[("yes", "Came"), ("no", "Did not come")],
                widget=forms.RadioSelect,
                required=False,
                initial={"attended": "yes", "did not attend": "no"}.get(place.outcome),
            )

    def attended(self) -> dict[int, bool]:
        """Place to whether they came; places without an answer are left out."""
        return {
            int(name.removeprefix("place-")): answer == "yes"
            for name, answer in self.cleaned_data.items()
            if answer
        }
