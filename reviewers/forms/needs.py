"""What a person needs so that they can take part, and who else may know it."""

from typing import Any

from django import forms

from reviewers.forms.person import PersonForm
from reviewers.models import AccessNeed, Reviewer

OTHER = AccessNeed.Kind.OTHER.value
ASKED = {
    AccessNeed.Kind.LARGE_PRINT: "Large print",
    AccessNeed.Kind.EASY_READ: "Easy Read (simple words and pictures)",
    AccessNeed.Kind.BSL: "British Sign Language (BSL)",
    AccessNeed.Kind.STEP_FREE: "No steps or stairs",
    AccessNeed.Kind.BREAKS: "Breaks",
    AccessNeed.Kind.COMPANION: "Someone to come with me",
    AccessNeed.Kind.OTHER: "Something else",
}
SHORTENED = 60


class AccessNeedsForm(PersonForm):
    """What helps the person to take part: from a list, and in their own words."""

    kinds = forms.MultipleChoiceField(
        label="What would help you to take part?",
        help_text="Select all that you need.",
        choices=[(kind.value, words) for kind, words in ASKED.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words = forms.CharField(
        label="In your own words",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if self.for_them:
            self.fields["kinds"].label = "What would help them to take part?"
            self.fields["kinds"].help_text = "Select all that they need."
            self.fields["words"].label = "In their own words"
            kinds: Any = self.fields["kinds"]
            kinds.choices = [
                (kind.value, "Someone to come with them" if kind == "companion" else words)
                for kind, words in ASKED.items()
            ]

    def initial_of(self, reviewer: Reviewer) -> dict[str, Any]:
        """The needs as they are."""
        kinds = [each.kind for each in reviewer.needs.all()]
        if reviewer.access_needs and OTHER not in kinds:
            kinds.append(OTHER)
        return {"kinds": kinds, "words": reviewer.access_needs}


class SharingForm(PersonForm):
    """Which of their needs visit leads and trainers may be told."""

    kinds = forms.MultipleChoiceField(
        label="We may tell them about",
        help_text="Leave them all empty if you do not want us to say anything.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        there = {each.kind for each in self.reviewer.needs.all()}
        words = self.reviewer.access_needs
        kinds: Any = self.fields["kinds"]
        kinds.choices = [
            (kind.value, asked) for kind, asked in ASKED.items() if kind in there and kind != OTHER
        ]
        if words:
            short = words if len(words) <= SHORTENED else f"{words[:SHORTENED].rstrip()}…"
            kinds.choices += [(OTHER, f"“{short}”")]
        if self.for_them:
            kinds.help_text = "Leave empty what they do not want us to say."

    def initial_of(self, reviewer: Reviewer) -> dict[str, Any]:
        """What is shared now."""
        return {"kinds": [each.kind for each in reviewer.needs.all() if each.is_shared]}
