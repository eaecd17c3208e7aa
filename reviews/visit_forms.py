"""Who came, as ticks per person."""

from collections.abc import Sequence
from typing import Any

from django import forms

from nhsuk.forms import Form
from reviews.models import Review, TeamMember
from reviews.visit_policies import (
    CAME,
    CORRECTIONS,
    COUNTING,
    DID_NOT_COME,
    REMOTE,
    check_says_why_no_lxr,
)
from rules import RuleBroken

_STAFF = ((CAME, "Came"), (DID_NOT_COME, "Did not come"))
_LXR = ((CAME, "Came"), (REMOTE, "Took part by phone or video"), (DID_NOT_COME, "Did not come"))


class VisitForm(Form):
    """One question for each team member; then why, if no Lived Experience Reviewer took part."""

    submit = "Save who came"

    def __init__(self, data: Any = None, *, review: Review, team: Sequence[TeamMember]) -> None:
        self.names = {f"member_{member.pk}": member for member in team}
        super().__init__(data, initial=self._initial(review))
        for name, member in self.names.items():
            self.fields[name] = forms.ChoiceField(
                label=f"{member.reviewer or member.staff}, {_ROLES[member.role]}",
                choices=_LXR if member.reviewer_id else _STAFF,
                widget=forms.RadioSelect,
                error_messages={
                    "required": f"Select if {member.reviewer or member.staff} came",
                    "invalid_choice": "Select one of the options",
                },
            )
        self.fields["gap_reason"] = forms.ChoiceField(
            label="Why did no Lived Experience Reviewer take part?",
            help_text="Answer this only if no Lived Experience Reviewer took part.",
            choices=[("", ""), *_reasons(review)],
            widget=forms.RadioSelect,
            required=False,
        )
        if review.is_visited:
            self.fields["correction"] = forms.ChoiceField(
                label="Why do you change it?",
                choices=[("", ""), *CORRECTIONS],
                widget=forms.RadioSelect,
                required=False,
            )

    def _initial(self, review: Review) -> dict[str, Any]:
        said = {name: _said(member) for name, member in self.names.items()}
        return {**said, "gap_reason": review.gap_reason}

    def clean(self) -> dict[str, Any]:
        """Ask why at the question itself, so that the summary leads there."""
        cleaned = super().clean() or self.cleaned_data
        answered = self.names.keys() <= cleaned.keys()
        if answered and "gap_reason" in cleaned:
            has_lxr = any(
                cleaned[name] in {CAME, REMOTE}
                for name, member in self.names.items()
                if member.role in COUNTING
            )
            try:
                check_says_why_no_lxr(has_lxr=has_lxr, gap_reason=cleaned["gap_reason"])
            except RuleBroken as broken:
                self.add_error("gap_reason", str(broken))
        return cleaned

    @property
    def came(self) -> dict[int, str]:
        """Of each team member, by id, whether they came."""
        return {member.pk: self.cleaned_data[name] for name, member in self.names.items()}


def _reasons(review: Review) -> list[tuple[str, str]]:
    """The reasons to choose from. "Not recorded" is only for what came without one."""
    unknown = Review.GapReason.NOT_RECORDED
    return [
        each
        for each in Review.GapReason.choices
        if each[0] != unknown or review.gap_reason == unknown
    ]


_ROLES: dict[str, str] = {
    TeamMember.Role.LEAD: "visit lead",
    TeamMember.Role.STAFF: "staff",
    TeamMember.Role.LXR: "Lived Experience Reviewer",
    TeamMember.Role.SHADOW: "learning beside the team",
    TeamMember.Role.RESERVE: "reserve",
}


def _said(member: TeamMember) -> str:
    if member.attended is None:
        return ""
    if not member.attended:
        return DID_NOT_COME
    return REMOTE if member.is_remote else CAME
