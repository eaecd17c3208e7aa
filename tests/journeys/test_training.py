"""A coordinator plans a session, gives somebody a place, and ticks off who came."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from reviewers.models import Reviewer
from tests.factories import (
    CourseVersionFactory,
    PlaceFactory,
    ReviewerFactory,
    SessionFactory,
    UserFactory,
)
from training.models import Session
from training.queries import with_trained_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_plan_a_session_and_give_a_place(browser_as, width, trust):
    # Given somebody who waits for training
    person = ReviewerFactory(stage="training")
    version = CourseVersionFactory(course__name="Reviewer workshop")
    day = timezone.localdate() + timedelta(days=30)
    page = browser_as(UserFactory(roles=["coordinator"]), width=width)

    # When a coordinator plans a session and gives them a place
    page.goto("/training/")
    page.get_by_role("button", name="Plan a session").click()
    page.get_by_label("Code").fill("T08")
    page.get_by_label("Title").fill("LXR workshop")
    page.get_by_label("What is delivered").select_option(label=str(version))
    day_group = page.get_by_role("group", name="Day")
    day_group.get_by_label("Day", exact=True).fill(str(day.day))
    day_group.get_by_label("Month").fill(str(day.month))
    day_group.get_by_label("Year").fill(str(day.year))
    page.get_by_role("button", name="Save this session").click()
    expect(page.get_by_text("LXR workshop is planned.")).to_be_visible()
    page.get_by_role("button", name=f"Give a place {person}").click()

    # Then they have it, and see it on their own page
    expect(page.get_by_text(f"{person} has a place.")).to_be_visible()
    own = browser_as(person.user, width=width)
    own.goto("/me/training/")
    expect(own.get_by_text("You have a place.")).to_be_visible()
    session = Session.objects.get()
    assert (session.kind, session.version) == ("workshop", version)
    assert session.places.get().outcome == "booked"


def test_attendance_makes_a_person_trained(browser_as, width, trust):
    # Given a workshop today with two people booked
    today = timezone.localdate()
    session = SessionFactory(held_on=today)
    came, missed = PlaceFactory.create_batch(2, session=session)
    page = browser_as(UserFactory(roles=["coordinator"]), width=width)

    # When the coordinator ticks off who came
    page.goto(f"/training/{session.pk}/")
    page.get_by_role("link", name="Record who came").click()
    for place, answer in ((came, "Came"), (missed, "Did not come")):
        group = page.get_by_role("group", name=str(place.reviewer))
        group.get_by_role("radio", name=answer, exact=True).check()
    page.get_by_role("button", name="Save who came").click()

    # Then one of them is trained from today
    expect(page.get_by_text("Saved. Attendance changed for 2 people.")).to_be_visible()
    trained = with_trained_on(Reviewer.objects.order_by("pk"))
    assert [each.trained_on for each in trained] == [today, None]
