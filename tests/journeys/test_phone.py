"""An LXR on a phone: sees the next visit, answers, asks, changes days, takes a break."""

import re
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.utils.timezone import get_default_timezone, localdate
from playwright.sync_api import expect

from organisation.models import TrustSettings
from reviewers.models import TimeAway
from reviews.models import Question
from tests.factories import (
    LXROnTeamFactory,
    ReadyReviewerFactory,
    ReviewFactory,
    StaffFactory,
    StaffOnTeamFactory,
)
from tests.nets.browser import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def invitation() -> Any:
    """Ada is asked to a visit in ten days, 9:30am to 3:30pm, led by Lee Grant."""
    TrustSettings.objects.get_or_create(pk=1)
    day = localdate() + timedelta(days=10)
    zone = get_default_timezone()
    review = ReviewFactory(
        visit_on=day,
        service__name="Memory Clinic",
        service__site__name="Market House",
        service__site__address="2 High Street",
        meet_at="Main reception",
        bring="Your badge",
    )
    StaffOnTeamFactory(review=review, staff=StaffFactory(name="Lee Grant"))
    return LXROnTeamFactory(
        review=review,
        reviewer=ReadyReviewerFactory(first_name="Ada", last_name="Okoro"),
        holds_from=datetime.combine(day, time(9, 30), zone),
        holds_until=datetime.combine(day, time(15, 30), zone),
    )


def test_lxr_answers_asks_and_pauses(browser_as: Any, invitation: Any, width: int) -> None:
    # Given Ada, who was asked to a visit, on her own device
    person = invitation.reviewer
    page = browser_as(person.user, width=width)

    # When she opens her next visit
    page.goto("/me/next/")

    # Then one card says when, where, whom to meet, what to bring and whom to ring
    expect(page.get_by_role("heading", level=1)).to_have_text("My next visit")
    card = page.locator(".nhsuk-card")
    for words in (
        "9:30am to 3:30pm", "Memory Clinic", "Market House", "2 High Street", "Lee Grant",
        "Main reception", "Your badge", "020 7946 0001",
    ):  # fmt: skip
        expect(card).to_contain_text(words)

    # When she says that she can come
    page.get_by_role("button", name="I can come").click()

    # Then the page says so, and she can still change it
    expect(page.get_by_text("You have said: I can come.")).to_be_visible()
    expect(page.get_by_role("button", name="I can no longer come")).to_be_visible()
    invitation.refresh_from_db()
    assert (invitation.response, invitation.answered_how) == ("accepted", "online")

    # When she asks a question
    page.get_by_role("button", name="I have a question").click()
    expect(page.get_by_text("This is not read straight away.")).to_be_visible()
    page.get_by_label("What would you like to ask?").fill("Is there parking?")
    page.get_by_role("button", name="Send my question").click()

    # Then it is on the coordinators' list
    expect(page.get_by_text("Your question is sent.")).to_be_visible()
    question = Question.objects.get()
    assert (question.member, question.words) == (invitation, "Is there parking?")

    # When she takes a break with one press
    page.get_by_role("button", name="Pause for now").click()

    # Then she is on a pause until she comes back, and her answer stands
    expect(page.get_by_role("heading", level=1)).to_have_text("You are on a pause")
    person.refresh_from_db()
    assert (person.stage, person.paused_until) == ("paused", None)
    page.get_by_role("button", name="I am back").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pause for now")
    person.refresh_from_db()
    invitation.refresh_from_db()
    assert (person.stage, invitation.response) == ("active", "accepted")


def test_lxr_changes_when_she_can_come(browser_as: Any, invitation: Any, width: int) -> None:
    # Given Ada on her own device
    person = invitation.reviewer
    page = browser_as(person.user, width=width)
    page.goto("/me/about/")

    # When she unticks two days and adds a holiday
    page.get_by_role("link", name="When I can come").click()
    for day in ("Saturday", "Sunday"):
        page.get_by_label(day).uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The days are saved.")).to_be_visible()
    page.get_by_role("link", name="When I can come").click()
    page.get_by_role("link", name="Add days away").click()
    first, last = (localdate() + timedelta(days=n) for n in (30, 37))
    for label, day in (("First day away", first), ("Last day away", last)):
        boxes = page.get_by_role("group", name=re.compile(label))
        boxes.get_by_label("Day").fill(str(day.day))
        boxes.get_by_label("Month").fill(str(day.month))
        boxes.get_by_label("Year").fill(str(day.year))
    page.get_by_role("button", name="Add these days").click()

    # Then both are kept, and the days away can go again
    expect(page.get_by_text("The days away are saved.")).to_be_visible()
    person.refresh_from_db()
    away = TimeAway.objects.get(reviewer=person)
    assert (person.available_weekdays, away.starts_on, away.ends_on) == (0b0011111, first, last)
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("You have not told us about any days away.")).to_be_visible()


def test_lxr_who_cannot_come_is_thanked(browser_as: Any, width: int, invitation: Any) -> None:
    # Given Ada, who was asked to a visit
    page = browser_as(invitation.reviewer.user, width=width)
    page.goto("/me/next/")

    # When she says that she can't come
    page.get_by_role("button", name="I can’t come").click()

    # Then she is thanked, and nothing is left to do
    expect(page.get_by_text("Thank you for telling us.")).to_be_visible()
    page.goto("/me/next/")
    expect(page.get_by_text("You have no visit coming up.")).to_be_visible()
    invitation.refresh_from_db()
    assert (invitation.response, invitation.holds_from) == ("declined", None)


def test_escape_leads_from_the_menu_back_to_its_button(browser_as: Any, invitation: Any) -> None:
    # Given Ada, who uses the keys, in the menu that "More" opened
    page = browser_as(invitation.reviewer.user, width=PHONE)
    page.goto("/me/next/")
    more = page.get_by_role("button", name="More")
    more.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="My training")).to_be_focused()

    # When she closes it
    page.keyboard.press("Escape")

    # Then she is where she was
    expect(more).to_be_focused()
    expect(page.get_by_role("link", name="My training")).to_be_hidden()
