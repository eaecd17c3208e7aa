"""Forms about a board report: which months, which words, which quote."""

from typing import Any

from django import forms

from insights.partnership.forms import MonthsForm
from nhsuk.forms import Form
from nhsuk.guard import marks, shown


class StartForm(MonthsForm):
    """Which months a report is about."""

    method = "post"
    submit = "Start the report"
    submit_variant = ""


def _text() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 5})


class WordsForm(Form):
    """The report's own words."""

    submit = "Save the words"

    title = forms.CharField(label="Title", max_length=120)
    headline = forms.CharField(
        label="What should the board know first?", widget=_text(), required=False
    )
    done = forms.CharField(
        label="What was done about reviews without a Lived Experience Reviewer?",
        widget=_text(),
        required=False,
    )
    actions = forms.CharField(
        label="What happens next?",
        help_text="One action on each line: what, who by their role, and by when.",
        widget=_text(),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = {
            name: found
            for name in ("title", "headline", "done", "actions")
            if (found := marks(self.data.get(name, "")))
        }
        if self.found:
            self.fields["as_it_is"] = forms.BooleanField(
                label="Save it as it is: the board may read this", required=False
            )

    def clean(self) -> dict[str, Any]:
        """Words that look as if they told who somebody is come back once, to be looked at."""
        cleaned = super().clean() or self.cleaned_data
        if self.found and not cleaned.pop("as_it_is", False):
            for name, found in self.found.items():
                self.add_error(
                    name,
                    f"This looks as if it holds {shown(found)}. Please take out what shows who "
                    "somebody is, or tick “Save it as it is” below",
                )
        return cleaned


class QuoteForm(forms.Form):
    """One of the library's quotes, to use or to leave out."""

    key = forms.UUIDField()
    use = forms.ChoiceField(choices=[("yes", "Use it"), ("no", "Leave it out")])
