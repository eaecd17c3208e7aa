"""The shape of feedback: ratings from 0 to 10, words, and whether we may quote them."""

from typing import Any

from django import forms

from feedback.models import Answer, Audience
from feedback.operations import Words
from nhsuk.forms import Form


def rating(label: str, low: str, middle: str, high: str) -> forms.TypedChoiceField:
    """A rating in eleven steps, of which 0, 5 and 10 say what they mean. It may be left out."""
    meaning = {0: low, 5: middle, 10: high}
    choices = [(n, f"{n} – {meaning[n]}" if n in meaning else str(n)) for n in range(11)]
    return forms.TypedChoiceField(
        label=label,
        choices=choices,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


class AnswerForm(Form):
    """What the three forms share: words, and whether we may quote them."""

    submit = "Send"
    ratings: tuple[str, ...] = ()

    comment = forms.CharField(
        label="Is there anything you want to say about it? (optional)",
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Please do not name anyone.",
    )
    may_quote = forms.ChoiceField(
        label="May we quote your words?",
        choices=[("yes", "Yes, without my name"), ("no", "No")],
        initial="no",
        widget=forms.RadioSelect,
        help_text="Someone in the quality team reads them before we use them.",
    )
    how = forms.ChoiceField(
        label="How did they tell you?",
        choices=[(Answer.How.PHONE, "By phone"), (Answer.How.PAPER, "On paper")],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, by_hand: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not by_hand:
            del self.fields["how"]
        self.order_fields([*self.ratings])

    def words(self) -> Words:
        """What was answered, once the form is valid."""
        given = self.cleaned_data
        return Words(
            comment=given["comment"].strip(),
            may_quote=given["may_quote"] == "yes",
            **{name: given[name] for name in self.ratings},
        )


class ServiceForm(AnswerForm):
    """What the visit was worth to the reviewed service."""

    ratings = ("impact",)
    impact = rating(
        "How much did the Lived Experience Reviewer add to this visit?",
        "nothing",
        "something",
        "a great deal",
    )


class QualityForm(AnswerForm):
    """What the role was worth to the quality team."""

    ratings = ("impact",)
    impact = rating(
        "How much did the Lived Experience Reviewer add to your team’s work?",
        "nothing",
        "something",
        "a great deal",
    )


class LXRForm(AnswerForm):
    """How well an LXR was supported: before, on and after the visit."""

    ratings = ("support_in_training", "support_on_visit", "support_after_visit")
    support_in_training = rating(
        "How well did training prepare you?", "not at all", "partly", "very well"
    )
    support_on_visit = rating(
        "How well were you supported on the visit?", "not at all", "partly", "very well"
    )
    support_after_visit = rating(
        "How well were you supported after the visit?", "not at all", "partly", "very well"
    )


FORMS: dict[str, type[AnswerForm]] = {
    Audience.TEAM: ServiceForm,
    Audience.QUALITY: QualityForm,
    Audience.LXR: LXRForm,
}
