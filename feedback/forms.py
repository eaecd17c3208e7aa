"""The shape of feedback: the questions of a version, and how we may quote its words."""

from typing import Any

from django import forms

from feedback.attribution import role_of
from feedback.models import Answer, Asking, FeedbackForm, FormQuestion, QuoteAs
from feedback.operations import Given, Wording
from nhsuk.fields import RatingField
from nhsuk.forms import Form
from nhsuk.guard import Mark, marks, shown

Kind = FormQuestion.Kind
ALONE = "alone"


def rating(question: FormQuestion) -> RatingField:
    """A rating in eleven steps, of which 0, 5 and 10 say what they mean. It may be left out."""
    meaning = (question.low, question.middle, question.high)
    return RatingField(*meaning, label=question.words, help_text=question.help, required=False)


def words(question: FormQuestion) -> forms.CharField:
    """Their own words, of which nobody has to say any."""
    return forms.CharField(
        label=f"{question.words} (optional)",
        help_text=question.help,
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


def quote_field(audience: str, setting: str) -> forms.ChoiceField:
    """Whether and how we may quote somebody."""
    return forms.ChoiceField(
        label="May we quote your words?",
        choices=[
            (QuoteAs.ROLE, f"Yes, and say it was {role_of(audience, setting)}"),
            (QuoteAs.ANONYMOUS, "Yes, but do not say who it was"),
            (QuoteAs.NO, "No"),
        ],
        initial=QuoteAs.NO,
        widget=forms.RadioSelect,
        help_text="Never with your name. Someone in the quality team reads them before we use "
        "them. You can change your mind later; reports that are already published keep your words.",
    )


class Told(forms.CharField):
    """What the page tells, carried by its form: it says what is true now, whatever was sent."""

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What the form shows."""
        return initial


class AnswerForm(Form):
    """The questions of a version, and whether we may quote the answers."""

    submit = "Send"

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    told = Told(widget=forms.HiddenInput, required=False)
    how = forms.ChoiceField(
        label="How did they tell you?",
        choices=[(Answer.How.PHONE, "By phone"), (Answer.How.PAPER, "On paper")],
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        *args: Any,
        asked: FeedbackForm,
        setting: str,
        by_hand: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        self.questions = list(asked.questions.all())
        self.fields["version"].initial = str(asked.number)
        how = self.fields.pop("how")
        for question in self.questions:
            make = rating if question.is_rating else words
            self.fields[name_of(question)] = make(question)
        self.found = {each: found for each in self.questions if (found := self._marks(each))}
        if self.found:
            self.fields["as_it_is"] = forms.BooleanField(
                label="Send it as it is: nobody can be recognised by it", required=False
            )
        self.fields["quote_as"] = quote_field(asked.audience, setting)
        if by_hand:
            self.fields["how"] = how

    def _marks(self, question: FormQuestion) -> list[Mark]:
        """What in the words that were sent looks as if it told who somebody is."""
        said = self.data.get(name_of(question), "") if self.is_bound else ""
        return [] if question.is_rating else marks(said)

    def clean(self) -> dict[str, Any]:
        """Words that look as if they told who somebody is come back once, to be looked at."""
        cleaned = super().clean() or self.cleaned_data
        if self.found and not cleaned.get("as_it_is"):
            for question, found in self.found.items():
                self.add_error(
                    name_of(question),
                    f"This looks as if it holds {shown(found)}. Please take out what shows who "
                    "somebody is, or tick “Send it as it is” below",
                )
        return cleaned

    def tell(self, *, is_alone: bool) -> None:
        """Have the form carry whether its page says that the answer will be known to be theirs."""
        self.fields["told"].initial = ALONE if is_alone else ""

    @property
    def told_alone(self) -> bool:
        """Whether the page from which this was sent said so."""
        return bool(self.cleaned_data["told"] == ALONE)

    def given(self) -> Given:
        """What was answered, once the form is valid."""
        said = {each: self.cleaned_data[name_of(each)] for each in self.questions}
        return Given(
            form=self.asked,
            quote_as=self.cleaned_data["quote_as"],
            ratings={each.kind: value for each, value in said.items() if each.is_fixed},
            extra={
                each.pk: value
                for each, value in said.items()
                if each.kind == Kind.RATING and value is not None
            },
            remarks={
                each.pk: value.strip()
                for each, value in said.items()
                if each.kind == Kind.TEXT and value.strip()
            },
        )


def name_of(question: FormQuestion) -> str:
    """What a question is called when a form is sent."""
    return question.kind if question.is_fixed else f"question-{question.pk}"


def answer_form(sent: Any, asking: Asking, asked: FeedbackForm, *, by_hand: bool) -> AnswerForm:
    """The form for one asking."""
    setting = asking.review.service.setting
    return AnswerForm(sent, asked=asked, setting=setting, by_hand=by_hand)


class PermissionForm(Form):
    """How we may quote words that were sent."""

    submit = "Save"

    def __init__(self, *args: Any, answer: Answer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = quote_field(answer.audience, answer.review.service.setting)
        field.initial = answer.quote_as
        field.help_text = "We never say your name."
        self.fields["quote_as"] = field


class WordingForm(Form):
    """The wording of a question; of a rating, also what 0, 5 and 10 mean."""

    submit = "Save this question"

    words = forms.CharField(label="Question", max_length=300)
    help = forms.CharField(
        label="Hint (optional)",
        help_text="A short line below the question.",
        max_length=300,
        required=False,
    )
    low = forms.CharField(label="What 0 means", max_length=60)
    middle = forms.CharField(label="What 5 means", max_length=60)
    high = forms.CharField(label="What 10 means", max_length=60)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind == Kind.TEXT:
            for name in ("low", "middle", "high"):
                del self.fields[name]

    def wording(self) -> Wording:
        """What the operations take, once the form is valid."""
        given = self.cleaned_data
        return Wording(
            words=given["words"],
            help=given["help"],
            low=given.get("low", ""),
            middle=given.get("middle", ""),
            high=given.get("high", ""),
        )
