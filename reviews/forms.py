"""What can be sent about reviews and teams."""

from typing import Any

from django import forms

from nhsuk import forms as nhs
from nhsuk.fields import SplitDateField, TimeField
from organisation.models import Service, StaffMember
from reviewers.how import FOR_THEM
from reviews.models import Review, TeamMember
from reviews.year.warning import MayClash


class ReviewForm(MayClash, nhs.ModelForm):
    """A review's details. The day and the lead are asked of a new one only."""

    submit = "Save"

    visit_on = SplitDateField(label="Visit date", help_text="For example, 27 3 2026")
    lead = forms.ModelChoiceField(
        label="Visit lead", queryset=StaffMember.objects.none(), required=False
    )

    lxrs_wanted = forms.IntegerField(
        label="How many Lived Experience Reviewers do you want?",
        min_value=1,
        max_value=10,
        initial=2,
    )

    staff_wanted = forms.IntegerField(
        label="How many staff do you want beside the lead?",
        min_value=0,
        max_value=10,
        initial=1,
    )

    class Meta:
        model = Review
        fields = (
            "reference",
            "service",
            "visit_on",
            "starts_at",
            "ends_at",
            "lead",
            "meet_at",
            "ring_on_the_day",
            "bring",
            "site_asks",
            "staff_wanted",
            "lxrs_wanted",
            "may_be_remote",
        )
        labels = {
            "starts_at": "Starts at",
            "ends_at": "Ends at",
            "meet_at": "Where to meet",
            "ring_on_the_day": "Number to ring on the day",
            "bring": "What to bring",
            "site_asks": "What the site asks of this visit",
            "may_be_remote": "A Lived Experience Reviewer may take part by phone or video",
        }
        help_texts = {
            "reference": "Your own short name for the review, for example IL-023",
            "starts_at": "For example, 9:30am. Leave both times empty for the whole day",
            "site_asks": "Beside what it always asks. For example: come by the north gate",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = Service.objects.order_by("name")  # type: ignore[attr-defined]  # a ModelChoiceField
        if self.instance.pk:
            del self.fields["visit_on"], self.fields["lead"]
        else:
            self.fields["lead"].queryset = StaffMember.objects.order_by("name")  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean(self) -> dict[str, Any]:
        """Both times or neither, the end after the start."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        _check_times(self, cleaned)
        return cleaned

    def validate_unique(self) -> None:
        """A reference that is taken is the operation's to refuse, under its own lock."""

    def validate_constraints(self) -> None:
        """Said field by field above."""

    @property
    def details(self) -> dict[str, Any]:
        """What ``plan_review`` and ``change_review`` call details."""
        names = (*(name for name in self.Meta.fields if name not in {"visit_on", "lead"}),)
        return {name: self.cleaned_data[name] for name in names}


def _check_times(form: forms.BaseForm, cleaned: dict[str, Any]) -> None:
    start, end = cleaned.get("starts_at"), cleaned.get("ends_at")
    if start and not end and "ends_at" not in form.errors:
        form.add_error("ends_at", "Enter when the visit ends, or leave both times empty")
    if end and not start and "starts_at" not in form.errors:
        form.add_error("starts_at", "Enter when the visit starts, or leave both times empty")
    if start and end and end <= start:
        form.add_error("ends_at", "The visit must end after it starts")


class PostponeForm(MayClash, nhs.Form):
    """The day, and the hours, that a visit moves to."""

    submit = "Move the visit and tell everyone"
    meant = "Move it to this day all the same"

    to_day = SplitDateField(label="New visit date", help_text="For example, 27 3 2026")
    starts_at = TimeField(label="Starts at", required=False, help_text="For example, 9:30am")
    ends_at = TimeField(label="Ends at", required=False)

    def clean(self) -> dict[str, Any]:
        """Both times or neither, the end after the start."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        _check_times(self, cleaned)
        return cleaned

    @property
    def moved(self) -> dict[str, Any]:
        """The new day and hours, once the form is valid."""
        return {name: self.cleaned_data[name] for name in ("to_day", "starts_at", "ends_at")}


class InviteForm(nhs.Form):
    """Whom to ask."""

    reviewer = nhs.IdField()


class AnswerForm(nhs.Form):
    """What a person told the team by phone or on paper."""

    submit = "Save their answer"

    answer = forms.ChoiceField(label="What did they say?", widget=forms.RadioSelect)
    how = forms.ChoiceField(
        label="How did they tell you?",
        widget=forms.RadioSelect,
        choices=FOR_THEM,
    )
    why_not = forms.ChoiceField(
        label="If they can't come: did they say why?",
        help_text="Please do not ask. It never counts against anybody.",
        widget=forms.RadioSelect,
        choices=[("", "They did not say"), *TeamMember.WhyNot.choices],
        required=False,
    )

    def __init__(self, *args: Any, member: TeamMember, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = member.reviewer.first_name if member.reviewer else ""
        choices = [
            (TeamMember.Response.ACCEPTED, f"{name} can come"),
            (TeamMember.Response.DECLINED, f"{name} can't come"),
        ]
        if member.response == TeamMember.Response.ACCEPTED:
            choices = [(TeamMember.Response.WITHDRAWN, f"{name} can no longer come")]
        elif member.response == TeamMember.Response.EXPIRED:
            choices[0] = (TeamMember.Response.ACCEPTED, f"{name} can come after all")
        self.fields["answer"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def why_not_said(self) -> str:
        """Why they cannot come, where they cannot."""
        yes = self.cleaned_data["answer"] == TeamMember.Response.ACCEPTED
        return "" if yes else str(self.cleaned_data["why_not"])


class StaffForm(nhs.Form):
    """A staff member, and what they do on the visit."""

    submit = "Add to the team"

    staff = forms.ModelChoiceField(label="Staff member", queryset=StaffMember.objects.none())
    role = forms.ChoiceField(
        label="What do they do on the visit?",
        widget=forms.RadioSelect,
        choices=[
            (TeamMember.Role.LEAD, "They lead it"),
            (TeamMember.Role.STAFF, "They come along as staff"),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["staff"].queryset = StaffMember.objects.order_by("name")  # type: ignore[attr-defined]  # a ModelChoiceField


class WhyNotForm(nhs.Form):
    """A person to look up on a review's page."""

    method = "get"
    submit = "Look"
    submit_variant = "secondary"

    who = forms.CharField(
        label="Why is somebody not in the list?",
        help_text="Enter their name or reference.",
        max_length=80,
        required=False,
    )
