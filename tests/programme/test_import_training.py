"""What an import does to sessions and places that were worked on here meanwhile."""

from datetime import date, timedelta

import pytest

from organisation.models import StaffMember
from tests.factories import TODAY, CourseVersionFactory
from tests.programme import files
from tests.programme.files import bring_in, sheets, with_cell, workbook
from training.models import Place, Session

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    """The small programme is brought in; its workshop has a version and a second facilitator."""
    bring_in(workbook(sheets()))
    session = Session.objects.get(code="T1")
    session.version = CourseVersionFactory(course__lasts_months=24)
    session.counts_until = date(2027, 3, 1)
    session.save()
    return session


def names(session):
    return [each.name for each in session.staff_facilitators.all()]


def bring_in_training(column, value):
    rows = with_cell(files.TRAINING, 2, column, value)
    return bring_in(workbook(sheets() | {"Training": rows}))


def test_the_file_names_one_facilitator_and_those_added_here_stay(session):
    assert names(session) == ["Lee Grant"]
    session.staff_facilitators.add(StaffMember.objects.get(name="Kim Shaw"))

    bring_in_training("Title", "LXR workshop")

    session.refresh_from_db()
    assert session.title == "LXR workshop"
    assert names(session) == ["Kim Shaw", "Lee Grant"]


def test_another_facilitator_in_the_file_takes_over(session):
    bring_in_training("Staff facilitator", "Kim Shaw")

    assert names(session) == ["Kim Shaw"]


def test_another_day_in_the_file_counts_from_there(session):
    bring_in_training("Held on", "2025-04-01")

    session.refresh_from_db()
    assert (session.held_on, session.counts_until) == (date(2025, 4, 1), date(2027, 4, 1))


def test_a_session_that_was_held_is_not_moved_ahead(session):
    rows = with_cell(files.TRAINING, 2, "Held on", (TODAY + timedelta(days=9)).isoformat())

    outcome = bring_in(workbook({"Training": rows}))

    problem = outcome.batch.problems.first[0]
    assert (problem.sheet, problem.column, problem.expected) == (
        "Training", "Held on", "a day that has come",
    )  # fmt: skip


def test_booking_opens_no_later_than_the_day_in_the_file(session):
    Place.objects.all().delete()
    Session.objects.update(booking_opens_on=date(2025, 4, 15))

    bring_in_training("Held on", "2025-04-01")

    session.refresh_from_db()
    assert session.booking_opens_on == date(2025, 4, 1)


def test_who_came_after_all_needs_no_following_up(session):
    rows = with_cell(files.ATTENDANCE, 2, "Outcome", "did not attend")
    bring_in(workbook(sheets() | {"Attendance": rows}))
    Place.objects.update(followed_up_on=TODAY - timedelta(days=1))

    bring_in(workbook(sheets()))

    place = Place.objects.get()
    assert (place.outcome, place.followed_up_on) == ("attended", None)
