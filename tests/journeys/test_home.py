"""Each line of the coordinator's home leads to a page where the thing can be done."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from feedback.models import Answer
from organisation.models import Service
from programme.demonstration import load_demonstration
from reviewers import operations as people
from reviewers.models import Reviewer
from reviews import operations
from reviews.models import Review, TeamMember
from tests.nets.browser import fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Under each heading, the way on that the page must offer.
WAYS = {
    "Coming visits without a Lived Experience Reviewer": ("button", "^(Ask .+|Look)$"),
    "People on a visit who may not be able to go any more": ("link", "^Ask someone else instead"),
    "Questions about a visit": ("button", "^I have answered this"),
    "Invitations without an answer": ("link", "^Record their answer"),
    "Messages to post or ring": ("button", "^I spoke to them"),
    "People we cannot reach the way they like": ("button", "^Save"),
    "Visits to record": ("button", "^Save who came"),
    "Visits without feedback from the service": ("button", "^Ask now"),
    "People on their way to their first visit": ("link", "^Change.*[Ss]tage"),
    "Trained people who have not been on a visit": ("link", "^Change How they would like"),
    "First visits to talk about": ("link", "Talk after it"),
    "Services without a contact": ("button", "^Add a contact"),
}


@pytest.fixture
def coordinator(trust: Any) -> User:
    """The demonstration's, on a day with work of every kind."""
    now = timezone.now()
    load_demonstration(now=now)
    by = User.objects.get(email="coordinator@demo.example.org")

    def person(reference: str) -> Reviewer:
        return Reviewer.objects.get(reference=reference)

    ward, over = (Review.objects.get(reference=each) for each in ("IL-025", "IL-024"))
    coming = operations.invite_reviewer(review=ward, reviewer=person("LXR-004"), by=by, now=now)
    yes = {"answer": TeamMember.Response.ACCEPTED, "how": TeamMember.How.PHONE}
    operations.answer(member=coming, **yes, by=by, now=now)
    operations.ask_question(member=coming, words="Is there parking?", by=by, now=now)
    people.pause(reviewer=person("LXR-004"), until=None, by=by, now=now)
    operations.invite_reviewer(review=ward, reviewer=person("LXR-022"), by=by, now=now)  # by phone
    Review.objects.filter(pk=over.pk).update(visit_on=timezone.localdate() - timedelta(days=1))
    latest = Review.objects.covered().latest("visit_on")
    Answer.objects.filter(review=latest, audience="team").delete()
    Service.objects.get(name="School Nursing").contacts.all().delete()
    return by


def test_each_line_leads_to_where_it_is_done(
    browser_as: Callable[..., Page], width: int, coordinator: User
) -> None:
    # Given a coordinator's home with work of every kind
    page = browser_as(coordinator, width=width)
    page.goto("/")
    kinds = page.locator(".app-work__kind")
    assert kinds.locator("h2").all_inner_texts() == list(WAYS)
    lines = {
        kind.locator("h2").inner_text(): [
            (link.inner_text(), link.get_attribute("href"))
            for link in kind.locator(".app-work__lines a").all()
        ]
        for kind in kinds.all()
    }
    more = [link.get_attribute("href") for link in kinds.locator("p a").all()]
    assert fits(page)

    for heading, (role, name) in WAYS.items():
        assert lines[heading]
        for text, href in lines[heading]:
            # When they follow a line
            answer = page.goto(href)

            # Then the page is there, fits the window, and has the way on
            assert answer is not None
            assert answer.status == 200, (heading, text)
            way = page.get_by_role(role, name=re.compile(name)).first
            expect(way, f"{heading}: {text}").to_be_visible()
            assert fits(page), href

    # And where a list goes on, the rest is there
    for href in more:
        answer = page.goto(href)
        assert answer is not None
        assert answer.status == 200, href
