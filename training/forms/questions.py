"""The shape of frameworks, focus groups, what they propose and agree, and sets."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField

from nhsuk.fields import SplitDateField
from nhsuk.forms import Form, ModelForm
from training.frameworks import CQC_LINES, CQC_NAME, CQC_VERSION
from training.models import (
    Cycle,
    FocusGroup,
    Framework,
    KeyQuestion,
    ProposedQuestion,
    SetQuestion,
    Statement,
)
from training.operations.questions import GroupDetails
from training.queries.questions import cycles_for_a_set, may_be_kept

WORDS = 300  # letters of a question


class FrameworkForm(Form):
    """A version of a framework, as lines."""

    submit = "Add this framework"

    name = forms.CharField(label="Name", max_length=120, help_text=f"Such as: {CQC_NAME}.")
    version = forms.CharField(
        label="Version", max_length=40, help_text="The year, or what its authors call it."
    )
    lines = forms.CharField(
        label="Key questions and statements",
        max_length=20_000,
        help_text="One key question on each line: its name, a colon, and its statements with a "
        "semicolon between. Such as: Caring: Kindness; Dignity",
        widget=forms.Textarea(attrs={"rows": 12}),
    )

    @classmethod
    def with_cqc(cls) -> "FrameworkForm":
        """The form, filled with CQC's quality statements of 2024."""
        initial = {"name": CQC_NAME, "version": CQC_VERSION, "lines": CQC_LINES}
        return cls(initial=initial)


class GroupForm(ModelForm):
    """When a focus group met, how many took part and as what."""

    submit = "Save this group"

    class Meta:
        model = FocusGroup
        fields = (
            "title",
            "framework",
            "began_on",
            "ended_on",
            "meetings",
            "users",
            "carers",
            "staff",
        )
        labels = {
            "title": "Name of the group",
            "framework": "Which framework groups the questions?",
            "began_on": "First meeting",
            "ended_on": "Last meeting",
            "meetings": "How many times did it meet?",
            "users": "How many had used services?",
            "carers": "How many had cared for someone?",
            "staff": "How many came as staff?",
        }
        help_texts = {
            "title": "Such as: mental health wards, spring. No names of people.",
            "ended_on": "The same day, if it met once.",
            "users": "Count each person once. We keep numbers only, no names.",
            "carers": "",
            "staff": "",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Framework]", self.fields["framework"])
        field.queryset = Framework.objects.order_by("-pk")
        field.empty_label = None
        for name in ("meetings", "users", "carers", "staff"):
            number = cast("forms.IntegerField", self.fields[name])
            number.widget.attrs["inputmode"] = "numeric"

    def validate_constraints(self) -> None:
        """The operation refuses in words."""

    def details(self) -> GroupDetails:
        """What the operations take, once the form is valid."""
        return cast("GroupDetails", {name: self.cleaned_data[name] for name in self.Meta.fields})


class ProposeForm(Form):
    """Questions under one key question, one on each line."""

    submit = "Add these questions"

    key_question = forms.ModelChoiceField(
        KeyQuestion.objects.none(),
        label="Which key question are they about?",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a key question"},
    )
    words = forms.CharField(
        label="What did the group propose?",
        max_length=20_000,
        help_text="One question on each line, in the group’s own words.",
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Enter one question at least"},
    )

    def __init__(self, *args: Any, group: FocusGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[KeyQuestion]", self.fields["key_question"])
        field.queryset = KeyQuestion.objects.filter(framework=group.framework_id)

    def clean_words(self) -> list[str]:
        """The questions, each once."""
        lines = [" ".join(each.split()) for each in self.cleaned_data["words"].splitlines()]
        lines = [each for each in lines if each]
        for number, line in enumerate(lines, start=1):
            if len(line) > WORDS:
                message = f"Question {number} is too long. Keep each to {WORDS} letters."
                raise forms.ValidationError(message)
        return list(dict.fromkeys(lines))


class ProposedForm(Form):
    """One question: its words, its key question, what it asks about."""

    submit = "Save this question"

    words = forms.CharField(label="The question", max_length=WORDS)
    key_question = forms.ModelChoiceField(
        KeyQuestion.objects.none(),
        label="Key question",
        empty_label=None,
        widget=forms.RadioSelect,
    )
    statements = forms.ModelMultipleChoiceField(
        Statement.objects.none(),
        label="Which statements does it ask about?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, question: ProposedQuestion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        key_questions = cast("forms.ModelChoiceField[KeyQuestion]", self.fields["key_question"])
        key_questions.queryset = KeyQuestion.objects.filter(framework=question.group.framework_id)
        statements = cast("forms.ModelMultipleChoiceField[Statement]", self.fields["statements"])
        statements.queryset = Statement.objects.filter(key_question=question.key_question_id)
        statements.help_text = f"These are the statements of “{question.key_question}”."


class VotesForm(Form):
    """How many voted for each question, and which the group agreed on."""

    submit = "Save votes"

    def __init__(self, *args: Any, questions: Iterable[ProposedQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ids = [question.pk for question in questions]
        for question in questions:
            self.fields[f"votes-{question.pk}"] = forms.IntegerField(
                label="Votes", required=False, min_value=0, max_value=1000, initial=question.votes
            )
            self.fields[f"agreed-{question.pk}"] = forms.BooleanField(
                label="Agreed: it goes in the set", required=False, initial=question.is_agreed
            )

    def pair(self, question: ProposedQuestion) -> tuple[BoundField, BoundField]:
        """The two boxes of a question."""
        return self[f"votes-{question.pk}"], self[f"agreed-{question.pk}"]

    def votes(self) -> dict[int, int | None]:
        """The votes by question, once the form is valid."""
        return {pk: self.cleaned_data[f"votes-{pk}"] for pk in self.ids}

    def agreed(self) -> set[int]:
        """The questions agreed on, once the form is valid."""
        return {pk for pk in self.ids if self.cleaned_data[f"agreed-{pk}"]}


class SetForm(Form):
    """The new version of the questions for visits."""

    submit = "Make this version"

    keep = forms.ModelMultipleChoiceField(
        SetQuestion.objects.none(),
        label="Which questions of the version before stay?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    cycle = forms.ModelChoiceField(
        Cycle.objects.none(),
        label="Which change led to it?",
        required=False,
        empty_label="None of those we tried",
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label="What changes, and why?",
        help_text="What people said, or what you tried and learned.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    made_on = SplitDateField(label="Made on")

    def __init__(self, *args: Any, group: FocusGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        old = may_be_kept(group)
        keep = cast("forms.ModelMultipleChoiceField[SetQuestion]", self.fields["keep"])
        keep.queryset = old
        keep.initial = [each.pk for each in old]
        if not keep.initial:
            del self.fields["keep"]
        cycle = cast("forms.ModelChoiceField[Cycle]", self.fields["cycle"])
        cycle.queryset = cycles_for_a_set()
        if not cycle.queryset.exists():
            del self.fields["cycle"]
