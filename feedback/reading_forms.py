"""What can be sent by whoever reads comments."""

from collections.abc import Sequence
from typing import Any

from django import forms

from feedback.models import Remark, Theme
from nhsuk import forms as nhs

NOBODY = "nobody"
YES, NO = "yes", "no"


class ReadingForm(nhs.Form):
    """What a comment is about, whether to quote it, and who else should know."""

    submit = "I have read this"

    pass_to = forms.ChoiceField(
        label="Does somebody else have to know now?",
        choices=[(NOBODY, "No"), *Remark.PassedTo.choices],
        widget=forms.RadioSelect,
        required=False,
        help_text="Tell them yourself, today. This writes down that you did.",
    )
    themes = forms.ModelMultipleChoiceField(
        label="What is it about?",
        queryset=Theme.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    use = forms.ChoiceField(
        label="May it be used as a quote?",
        choices=[(YES, "Yes, use the words below"), (NO, "No")],
        widget=forms.RadioSelect,
        initial=NO,
    )
    words = forms.CharField(
        label="The words to use",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=3000,
        required=False,
        help_text="Leave out what could show who somebody is. Add nothing: write … where words are"
        " left out.",
    )

    def __init__(
        self, *args: Any, remark: Remark, themes: Sequence[Theme], suggested: Sequence[int],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        initial = {
            "pass_to": remark.passed_to or NOBODY,
            "themes": [theme.pk for theme in remark.themes.all()],
            "use": YES if remark.approved_at else NO,
            "words": remark.quoted,
        }
        super().__init__(*args, initial=initial, **kwargs)
        field = self.fields["themes"]
        field.queryset = Theme.objects.filter(pk__in=[theme.pk for theme in themes])  # type: ignore[attr-defined]  # a ModelMultipleChoiceField
        field.label_from_instance = lambda theme: (  # type: ignore[attr-defined]  # the same
            f"{theme} (suggested)" if theme.pk in suggested else f"{theme}"
        )
        if not themes:
            del self.fields["themes"]
        if not remark.answer.may_quote:
            del self.fields["use"], self.fields["words"]

    def clean(self) -> dict[str, Any]:
        """There are words where some are to be used."""
        given = super().clean() or {}
        if given.get("use") == YES and not given.get("words", "").strip():
            self.add_error("words", "Enter the words to use")
        return given

    @property
    def passed_to(self) -> str:
        """Who has to know; empty for nobody."""
        chosen: str = self.cleaned_data["pass_to"]
        return "" if chosen == NOBODY else chosen

    @property
    def quote(self) -> str:
        """The words to use; empty for none."""
        given = self.cleaned_data
        return given["words"].strip() if given.get("use") == YES else ""


class ThemeForm(nhs.Form):
    """A theme's name."""

    submit = "Save this theme"
    name = forms.CharField(
        max_length=60, help_text="In a word or two. For example: being listened to"
    )
    is_retired = forms.BooleanField(
        label="Do not offer this theme any more",
        help_text="Comments that have it keep it.",
        required=False,
    )
