"""After a visit, a service answers by its link, an LXR signed in; a quality lead approves words."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from feedback import operations
from feedback.models import Answer, Asking
from tests.factories import ContactFactory, LXROnTeamFactory, ReviewFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def visit(trust):
    today = timezone.localdate()
    review = ReviewFactory(status="completed", visit_on=today - timedelta(days=2))
    ContactFactory(service=review.service)
    LXROnTeamFactory(review=review, response="accepted", attended=True)
    return review


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_a_service_answers_by_link(browser_as, width, javascript, visit):
    # Given a service that was asked, and its link
    now = timezone.now()
    asking = Asking.objects.create(
        review=visit, audience="team", contact=visit.service.contacts.get(), asked_at=now
    )
    secret = operations.open_link(asking, now=now, expires_at=now + timedelta(days=60))
    page = browser_as(None, width=width, javascript=javascript)

    # When they open it, the secret leaves the address, and they answer
    page.goto(f"/feedback/visit/{secret}/")
    assert urlsplit(page.url).path == "/feedback/visit/"
    expect(page.get_by_role("heading", level=1)).to_have_text("How was the visit?")
    page.get_by_role("radio", name="8", exact=True).check()
    page.get_by_label("Is there anything you want to say").fill("They asked what we forgot to ask.")
    page.get_by_role("radio", name="Yes, but do not say who it was").check()
    page.get_by_role("button", name="Send").click()

    # Then we have it, and the link opens nothing any more
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    answer = Answer.objects.get()
    assert (answer.impact, answer.quote_as) == (8, "anonymous")
    page.goto(f"/feedback/visit/{secret}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("This link does not work")

    # And a quality lead can make the words a quote
    lead = browser_as(UserFactory(roles=["quality_lead"]), width=width, javascript=javascript)
    lead.goto("/feedback/")
    lead.get_by_role("button", name="Approve as a quote").click()
    expect(lead.get_by_text("The words are approved as a quote.")).to_be_visible()


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
