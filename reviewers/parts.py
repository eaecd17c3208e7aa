"""The parts of what we know about a person that they change themselves, or a coordinator for them.

Each part is a form and the one operation that it calls. Both doors, ``me/`` and ``people/``, lead
through this table, so that whatever a person can do can be recorded for them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User
from reviewers import operations, queries
from reviewers.forms import (
    AccessNeedsForm,
    AvailabilityForm,
    AwayForm,
    ComeBackForm,
    DetailsForm,
    EmergencyForm,
    ExclusionsForm,
    ExperienceForm,
    PauseForm,
    PersonForm,
    SharingForm,
)

HOME = ""  # the page that lists everything: "about me", or the person's page for staff


@dataclass(frozen=True)
class Part:
    """A form about a person: its titles on both doors, what stands above it, and what it does.

    ``back``: the page that the back link leads to, and ``then`` the one that saving leads to where
    it is another. Pages are named alike on both doors.
    """

    key: str
    title: str
    title_for_them: str
    done: str
    save: Callable[[Any, User, datetime], object]
    form: Callable[..., PersonForm]
    back: str = HOME
    back_for_them: str = HOME
    then: str | None = None
    is_free_text: bool = False

    @property
    def lead(self) -> str:
        """The template of the words above the form."""
        return f"reviewers/lead/{self.key}.html"

    def back_of(self, *, for_them: bool) -> str:
        """The page to go back to."""
        return self.back_for_them if for_them else self.back


def _told(form: PersonForm, by: User, now: datetime) -> dict[str, Any]:
    return {"reviewer": form.reviewer, "by": by, "now": now, "how": form.how}


def _save_details(form: DetailsForm, by: User, now: datetime) -> None:
    operations.change_details(details=form.details, **_told(form, by, now))


def _save_emergency(form: EmergencyForm, by: User, now: datetime) -> None:
    operations.set_emergency_contact(
        name=form.cleaned_data["name"],
        phone=form.cleaned_data["phone"],
        **_told(form, by, now),
    )


def _save_availability(form: AvailabilityForm, by: User, now: datetime) -> None:
    operations.set_availability(
        weekdays=form.cleaned_data["weekdays"],
        visits_a_month=form.cleaned_data["visits_a_month"],
        first_visit_anywhere=form.cleaned_data["first_visit_anywhere"],
        **_told(form, by, now),
    )


def _save_away(form: AwayForm, by: User, now: datetime) -> None:
    operations.add_time_away(
        starts_on=form.cleaned_data["starts_on"],
        ends_on=form.cleaned_data["ends_on"],
        **_told(form, by, now),
    )


def _save_exclusions(form: ExclusionsForm, by: User, now: datetime) -> None:
    operations.set_exclusions(
        directorate=form.directorate, services=form.chosen, **_told(form, by, now)
    )


def _save_access_needs(form: AccessNeedsForm, by: User, now: datetime) -> None:
    operations.set_access_needs(
        kinds=form.cleaned_data["kinds"],
        words=form.cleaned_data["words"],
        **_told(form, by, now),
    )


def _save_sharing(form: SharingForm, by: User, now: datetime) -> None:
    operations.share_needs(kinds=form.cleaned_data["kinds"], **_told(form, by, now))


def _save_experience(form: ExperienceForm, by: User, now: datetime) -> None:
    operations.add_experience(directorate=form.directorate, kind=form.kind, **_told(form, by, now))


def _save_pause(form: PauseForm, by: User, now: datetime) -> None:
    operations.pause(until=form.cleaned_data["until"], **_told(form, by, now))


def _save_come_back(form: ComeBackForm, by: User, now: datetime) -> None:
    operations.come_back(note=form.cleaned_data.get("note", ""), **_told(form, by, now))


def _experience_form(data: Any, **kwargs: Any) -> ExperienceForm:
    return ExperienceForm(data, directorates=queries.directorates(), **kwargs)


PARTS = {
    part.key: part
    for part in (
        Part("details", "My details", "Change details", "The details are saved.",
             _save_details, DetailsForm),
        Part("emergency", "In an emergency", "Whom to ring in an emergency",
             "The emergency contact is saved.", _save_emergency, EmergencyForm),
        Part("availability", "When I can come", "When they can come", "The days are saved.",
             _save_availability, AvailabilityForm),
        Part("away", "Add days away", "Add days away", "The days away are saved.",
             _save_away, AwayForm, back="availability"),
        Part("exclusions", "Places I’d rather not go", "Places they would rather not go",
             "The places are saved.", _save_exclusions, ExclusionsForm,
             back="places", back_for_them="places"),
        Part("access-needs", "What I need", "What they need", "The needs are saved.",
             _save_access_needs, AccessNeedsForm, then="sharing", is_free_text=True),
        Part("sharing", "Who may know what I need?", "Who may know what they need?",
             "Your answer is saved.", _save_sharing, SharingForm,
             back="access-needs", back_for_them="access-needs", then=HOME),
        Part("experience", "My experience", "Their experience", "The experience is added.",
             _save_experience, _experience_form, then="experience"),
        Part("pause", "How long is your pause?", "Pause", "The pause is saved.",
             _save_pause, PauseForm, back="pause"),
        Part("come-back", "Come back", "End the pause", "The pause has ended.",
             _save_come_back, ComeBackForm),
    )
}  # fmt: skip
