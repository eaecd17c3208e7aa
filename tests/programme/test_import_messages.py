"""What goes out after an import: nothing of before sending was switched on."""

from datetime import datetime, timedelta
from typing import Any

import pytest

import feedback.tasks
from feedback.models import Asking
from notifications.falling_due import queue_due
from notifications.models import Message
from notifications.queries import preview
from organisation.operations import switch_sending_on
from organisation.queries import trust_settings
from tests.factories import NOW
from tests.programme.files import REVIEWS, TEAMS, TRAINING, bring_in, sheets, workbook

pytestmark = pytest.mark.django_db
PAST, TOMORROW, SOON, LATER = "2026-06-08", "2026-06-11", "2026-06-15", "2026-07-01"


@pytest.fixture(autouse=True)
def _on_the_day(time_machine: Any) -> None:
    time_machine.move_to(NOW)


def bring_in_visits() -> None:
    """A visit of two days ago that nobody was asked about, and three to come; L-1 is on each."""
    days = {"P-1": PAST, "P-2": TOMORROW, "P-3": SOON, "P-4": LATER}
    status = {PAST: "completed"}
    hours = ("Lee Grant", "09:30", "15:30")
    visits = [[key, "Elm Team", on, status.get(on, "planned"), *hours] for key, on in days.items()]
    team = [
        [key, name, role, "accepted", "yes" if on == PAST else ""]
        for key, on in days.items()
        for name, role in (("Lee Grant", "lead"), ("L-1", "lxr"))
    ]
    tables = sheets(
        Reviews=[REVIEWS[0], *visits],
        Teams=[TEAMS[0], *team, ["P-4", "L-2", "lxr", "invited", ""]],
        Training=[*TRAINING[:2], ["T9", "Workshop", "2026-06-20", "workshop", "", ""]],
        Attendance=[["Session", "Reviewer", "Outcome"], ["T9", "L-2", "booked"]],
        Feedback=None,
    )
    assert bring_in(workbook(tables)).is_good


def queued(now: datetime) -> list[tuple[str, str]]:
    """The kind of each message, and the day it was due."""
    queue_due(now=now)
    rows = Message.objects.order_by("due_at", "kind", "pk")
    return [(each.kind, f"{each.due_at:%m-%d}") for each in rows]


def test_nothing_of_before_sending_was_switched_on_goes_then_or_later(
    user_as: Any, time_machine: Any
) -> None:
    bring_in_visits()
    assert (queued(NOW), feedback.tasks.ask()) == ([], 0)

    # The page that switches sending on shows what would go this week, and it goes
    shown = [
        (each.kind, f"{each.at:%m-%d}") for each in preview(trust=trust_settings(), now=NOW).first
    ]
    assert shown == [("Visit tomorrow", "06-14"), ("Training reminder", "06-17")]
    switch_sending_on(by=user_as("coordinator"), now=NOW)
    assert (queued(NOW), feedback.tasks.ask()) == ([], 0)
    for days in range(1, 30):
        time_machine.move_to(NOW + timedelta(days=days))
        queue_due(now=NOW + timedelta(days=days))
        assert feedback.tasks.ask() == 0
    assert queued(NOW + timedelta(days=30)) == [
        ("visit-tomorrow", "06-14"),
        ("training-reminder", "06-17"),
        ("visit-in-a-week", "06-24"),
        ("visit-tomorrow", "06-30"),
    ]


def test_while_sending_is_on_people_of_imported_visits_are_told_as_of_any_other(
    user_as: Any,
) -> None:
    switch_sending_on(by=user_as("coordinator"), now=NOW - timedelta(days=30))
    bring_in_visits()

    # By itself the import says nothing to anybody; the tick finds what is still to come
    assert Message.objects.count() == 0
    assert queued(NOW) == [("visit-in-a-week", "06-08"), ("visit-tomorrow", "06-10")]
    # Asked what it was worth: of the visit since sending was switched on, and nobody twice
    assert (feedback.tasks.ask(), feedback.tasks.ask()) == (3, 0)
    assert {each.review.reference for each in Asking.objects.select_related("review")} == {"P-1"}


def test_what_was_visited_before_sending_was_switched_on_is_not_asked_about(user_as: Any) -> None:
    switch_sending_on(by=user_as("coordinator"), now=NOW - timedelta(days=1))
    bring_in_visits()

    assert feedback.tasks.ask() == 0
