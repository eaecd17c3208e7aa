"""Which services the person knows, as user or carer."""

from collections.abc import Sequence
from typing import Any

from django import forms

from organisation.models import Directorate
from reviewers.forms.person import PersonForm
from reviewers.models import Reviewer

USER = Reviewer.Experience.SERVICE_USER.value
CARER = Reviewer.Experience.CARER.value


class ExperienceForm(PersonForm):
    """One kind of service the person knows, kept because they agree."""

    submit = "Add"
    can_be_correction = False  # only the person can agree

    which = forms.TypedChoiceField(
        label="Which kind of service?", coerce=int, widget=forms.RadioSelect
    )
    kinds = forms.MultipleChoiceField(
        label="How do you know it?",
        help_text="Select both if both are true.",
        choices=[(USER, "I have used it"), (CARER, "I have cared for someone who used it")],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select how you know it"},
    )
    agrees = forms.BooleanField(
        label="I agree that you keep this and use it to plan visits",
        error_messages={"required": "Tick that you agree. Without it we keep nothing"},
    )

    def __init__(
        self, data: Any = None, *, directorates: Sequence[Directorate], **kwargs: Any
    ) -> None:
        self.directorates = {each.pk: each for each in directorates}
        super().__init__(data, **kwargs)
        which: Any = self.fields["which"]
        which.choices = [(each.pk, each.name) for each in directorates]
        if self.for_them:
            kinds: Any = self.fields["kinds"]
            kinds.label = "How do they know it?"
            kinds.choices = [
                (USER, "They have used it"),
                (CARER, "They have cared for someone who used it"),
            ]
            kinds.error_messages["required"] = "Select how they know it"
            self.fields["agrees"].label = "They agree that we keep this and use it to plan visits"

    @property
    def directorate(self) -> Directorate:
        """The kind of service that was chosen."""
        return self.directorates[self.cleaned_data["which"]]

    @property
    def kind(self) -> str:
        """User, carer or both."""
        kinds: list[str] = self.cleaned_data["kinds"]
        return Reviewer.Experience.BOTH.value if len(kinds) > 1 else kinds[0]
