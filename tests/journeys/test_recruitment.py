"""An enquiry from a phone becomes an active LXR, each step on the pages of who takes it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from organisation.models import TrustSettings
from reviewers.models import Enquiry, Reviewer
from reviews.eligibility import Visit
from reviews.queries import candidates_for
from tests.factories import (
    LXROnTeamFactory,
    ReadyReviewerFactory,
    ReviewFactory,
    ServiceFactory,
    SessionFactory,
    UserFactory,
)
from tests.journeys.test_checks import fill_day
from tests.journeys.test_disclosure import purposeful
from tests.nets.browser import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def tell_that_interested(page: Page) -> None:
    """A stranger fills in the public page."""
    page.goto("/interested/")
    page.get_by_label("Your name").fill("Ada Okoro")
    page.get_by_label("How can we reach you?").fill("ada@example.org")
    page.get_by_label("What would help us to meet your needs?").fill("Large letters")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("We have your message")).to_be_visible()


def add_and_interview(page: Page) -> Reviewer:
    """A coordinator adds the person from the enquiry, and records the interview."""
    page.goto("/people/board/")
    page.get_by_role("link", name="People who are interested").click()
    page.get_by_role("button", name="Add as a person").click()
    expect(page.get_by_label("Last name")).to_have_value("Okoro")
    page.get_by_role("button", name="Add this person").click()
    expect(page.get_by_text("Ada Okoro is added")).to_be_visible()
    page.get_by_role("link", name="Plan or record an interview").click()
    fill_day(page, "Day of the interview", timezone.localdate())
    page.get_by_label("Who talks with them?").fill("Kit Moss")
    page.get_by_role("radio", name="They go on to checks and training").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The interview is saved.")).to_be_visible()
    return Reviewer.objects.get()


def move_on(page: Page, to: str) -> None:
    """A coordinator ticks Ada on the board and moves her on."""
    page.goto("/people/board/")
    page.get_by_label("Tick Ada Okoro").check()
    page.get_by_role("button", name=f"Move those I ticked to {to}").click()
    page.get_by_role("button", name="Move this person").click()
    expect(page.get_by_text(f"1 person is now at the stage “{to}”.")).to_be_visible()


def publish(page: Page) -> None:
    """A coordinator writes the first role description."""
    page.goto("/people/role-description/")
    page.get_by_role("button", name="Write the role description").click()
    page.get_by_label("The role description").fill("You join a team for a day.")
    page.get_by_role("radio", name="No. Everybody is asked").check()
    page.get_by_role("button", name="Publish this version").click()
    expect(page.get_by_text("of the role description is published.")).to_be_visible()


def sign(page: Page) -> None:
    """The LXR reads the role description and signs it."""
    page.goto("/me/role-description/")
    page.get_by_label("I have read the role description, and I agree to it").check()
    page.get_by_role("button", name="Sign the role description").click()
    expect(page.get_by_text("Thank you. You have signed the role description.")).to_be_visible()


def check(page: Page) -> None:
    """A checks officer takes the check from the first question to a blank certificate."""
    today = timezone.localdate()
    purposeful(page, "To record a check", "/checks/?q=Okoro")
    page.get_by_role("link", name="Ada Okoro").first.click()
    page.get_by_role("button", name="Ask for an ID check").click()
    page.get_by_role("radio", name="Enhanced", exact=True).check()
    page.get_by_role("radio", name="Adult", exact=True).check()
    fill_day(page, "Day you asked them", today)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Tick the documents you saw").click()
    page.get_by_label("Passport").check()
    fill_day(page, "Day you saw them", today)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Record the application").click()
    fill_day(page, "Day of the application", today)
    page.get_by_role("button", name="Save this application").click()
    page.get_by_role("link", name="Record the certificate").click()
    fill_day(page, "Day on the certificate", today)
    page.get_by_label("Certificate number").fill("001234567890")
    page.get_by_role("radio", name="Yes, it is blank").check()
    page.get_by_role("button", name="Save this certificate").click()
    expect(page.get_by_text("The certificate is recorded.")).to_be_visible()


def train(page: Page, session: Any) -> None:
    """A coordinator gives a place in today's workshop, and records that Ada came."""
    page.goto(f"/training/{session.pk}/")
    page.get_by_role("button", name="Give a place Ada Okoro").click()
    expect(page.get_by_text("Ada Okoro has a place.")).to_be_visible()
    page.get_by_role("link", name="Record who came").click()
    group = page.get_by_role("group", name="Ada Okoro")
    group.get_by_role("radio", name="Came", exact=True).check()
    page.get_by_role("button", name="Save who came").click()
    expect(page.get_by_text("Saved. Attendance changed for 1 person.")).to_be_visible()


def test_an_enquiry_from_a_phone_becomes_an_active_reviewer(
    browser_as: Any, width: int, trust: TrustSettings
) -> None:
    # Given a trust whose public page is open, with a role description and a workshop today
    trust.enquiries_open = True
    trust.save()
    session = SessionFactory(held_on=timezone.localdate())
    coordinator = browser_as(UserFactory(name="Kit Moss", roles=["coordinator"]), width=width)
    publish(coordinator)

    # When somebody without an account says on a phone that they are interested
    tell_that_interested(browser_as(None, width=PHONE))

    # Then a coordinator adds them, with what would help them, and has the talk
    person = add_and_interview(coordinator)
    assert Enquiry.objects.get().reviewer == person
    assert (person.stage, person.access_needs) == ("interview", "Large letters")
    coordinator.get_by_role("button", name="Let them sign in").click()
    move_on(coordinator, "Checks")

    # And the person signs, the officer checks and the coordinator trains them
    person.refresh_from_db()
    own = browser_as(person.user, width=PHONE)
    sign(own)
    check(browser_as(UserFactory(roles=["checks_officer"]), width=width))
    train(coordinator, session)

    # And the coordinator moves them on to active
    move_on(coordinator, "Active")
    person.refresh_from_db()
    assert person.stage == "active"

    # Then they can be asked to a visit beside somebody who knows it, and their page tells the way
    review = ReviewFactory(
        service=ServiceFactory(), visit_on=timezone.localdate() + timedelta(days=28)
    )
    LXROnTeamFactory(review=review, reviewer=ReadyReviewerFactory())
    ready = candidates_for(Visit(review, trust)).ready
    assert [each.reviewer for each in ready] == [person]
    coordinator.goto(f"/people/{person.pk}/story/")
    for line in ("Enquiry", "Interview", "Checks", "Active", "signed", "LXR workshop"):
        expect(coordinator.get_by_text(line).first).to_be_visible()
    own.goto("/")
    expect(own.get_by_role("heading", level=1)).to_be_visible()
