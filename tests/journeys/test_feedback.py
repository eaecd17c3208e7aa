"""After a visit, a service answers by its link, an LXR signed in; a quality lead approves words."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from feedback import operations
from feedback.models import Answer, Asking
from notifications.models import Message
from tests.factories import (
    AskingFactory,
    ContactFactory,
    LXROnTeamFactory,
    ReviewFactory,
    StaffFactory,
    UserFactory,
)
from tests.nets.browser import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def visit(trust):
    today = timezone.localdate()
    review = ReviewFactory(status="completed", visit_on=today - timedelta(days=2))
    ContactFactory(service=review.service)
    LXROnTeamFactory(review=review, response="accepted", attended=True)
    return review


def test_a_service_answers_by_link(browser_as, width, visit):
    # Given a service that was asked, and its link
    now = timezone.now()
    asking = Asking.objects.create(
        review=visit, audience="team", contact=visit.service.contacts.get(), asked_at=now
    )
    secret = operations.open_link(asking, now=now, expires_at=now + timedelta(days=60))
    page = browser_as(None, width=width)

    # When they open it, the secret leaves the address, and they answer
    page.goto(f"/feedback/visit/{secret}/")
    assert urlsplit(page.url).path == "/feedback/visit/"
    expect(page.get_by_role("heading", level=1)).to_have_text("How was the visit?")
    page.get_by_role("radio", name="8", exact=True).check()
    page.get_by_label("Is there anything you want to say").fill("Sarah asked what we forgot.")
    page.get_by_role("radio", name="Yes, but do not say who it was").check()
    page.get_by_role("button", name="Send").click()

    # Then what looks like a name comes back once, with everything that was filled in
    expect(page.get_by_text("a name (“Sarah”)").first).to_be_visible()
    expect(page.get_by_role("radio", name="8", exact=True)).to_be_checked()
    page.get_by_label("Is there anything you want to say").fill("They asked what we forgot to ask.")
    page.get_by_role("button", name="Send").click()

    # Then we have it, and they have a link of their own
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    withdrawal = page.get_by_role("link", name="/feedback/words/").get_attribute("href")
    assert withdrawal
    answer = Answer.objects.get()
    assert (answer.impact, answer.quote_as) == (8, "anonymous")

    # And the first link opens nothing any more
    page.goto(f"/feedback/visit/{secret}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("This link does not work")

    # And a quality lead can make the words a quote
    lead = browser_as(UserFactory(roles=["quality_lead"]), width=width)
    lead.goto("/feedback/")
    lead.get_by_role("link", name="Read it and say if it can be quoted").click()
    lead.get_by_label("Yes, use the words below").check()
    lead.get_by_role("button", name="I have read this").click()
    lead.goto("/feedback/")
    expect(lead.get_by_text("Approved quote")).to_be_visible()
    lead.goto("/feedback/quotes/")
    expect(lead.get_by_text("They asked what we forgot to ask.").first).to_be_visible()

    # When the author changes their mind, by the link that they kept
    page.goto(urlsplit(withdrawal).path)
    assert urlsplit(page.url).path == "/feedback/words/"
    expect(page.get_by_text("reports that are already published keep them")).to_be_visible()
    page.get_by_role("radio", name="No", exact=True).check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("We have changed how we may quote you.")).to_be_visible()

    # Then the words are a quote no more
    lead.goto("/feedback/")
    expect(lead.get_by_text("Not to be quoted.")).to_be_visible()
    expect(lead.get_by_text("Approved quote")).to_have_count(0)
    lead.goto("/feedback/quotes/")
    expect(lead.get_by_text("They asked what we forgot to ask.")).to_have_count(0)


def test_what_was_filled_in_stays_on_the_device_until_it_is_sent(browser_as, visit):
    # Given somebody who has begun to answer, and is called away
    asking = AskingFactory(review=visit, contact=visit.service.contacts.get())
    now = timezone.now()
    secret = operations.open_link(asking, now=now, expires_at=now + timedelta(days=60))
    page = browser_as(None, width=PHONE)
    page.goto(f"/feedback/visit/{secret}/")
    page.get_by_role("radio", name="7", exact=True).check()
    words = page.get_by_label("Is there anything you want to say")
    words.fill("They asked what we forgot to ask.")
    kept = "Object.entries(window.localStorage).flat().join()"
    assert "what we forgot" in page.evaluate(kept)
    assert secret not in page.evaluate(kept)

    # When they open their link again
    page.goto(f"/feedback/visit/{secret}/")

    # Then it is all there, and it is forgotten once it has been sent
    expect(page.get_by_text("We put back what you filled in")).to_be_visible()
    expect(page.get_by_role("radio", name="7", exact=True)).to_be_checked()
    expect(words).to_have_value("They asked what we forgot to ask.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert page.evaluate("window.localStorage.length") == 0
    assert Answer.objects.get().impact == 7


def test_what_is_kept_on_the_device_can_be_cleared(browser_as, visit):
    asking = AskingFactory(review=visit, contact=visit.service.contacts.get())
    now = timezone.now()
    secret = operations.open_link(asking, now=now, expires_at=now + timedelta(days=60))
    page = browser_as(None, width=PHONE)
    for _ in range(2):
        page.goto(f"/feedback/visit/{secret}/")
        page.get_by_role("radio", name="7", exact=True).check()

    page.get_by_role("button", name="Clear it and start again").click()

    expect(page.get_by_role("radio", name="7", exact=True)).not_to_be_checked()
    assert page.evaluate("window.localStorage.length") == 0


def test_a_coordinator_asks_a_second_person_and_takes_a_link_back(browser_as, width, visit):
    # Given a visit about which one person of the service was asked
    asking = AskingFactory(review=visit, contact=visit.service.contacts.get())
    now = timezone.now()
    operations.open_link(asking, now=now, expires_at=now + timedelta(days=60))
    second = ContactFactory(service=visit.service, name="Sam Hill")
    page = browser_as(UserFactory(roles=["coordinator"]), width=width)

    # When the coordinator asks another one from the review's page
    page.goto(f"/reviews/{visit.pk}/")
    page.get_by_role("button", name="Ask Sam Hill").click()
    expect(page.get_by_text("Sam Hill is asked about the visit.")).to_be_visible()
    expect(page.get_by_text("0 of 2 have answered. Nobody knows who.").first).to_be_visible()
    secret = secret_sent_to(second)
    other = browser_as(None, width=width)
    other.goto(f"/feedback/visit/{secret}/")
    expect(other.get_by_text("Nobody can tell who of you wrote what")).to_be_visible()

    # And takes the link back
    page.get_by_role("button", name="Take the link back Sam Hill").click()
    expect(page.get_by_text("opens nothing any more")).to_be_visible()

    # Then it opens nothing
    other.goto(f"/feedback/visit/{secret}/")
    expect(other.get_by_role("heading", level=1)).to_have_text("This link does not work")


def test_once_one_of_two_has_answered_links_close_together(browser_as, width, visit):
    # Given two people of a service with a link each, of whom one has answered
    now = timezone.now()
    contacts = [visit.service.contacts.get(), ContactFactory(service=visit.service)]
    askings = [AskingFactory(review=visit, contact=each) for each in contacts]
    secrets = [
        operations.open_link(each, now=now, expires_at=now + timedelta(days=60)) for each in askings
    ]
    one, other = (browser_as(None, width=width) for _ in range(2))
    for page, secret in zip((one, other), secrets, strict=True):
        page.goto(f"/feedback/visit/{secret}/")
        expect(page.get_by_text("Nobody can tell who of you wrote what")).to_be_visible()
    one.get_by_role("radio", name="7", exact=True).check()
    one.get_by_role("button", name="Send").click()
    expect(one.get_by_role("heading", level=1)).to_have_text("Thank you")

    # When a coordinator opens the review's page, both rows offer the same, and they close all
    page = browser_as(UserFactory(roles=["coordinator"]), width=width)
    page.goto(f"/reviews/{visit.pk}/")
    expect(page.get_by_text("links are closed and sent again for all together")).to_have_count(2)
    expect(page.get_by_role("button", name="Send to everyone again")).to_have_count(2)
    page.get_by_role("button", name="Close the links of this visit").last.click()
    expect(page.get_by_text("The links of this visit open nothing any more.")).to_be_visible()

    # Then neither opens anything, and nothing says whose answer it was
    expect(page.get_by_text("Link taken back")).to_have_count(2)
    other.reload()
    expect(other.get_by_role("heading", level=1)).to_have_text("This link does not work")


def secret_sent_to(contact):
    message = Message.objects.get(kind="feedback-request", recipient_id=contact.pk)
    return re.search(r"/feedback/visit/([\w-]+)/", message.body).group(1)


def test_an_lxr_who_was_not_well_supported_is_rung(browser_as, visit):
    # Given an LXR who says on their phone that support was poor
    member = visit.team.get(role="lxr")
    AskingFactory(review=visit, audience="lxr", reviewer=member.reviewer)
    own = browser_as(member.reviewer.user, width=PHONE)
    own.goto("/me/feedback/")
    own.get_by_role("link", name=visit.service.name).click()
    expect(own.get_by_text("Help for you")).to_be_visible()
    group = own.get_by_role("group", name="supported on the visit")
    group.get_by_role("radio", name="2", exact=True).check()
    own.get_by_role("button", name="Send").click()
    expect(own.get_by_text("will get in touch with you")).to_be_visible()

    # When a coordinator opens home
    page = browser_as(UserFactory(roles=["coordinator"]), width=DESKTOP)
    page.goto("/")
    page.get_by_role("link", name=str(member.reviewer), exact=True).first.click()

    # Then they see whom to ring and why, and say when they have
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text(f"Get in touch with {member.reviewer}")
    expect(page.get_by_text("2 of 10")).to_be_visible()
    page.get_by_role("button", name="I have been in touch").click()
    expect(page.get_by_text("has been in touch,")).to_be_visible()
    page.goto("/feedback/concerns/")
    expect(page.get_by_text("Nobody is waiting to hear from us.")).to_be_visible()


def test_an_lxr_says_how_it_was(browser_as, width, visit):
    # Given an LXR who was on a visit
    member = visit.team.get(role="lxr")
    Asking.objects.create(
        review=visit, audience="lxr", reviewer=member.reviewer, asked_at=timezone.now()
    )
    page = browser_as(member.reviewer.user, width=width)

    # When they open their feedback and rate how they were supported
    page.goto("/me/feedback/")
    page.get_by_role("link", name=visit.service.name).click()
    for question in ("training prepare you", "supported on the visit", "after the visit"):
        group = page.get_by_role("group", name=question)
        group.get_by_role("radio", name="9", exact=True).check()
    page.get_by_role("button", name="Send").click()

    # Then it is received and nothing is left to answer
    expect(page.get_by_text("Thank you. We have your feedback.")).to_be_visible()
    answer = Answer.objects.get()
    assert (answer.support_in_training, answer.support_on_visit, answer.support_after_visit) == (
        9,
        9,
        9,
    )


def test_the_lead_answers_for_the_quality_team(browser_as, width, visit):
    # Given the lead of the visit, who was asked, and their link
    now = timezone.now()
    asking = AskingFactory(review=visit, audience="quality", staff=StaffFactory(), asked_at=now)
    secret = operations.open_link(asking, now=now, expires_at=now + timedelta(days=60))
    page = browser_as(None, width=width)

    # When they open it and say what it was worth
    page.goto(f"/feedback/visit/{secret}/")
    page.get_by_role("radio", name="9", exact=True).check()
    page.get_by_role("radio", name="No", exact=True).check()
    page.get_by_role("button", name="Send").click()

    # Then we have it
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    answer = Answer.objects.get()
    assert (answer.audience, answer.impact, answer.quote_as) == ("quality", 9, "no")
