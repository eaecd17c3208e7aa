"""The programme's own way: a pilot of four, a change from what they said, the launch after it."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.factories import (
    CourseFactory,
    CourseVersionFactory,
    PlaceFactory,
    ReviewerFactory,
    SessionFactory,
    StaffFactory,
    UserFactory,
)
from training.models import Cycle, Said, Session
from training.said_links import secret_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _portal(settings, live_server):
    settings.PUBLIC_URL = live_server.url


@pytest.fixture
def pilot(trust):
    course = CourseFactory(name="Co-produced workshop")
    version = CourseVersionFactory(
        course=course, number=1, made_on=timezone.localdate(), what_changed="Talks, all morning"
    )
    session = SessionFactory(
        version=version, code="P1", title="Pilot", kind="pilot", held_on=timezone.localdate()
    )
    for _ in range(4):
        PlaceFactory(session=session, outcome="attended")
    return session


def on(page: Page, group: str) -> None:
    """Write today into the boxes of a date."""
    today = timezone.localdate()
    boxes = page.get_by_role("group", name=group)
    for label, number in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        boxes.get_by_label(label, exact=True).fill(str(number))


def test_an_attendee_answers_from_the_code_in_the_room(browser_as, width, pilot):
    # Given a coordinator who shows the form in the room
    staff = browser_as(UserFactory(roles=["coordinator"]), width=width)
    staff.goto(f"/training/{pilot.pk}/")
    staff.get_by_role("link", name="Ask them, or read what they said").click()
    staff.get_by_role("button", name="Open the form").click()
    expect(staff.get_by_role("img", name="QR code")).to_be_visible()
    address = f"/said/{secret_of(pilot.room_link)}/"
    expect(staff.locator(".app-qr-address")).to_contain_text(address.rstrip("/"))

    # When an attendee opens it on their phone, the secret leaves the address, and they answer
    phone = browser_as(None, width=width)
    phone.goto(address)
    assert phone.url.endswith("/said/")
    phone.get_by_role("group", name="How well were you supported?").get_by_label("8").check()
    phone.get_by_role("group", name="How was the pace?").get_by_label("5 – just right").check()
    phone.get_by_label("What was good, and what should we change?").fill("More practice.")
    phone.get_by_role("button", name="Send").click()

    # Then we have it, on its own, and the phone keeps nothing that would send it again
    expect(phone.get_by_role("heading", level=1)).to_have_text("Thank you")
    said = Said.objects.get()
    assert (said.support, said.pace, said.usefulness) == (8, 5, None)
    phone.goto("/said/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("This form is not open")


def add_course(page: Page) -> None:
    """The workshop as it is first, from the list of courses on."""
    page.goto("/training/")
    page.get_by_role("link", name="Courses").first.click()
    page.get_by_role("button", name="Add a course").click()
    page.get_by_label("Name").fill("Co-produced workshop")
    page.get_by_role("radio", name="Workshop").check()
    page.get_by_label("What the first version teaches").fill("Talks, all morning")
    page.get_by_role("button", name="Save this course").click()
    expect(page.get_by_text("Co-produced workshop is added.")).to_be_visible()


def plan(page: Page, version: int, code: str, title: str, *, is_pilot: bool = False) -> None:
    """A session of today that delivers this version, from the version's page on."""
    page.get_by_role("link", name="Plan one").click()
    page.get_by_label("What is delivered").select_option(f"Co-produced workshop, version {version}")
    if is_pilot:
        page.get_by_label("This is a pilot").check()
    page.get_by_label("Code").fill(code)
    page.get_by_label("Title").fill(title)
    on(page, "Day")
    page.get_by_role("button", name="Save this session").click()
    expect(page.get_by_text(f"{title} is planned.")).to_be_visible()


def test_pilot_change_and_launch(browser_as, width, trust):
    staff = StaffFactory(name="Kim Shaw")
    lxr = ReviewerFactory(reference="LXR-7", stage="active")
    *booked, walks_in = ReviewerFactory.create_batch(4, stage="training")
    page = browser_as(UserFactory(roles=["coordinator"]), width=width)

    # Given a course, and its pilot today
    add_course(page)
    page.get_by_role("link", name="Version 1").click()
    plan(page, 1, "P1", "Pilot", is_pilot=True)
    pilot = Session.objects.get(code="P1")
    assert (pilot.kind, str(pilot.version)) == ("pilot", "Co-produced workshop, version 1")

    # To which three people come who have a place, and one who walks in
    for person in booked:
        page.get_by_role("button", name=f"Give a place {person}").click()
        expect(page.get_by_text(f"{person} has a place.")).to_be_visible()
    page.get_by_role("link", name="Record who came").click()
    for person in booked:
        group = page.get_by_role("group", name=str(person))
        group.get_by_role("radio", name="Came", exact=True).check()
    page.get_by_role("button", name="Save who came").click()
    expect(page.get_by_text("Saved. Attendance changed for 3 people.")).to_be_visible()
    page.get_by_role("link", name="Record who came").click()
    page.get_by_role("button", name="Add somebody who came without a place").click()
    page.get_by_label("Name or reference").fill(walks_in.reference)
    page.get_by_role("button", name="Find").click()
    page.get_by_role("radio", name=str(walks_in)).check()
    page.get_by_label("Why did they come without a place?").fill("Came with a friend")
    page.get_by_role("button", name="Add them").click()
    expect(page.get_by_text(f"{walks_in} is on the list as attended.")).to_be_visible()

    # And each says what they think
    page.get_by_role("link", name="Ask them, or read what they said").click()
    page.get_by_role("button", name="Open the form").click()
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    pilot = Session.objects.get(code="P1")
    for _ in range(4):
        phone = browser_as(None, width=320)
        phone.goto(f"/said/{secret_of(pilot.room_link)}/")
        phone.get_by_role("group", name="How useful was it?").get_by_label("3").check()
        phone.get_by_label("What was good").fill("Too much talk")
        phone.get_by_role("button", name="Send").click()
        expect(phone.get_by_role("heading", level=1)).to_have_text("Thank you")

    # Then their four answers are not shown when the form is closed
    page.goto(f"/training/{pilot.pk}/feedback/")
    page.get_by_role("button", name="Close the form").click()
    page.get_by_role("button", name="Close the form").click()
    expect(page.get_by_text("Fewer than 5 people came or answered")).to_be_visible()
    expect(page.get_by_text("Too much talk")).to_have_count(0)

    # When staff and an LXR plan a change and try it
    page.get_by_role("link", name="change that you try").click()
    page.get_by_role("button", name="Plan a change").click()
    page.get_by_label("Name of the change").fill("Practise in pairs")
    page.get_by_label("The course Co-produced workshop").check()
    page.get_by_label("What will you try?").fill("Two talks become practice in pairs")
    page.get_by_label("What do you think will happen?").fill("People feel ready to ask")
    page.get_by_label("How will you know?").fill("What the pilot’s attendees say")
    page.get_by_label("Staff who lead it").fill(staff.name)
    page.get_by_label("Lived Experience Reviewers who lead it").fill(lxr.reference)
    page.get_by_role("button", name="Save the plan").click()
    expect(page.get_by_text("The change is planned.")).to_be_visible()
    page.get_by_role("button", name="Say where you try it").click()
    page.get_by_label("Pilot, P1").check()
    page.get_by_label("What happened?").fill("Four people came")
    page.get_by_role("button", name="Save what you did").click()

    # And study it with what the four agreed that they said
    page.get_by_role("button", name="Write what you learned").click()
    page.get_by_label("What did you learn?").fill("Practice helps more than talks")
    page.get_by_label("What attendees said when you talked").fill("Let us try it out, in pairs.")
    on(page, "They agreed to it on")
    page.get_by_label("How many attendees agreed to it").fill("4")
    page.get_by_role("button", name="Save what you learned").click()
    expect(page.get_by_text("4 attendees agreed to this")).to_be_visible()

    # And adopt it: it becomes version 2
    page.get_by_role("button", name="Decide").click()
    page.get_by_label("Adopt").check()
    page.get_by_label("What did you decide, and why?").fill("We keep it for the launch")
    page.get_by_role("button", name="Save what you decided").click()
    page.get_by_role("button", name="Make the new version").click()
    expect(page.get_by_label("What changed")).to_have_value("Two talks become practice in pairs")
    page.get_by_role("button", name="Make the new version").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Version 2")

    # And the launch delivers it
    plan(page, 2, "W1", "Launch")
    assert str(Session.objects.get(code="W1").version) == "Co-produced workshop, version 2"

    # Then version 2 tells where it came from, and version 1 what the four said together
    page.get_by_role("link", name="Co-produced workshop, version 2").click()
    expect(page.get_by_role("link", name="Practise in pairs")).to_be_visible()
    expect(page.get_by_text("Practice helps more than talks").first).to_be_visible()
    expect(page.get_by_role("link", name="Launch")).to_be_visible()
    page.get_by_role("link", name="version 1").click()
    expect(page.get_by_text("Let us try it out, in pairs.")).to_be_visible()
    expect(page.get_by_text("No ratings are shown.")).to_be_visible()
    expect(page.get_by_text("Too much talk")).to_have_count(0)

    # And the LXR who helped to lead it reads it on their own pages
    own = browser_as(lxr.user, width=width)
    own.goto("/me/training/")
    own.get_by_role("link", name="Changes to training that I help to lead").click()
    own.get_by_role("link", name="Practise in pairs").click()
    expect(own.get_by_text("It is part of Co-produced workshop, version 2.")).to_be_visible()
    assert Cycle.objects.get().stage == "acted"

    # And the course tells what became of it, the newest version first
    page.get_by_role("link", name="Co-produced workshop").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Co-produced workshop")
    versions = page.get_by_role("heading", level=3)
    expect(versions).to_have_text(["Version 2", "Version 1"])
    told = page.get_by_role("main").inner_text()
    story = [
        "Two talks become practice in pairs",
        "Why: Practice helps more than talks",
        "Let us try it out, in pairs.",
        "We keep it for the launch",
        "Talks, all morning",
    ]
    assert sorted(story, key=told.index) == story
