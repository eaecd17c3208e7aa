"""When a person can come, and where they would rather not go."""

from collections.abc import Sequence
from typing import Any

from django import forms

from nhsuk.fields import SplitDateField
from organisation.models import Directorate, Service
from reviewers.forms.person import PersonForm
from reviewers.models import Reviewer

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MOST_VISITS = 31


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
    """The services of one directorate, to tick."""

    services = forms.TypedMultipleChoiceField(
        label="Places", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        data: Any = None,
        *,
        directorate: Directorate,
        services: Sequence[Service],
        **kwargs: Any,
    ) -> None:
        self.directorate = directorate
        self.by_id = {service.pk: service for service in services}
        super().__init__(data, **kwargs)
        places: Any = self.fields["services"]
        places.label = directorate.name
        places.choices = [(service.pk, service.name) for service in services]

    def initial_of(self, reviewer: Reviewer) -> dict[str, Any]:
        """Those that are ticked."""
        return {"services": [each.service_id for each in reviewer.exclusions.all()]}

    @property
    def chosen(self) -> list[Service]:
        """The services that were ticked."""
        return [self.by_id[pk] for pk in self.cleaned_data["services"]]
