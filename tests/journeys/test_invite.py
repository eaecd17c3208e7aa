"""A coordinator puts an LXR on a review, and deals with what comes after."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from reviews import operations
from reviews.models import Review, TeamMember
from reviews.year.clashes import FRIDAY, bank_holiday
from tests.factories import (
    LXROnTeamFactory,
    ReadyReviewerFactory,
    ReviewFactory,
    StaffFactory,
    StaffOnTeamFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def review(trust):
    day = timezone.localdate() + timedelta(days=30)
    return ReviewFactory(visit_on=day, service__name="Larch Ward", lxrs_wanted=1)


@pytest.fixture
def ada():
    return ReadyReviewerFactory(first_name="Ada", last_name="Lane", first_visit_anywhere=True)


@pytest.fixture
def cy():
    return ReadyReviewerFactory(first_name="Cy", last_name="Dow", first_visit_anywhere=True)


def fill_day(page, name, day):
    group = page.get_by_role("group", name=name)
    group.get_by_label("Day", exact=True).fill(str(day.day))
    group.get_by_label("Month").fill(str(day.month))
    group.get_by_label("Year").fill(str(day.year))


def fair_day(day):
    """That day or the first after it that is no weekend and no bank holiday."""
    while day.weekday() > FRIDAY or bank_holiday(day):
        day += timedelta(days=1)
    return day


def test_coordinator_invites_and_the_answer_shows(browser_as, width, review, ada, coordinator):
    # Given a review without an LXR, found in the list
    StaffOnTeamFactory(review=review)
    page = browser_as(coordinator, width=width)
    page.goto("/reviews/")
    page.get_by_role("link", name="Larch Ward").click()
    expect(page.get_by_text("Nobody with lived experience is on this review yet.")).to_be_visible()

    # On paper is the visit and who goes, and nobody who could be asked
    expect(page.get_by_role("heading", name="Who to ask")).to_be_visible()
    expect(page.get_by_text("See who to ask")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Team", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="Who to ask")).to_be_hidden()
    expect(page.get_by_text("See who to ask")).to_be_hidden()
    page.emulate_media(media="screen")

    # When the coordinator asks somebody who is ready
    page.get_by_role("button", name="Ask Ada Lane").click()

    # Then the page says so, and whose answer it waits for
    expect(page.get_by_text("Ada Lane has been asked to come.")).to_be_visible()
    expect(page.get_by_text("Ada Lane has not answered yet.")).to_be_visible()

    # And when Ada says yes, the page shows it
    operations.answer(
        member=TeamMember.objects.get(reviewer=ada),
        answer=TeamMember.Response.ACCEPTED,
        how=TeamMember.How.ONLINE,
        by=ada.user,
        now=timezone.now(),
    )
    page.reload()
    expect(page.get_by_text("Ada Lane can come. Agree the visit with the service")).to_be_visible()
    page.get_by_role("button", name="Confirm the visit").click()
    expect(page.get_by_text("The visit is confirmed.")).to_be_visible()


def test_coordinator_records_an_answer_by_phone(browser_as, width, review, ada, coordinator):
    # Given an invitation
    LXROnTeamFactory(review=review, reviewer=ada)
    page = browser_as(coordinator, width=width)
    page.goto(f"/reviews/{review.pk}/")

    # When Ada rings and cannot come
    page.get_by_role("link", name="Record their answer (Ada Lane)").click()
    page.get_by_role("radio", name="Ada can't come").check()
    page.get_by_role("radio", name="By phone").check()
    page.get_by_role("button", name="Save their answer").click()

    # Then the team shows it
    expect(page.get_by_text("Ada can't come. You can ask somebody else below.")).to_be_visible()
    assert TeamMember.objects.get().answered_how == "phone"


def test_coordinator_takes_back_and_replaces(browser_as, width, review, ada, cy, coordinator):
    # Given Ada was asked
    LXROnTeamFactory(review=review, reviewer=ada)
    page = browser_as(coordinator, width=width)
    page.goto(f"/reviews/{review.pk}/")

    # When the coordinator asks Cy instead
    page.get_by_role("link", name="Ask someone else instead of Ada Lane").click()
    page.get_by_role("button", name="Ask instead Cy Dow").click()

    # Then Cy is asked and Ada is not
    expect(page.get_by_text("Cy Dow has been asked instead of Ada Lane.")).to_be_visible()
    expect(page.get_by_text("Invitation taken back")).to_be_visible()

    # And Cy's invitation can be taken back as well
    page.get_by_role("link", name="Take the invitation back (Cy Dow)").click()
    page.get_by_role("button", name="Take the invitation back").click()
    expect(page.get_by_text("The invitation to Cy Dow is taken back.")).to_be_visible()
    assert not TeamMember.objects.live().exists()


def test_coordinator_plans_moves_and_calls_off(browser_as, width, review, ada, coordinator):
    # Given a new review with its lead
    StaffFactory(name="Kim Shaw")
    day = fair_day(timezone.localdate() + timedelta(days=20))
    later = fair_day(day + timedelta(days=7))
    page = browser_as(coordinator, width=width)
    page.goto("/reviews/")
    page.get_by_role("button", name="Plan a review").click()
    page.get_by_label("Reference").fill("IL-100")
    page.get_by_label("Service").select_option("Larch Ward")
    fill_day(page, "Visit date", day)
    page.get_by_label("Starts at").fill("9:30am")
    page.get_by_label("Ends at").fill("3pm")
    page.get_by_label("Visit lead").select_option("Kim Shaw")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The review is planned.")).to_be_visible()
    page.get_by_role("button", name="Ask Ada Lane").click()

    # When it moves to another day
    page.get_by_role("link", name="Move the visit to another day").click()
    expect(page.get_by_text("We will tell:")).to_be_visible()
    fill_day(page, "New visit date", later)
    page.get_by_role("button", name="Move the visit and tell everyone").click()

    # Then everyone is told, and the old day is kept
    expect(page.get_by_text("Everyone on the team is told.")).to_be_visible()
    expect(page.get_by_role("heading", name="Earlier dates")).to_be_visible()

    # And when it is called off, it says so
    page.get_by_role("link", name="Call the visit off").click()
    page.get_by_role("button", name="Call the visit off").click()
    expect(page.get_by_text("The review is called off.")).to_be_visible()
    assert Review.objects.get(reference="IL-100").status == "cancelled"


def test_coordinator_asks_why_somebody_is_not_in_the_list(browser_as, width, review, coordinator):
    # Given somebody who is ready but for their first visit
    ReadyReviewerFactory(first_name="Bo", last_name="Kay")
    page = browser_as(coordinator, width=width)
    page.goto(f"/reviews/{review.pk}/")

    # When the coordinator looks them up
    page.get_by_label("Why is somebody not in the list?").fill("Kay")
    page.get_by_role("button", name="Look").click()

    # Then the page says what is missing and what to do next
    expect(page.get_by_text("Or ask Bo if they are happy to be the only LXR").first).to_be_visible()
