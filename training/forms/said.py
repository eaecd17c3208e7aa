"""The shape of what attendees say: three ratings and words, all of which may be left out."""

from typing import Any

from django import forms

from nhsuk.fields import RatingField
from nhsuk.forms import Form
from training.models import Said


def _rating(label: str, *meaning: str) -> RatingField:
    return RatingField(*meaning, label=f"{label} (optional)", required=False)


class SaidForm(Form):
    """What somebody thinks of a session."""

    submit = "Send"

    support = _rating("How well were you supported?", "not at all", "partly", "very well")
    pace = _rating("How was the pace?", "much too slow", "just right", "much too fast")
    usefulness = _rating("How useful was it?", "not at all", "partly", "very useful")
    comment = forms.CharField(
        label="What was good, and what should we change? (optional)",
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Please do not name anyone, and nothing that shows who you are.",
    )

    def clean(self) -> dict[str, Any]:
        """An answer says something."""
        given = super().clean() or self.cleaned_data
        given["comment"] = (given.get("comment") or "").strip()
        is_empty = all(given.get(name) in (None, "") for name in (*Said.RATINGS, "comment"))
        if is_empty and not self.errors:
            message = "Rate one thing, or write something, so that we have an answer to read."
            raise forms.ValidationError(message)
        return given

    def written(self) -> str:
        """What was written, as it was sent, whether it can be taken or not."""
        return str(self.data.get("comment", "")).strip()

    def ratings(self) -> list[tuple[str, int]]:
        """What was asked and the rating that was given; those left out are not there."""
        self.is_valid()
        asked = ((self.fields[name].label or "", name) for name in Said.RATINGS)
        return [
            (label.removesuffix(" (optional)"), given)
            for label, name in asked
            if isinstance(given := self.cleaned_data.get(name), int)
        ]

    def has_words(self) -> bool:
        """Whether something was sent that would be lost."""
        return self.is_bound and bool(self.written() or self.ratings())

    def said(self) -> Said:
        """The answer, once the form is valid; not kept yet."""
        return Said(**{name: self.cleaned_data[name] for name in (*Said.RATINGS, "comment")})
