"""A coordinator plans the next weeks, changes a line, asks; and one says yes from a phone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from reviews.models import TeamMember
from tests.factories import LXROnTeamFactory, ReadyReviewerFactory, ReviewFactory, UserFactory
from tests.nets.browser import fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def been(name):
    """Somebody ready who has been on a visit, and so may be the only LXR."""
    today = timezone.localdate()
    person = ReadyReviewerFactory(first_name=name, last_name="Okoro")
    past = ReviewFactory(status="completed", visit_on=today - timedelta(days=90))
    LXROnTeamFactory(review=past, reviewer=person, response="accepted", attended=True)
    return person


def test_plan_change_ask_and_say_yes(browser_as, width, trust):
    # Given two visits on one day, and two people who could go to either
    day = timezone.localdate() + timedelta(days=30)
    larch, elm = (
        ReviewFactory(visit_on=day, service__name=name, lxrs_wanted=1)
        for name in ("Larch Ward", "Elm Ward")
    )
    been("Ada")
    ben = been("Ben")
    page = browser_as(UserFactory(roles=["coordinator"]), width=width)

    # When a coordinator plans, and wants Ben to go to one of them
    page.goto("/reviews/")
    page.get_by_role("link", name="Plan who goes on which visit").click()
    expect(page.get_by_role("heading", name="2 visits with somebody to ask")).to_be_visible()
    assert fits(page)
    row = page.get_by_role("row").filter(has_text="Larch Ward")
    if row.get_by_text("Ada").count():
        row.get_by_role("link", name="Somebody else").click()
    expect(page.get_by_label("Ask Ben Okoro to Larch Ward")).to_be_checked()
    expect(page.get_by_role("heading", name="2 visits with somebody to ask")).to_be_visible()

    # And asks Ben alone
    page.get_by_label("Ask Ada Okoro to Elm Ward").uncheck()
    page.get_by_role("button", name="Ask those I ticked").click()
    expect(page.get_by_text("1 person has been asked.")).to_be_visible()
    expect(page.get_by_role("heading", name="Waiting for an answer")).to_be_visible()
    assert list(TeamMember.objects.filter(response="invited").values_list("review")) == [
        (larch.pk,)
    ]
    assert not elm.team.exists()

    # Then Ben says yes from his phone, and the plan has one visit left
    phone = browser_as(ben.user, width=width, javascript=False)
    phone.goto("/me/next/")
    phone.get_by_role("button", name="I can come").click()
    page.goto("/reviews/plan/")
    expect(page.get_by_role("heading", name="1 visit with somebody to ask")).to_be_visible()
    expect(page.get_by_label("Ask Ada Okoro to Elm Ward")).to_be_checked()
