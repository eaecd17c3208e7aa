"""What is asked about people. The same forms serve the person and a coordinator who records."""

from collections.abc import Sequence
from typing import Any

from django import forms

from nhsuk.fields import SplitDateField
from nhsuk.forms import Form
from notifications.models import Channel
from organisation.models import Directorate, Service
from reviewers.how import FOR_THEM, How
from reviewers.models import Reviewer, Stage
from reviewers.operations import Details
from reviewers.stages import Move, ways_from

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MOST_VISITS = 31
_CORRECTION = ("correction", "Nobody. I am putting a mistake right")


class PersonForm(Form):
    """A form about one person. ``for_them``: a coordinator records what the person said."""

    submit = "Save"

    def __init__(
        self, data: Any = None, *, reviewer: Reviewer, for_them: bool = False, **kwargs: Any
    ) -> None:
        self.reviewer = reviewer
        self.for_them = for_them
        super().__init__(data, initial=self.initial_of(reviewer), **kwargs)
        if for_them:
            self.fields["how"] = forms.ChoiceField(
                label="How did they tell you?",
                choices=[*FOR_THEM, _CORRECTION],
                widget=forms.RadioSelect,
                error_messages={"required": "Select how they told you"},
            )

    def initial_of(self, reviewer: Reviewer) -> dict[str, Any]:
        """What the form shows at first."""
        return {}

    @property
    def how(self) -> How | None:
        """How a coordinator was told; None for the person's own change, or a correction."""
        told = self.cleaned_data.get("how", "")
        return How(told) if told in How.values else None


def _name(label: str, longest: int = 80, autocomplete: str = "") -> forms.CharField:
    attributes = {"autocomplete": autocomplete} if autocomplete else {}
    return forms.CharField(
        label=label, max_length=longest, widget=forms.TextInput(attrs=attributes)
    )


class DetailsForm(PersonForm):
    """Name and contact. A person sees the address they sign in with, and asks us to change it."""

    first_name = _name("First name", autocomplete="given-name")
    last_name = _name("Last name", autocomplete="family-name")
    email = forms.EmailField(label="Email address", required=False)
    phone = forms.CharField(label="Phone number", max_length=30, required=False)
    address = forms.CharField(
        label="Postal address",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "street-address"}),
    )
    preferred_contact = forms.ChoiceField(
        label="What is the best way to reach you?",
        choices=Channel.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if self.for_them:
            self.fields["preferred_contact"].label = "What is the best way to reach them?"
        else:
            del self.fields["email"]

    def initial_of(self, reviewer: Reviewer) -> dict[str, Any]:
        """The details as they are."""
        return {name: getattr(reviewer, name) for name in Details.__dataclass_fields__}

    @property
    def details(self) -> Details:
        """As the operation takes them."""
        given = {
            name: self.cleaned_data.get(name, getattr(self.reviewer, name))
            for name in Details.__dataclass_fields__
        }
        return Details(**given)


class AddForm(Form):
    """Somebody new. They start at the stage enquiry."""

    submit = "Add this person"

    first_name = _name("First name")
    last_name = _name("Last name")
    email = forms.EmailField(label="Email address", required=False)
    phone = forms.CharField(label="Phone number", max_length=30, required=False)
    address = forms.CharField(
        label="Postal address",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    preferred_contact = forms.ChoiceField(
        label="What is the best way to reach them?",
        choices=Channel.choices,
        widget=forms.RadioSelect,
    )
    reference = forms.CharField(
        label="Reference",
        max_length=20,
        required=False,
        help_text="Leave this empty and they get the next number.",
    )

    @property
    def details(self) -> Details:
        """As the operation takes them."""
        return Details(**{name: self.cleaned_data[name] for name in Details.__dataclass_fields__})


class AvailabilityForm(PersonForm):
    """The usual week."""

    weekdays = forms.TypedMultipleChoiceField(
        label="Days when a visit can be",
        help_text="Select all the days that usually work.",
        choices=list(enumerate(WEEKDAYS)),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one day. For a break, use “Pause for now”"},
    )
    visits_a_month = forms.IntegerField(
        label="The most visits in a month", min_value=1, max_value=MOST_VISITS
    )
    first_visit_anywhere = forms.BooleanField(
        label="A first visit can be anywhere",
        help_text=(
            "We start people at a service that is not secure, with another Lived Experience"
            " Reviewer. Tick this to be asked for any visit from the start."
        ),
        required=False,
    )

    def initial_of(self, reviewer: Reviewer) -> dict[str, Any]:
        """The week as it is."""
        return {
            "weekdays": [day for day in range(7) if reviewer.available_weekdays >> day & 1],
            "visits_a_month": reviewer.visits_a_month,
            "first_visit_anywhere": reviewer.first_visit_anywhere,
        }


class AwayForm(PersonForm):
    """Days on which no visit can be."""

    submit = "Add these days"

    starts_on = SplitDateField(label="First day away")
    ends_on = SplitDateField(
        label="Last day away", required=False, help_text="Leave this empty for one day."
    )

    def clean(self) -> dict[str, Any]:
        """One day away ends on the day it starts."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("starts_on") and not cleaned.get("ends_on") and "ends_on" in cleaned:
            cleaned["ends_on"] = cleaned["starts_on"]
        return cleaned


class ExclusionsForm(PersonForm):
    """The services of each directorate, to tick."""

    def __init__(
        self,
        data: Any = None,
        *,
        groups: Sequence[tuple[Directorate, list[Service]]],
        **kwargs: Any,
    ) -> None:
        self.services = {service.pk: service for _, held in groups for service in held}
        self.groups = [f"directorate_{directorate.pk}" for directorate, _ in groups]
        super().__init__(data, **kwargs)
        for name, (directorate, held) in zip(self.groups, groups, strict=True):
            self.fields[name] = forms.TypedMultipleChoiceField(
                label=directorate.name,
                choices=[(service.pk, service.name) for service in held],
                coerce=int,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        self.order_fields(self.groups)

    def initial_of(self, reviewer: Reviewer) -> dict[str, Any]:
        """Those that are ticked."""
        chosen = [each.service_id for each in reviewer.exclusions.all()]
        return dict.fromkeys(self.groups, chosen)

    @property
    def chosen(self) -> list[Service]:
        """The services that were ticked."""
        return [self.services[pk] for name in self.groups for pk in self.cleaned_data[name]]


class AccessNeedsForm(PersonForm):
    """What helps the person to take part, in their own words."""

    words = forms.CharField(
        label="What do you need so that you can take part?",
        help_text="For example: large print, Easy Read, no stairs, breaks, someone to come along.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if self.for_them:
            self.fields["words"].label = "What do they need so that they can take part?"

    def initial_of(self, reviewer: Reviewer) -> dict[str, Any]:
        """The words as they are."""
        return {"words": reviewer.access_needs}


class ExperienceForm(PersonForm):
    """Whose experience the person brings, and of what."""

    experience = forms.ChoiceField(
        label="Have you used services, or cared for someone who has?",
        choices=[
            (Reviewer.Experience.SERVICE_USER.value, "I have used services"),
            (Reviewer.Experience.CARER.value, "I have cared for someone"),
            (Reviewer.Experience.BOTH.value, "Both"),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    experience_of = forms.TypedMultipleChoiceField(
        label="Which kinds of services?",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    role_description_signed_on = SplitDateField(label="Role description signed on", required=False)

    def __init__(
        self, data: Any = None, *, directorates: Sequence[Directorate], **kwargs: Any
    ) -> None:
        self.directorates = {each.pk: each for each in directorates}
        super().__init__(data, **kwargs)
        choices: Any = self.fields["experience_of"]
        choices.choices = [(each.pk, each.name) for each in directorates]
        if self.for_them:
            self.fields["experience"].label = "Have they used services, or cared for someone?"
            which: Any = self.fields["experience"]
            which.choices = Reviewer.Experience.choices
        else:
            del self.fields["role_description_signed_on"]

    def initial_of(self, reviewer: Reviewer) -> dict[str, Any]:
        """As it is."""
        return {
            "experience": reviewer.experience,
            "experience_of": [each.pk for each in reviewer.experience_of.all()],
            "role_description_signed_on": reviewer.role_description_signed_on,
        }

    @property
    def chosen(self) -> list[Directorate]:
        """The directorates that were ticked."""
        return [self.directorates[pk] for pk in self.cleaned_data["experience_of"]]


class PauseForm(PersonForm):
    """How long a pause lasts; an empty day is until further notice."""

    submit = "Save"

    until = SplitDateField(
        label="Last day of the pause",
        required=False,
        help_text="Leave this empty to pause until further notice. For example, 27 3 2026.",
    )

    def initial_of(self, reviewer: Reviewer) -> dict[str, Any]:
        """The day that is set."""
        return {"until": reviewer.paused_until}


class ComeBackForm(PersonForm):
    """The end of a pause, as the person told us."""

    submit = "End the pause"


_ABOUT = {Move.BACK: " (a step back)", Move.REJOIN: " (starting again)"}


class StageForm(Form):
    """The stages this person can move to from where they are."""

    submit = "Move to this stage"

    to = forms.ChoiceField(label="New stage", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Why?",
        max_length=300,
        required=False,
        help_text=(
            "A step back, or starting again, needs a reason."
            " Do not write about health or checks here."
        ),
        widget=forms.TextInput,
    )

    def __init__(self, data: Any = None, *, stage: str) -> None:
        super().__init__(data)
        to: Any = self.fields["to"]
        to.choices = [
            (way.value, way.label + _ABOUT.get(move, "")) for way, move in ways_from(stage)
        ]

    @property
    def stage(self) -> Stage:
        """The stage that was chosen."""
        return Stage(self.cleaned_data["to"])
