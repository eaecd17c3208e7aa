"""After the visit its lead records who came."""

import re
from typing import Any

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from organisation.models import TrustSettings
from tests.factories import (
    LXROnTeamFactory,
    ReviewFactory,
    StaffFactory,
    StaffOnTeamFactory,
    UserFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def visit() -> Any:
    """Today's visit, led by Lee Grant, with Ada who said yes."""
    TrustSettings.objects.get_or_create(pk=1)
    review = ReviewFactory(status="confirmed", visit_on=localdate(), service__name="Memory Clinic")
    lead = UserFactory(name="Lee Grant", roles=["visit_lead"])
    StaffOnTeamFactory(review=review, staff=StaffFactory(name="Lee Grant", user=lead))
    review.lead_user = lead
    review.lxr = LXROnTeamFactory(
        review=review,
        response="accepted",
        reviewer__first_name="Ada",
        reviewer__last_name="Okoro",
        reviewer__phone="07700 900123",
    )
    return review


def test_lead_records_who_came(browser_as: Any, visit: Any, width: int) -> None:
    # Given the lead on the day of the visit
    page = browser_as(visit.lead_user, width=width)
    page.goto(f"/reviews/{visit.pk}/")
    expect(page.get_by_text("07700 900123")).to_be_visible()

    # When she records that nobody with lived experience came, and says no more
    page.get_by_role("link", name="Record who came").first.click()
    lead = page.get_by_role("group", name=re.compile("^Lee Grant"))
    lxr = page.get_by_role("group", name=re.compile("^Ada Okoro"))
    lead.get_by_label("Came", exact=True).check()
    lxr.get_by_label("Did not come").check()
    page.get_by_role("button", name="Save who came").click()

    # Then she is asked why
    summary = page.locator(".nhsuk-error-summary")
    expect(summary).to_contain_text("Select why no Lived Experience Reviewer took part.")

    # When she puts it right: Ada took part by video
    lxr.get_by_label("Took part by phone or video").check()
    page.get_by_role("button", name="Save who came").click()

    # Then the review is completed, with Ada's remote part
    expect(page.get_by_text("It is recorded who came. Thank you.")).to_be_visible()
    visit.refresh_from_db()
    visit.lxr.refresh_from_db()
    assert (visit.status, visit.gap_reason) == ("completed", "")
    assert (visit.lxr.attended, visit.lxr.is_remote) == (True, True)

    # When she corrects it without saying why, then with a reason
    page.get_by_role("link", name="Correct who came").click()
    lxr.get_by_label("Came", exact=True).check()
    page.get_by_role("button", name="Save who came").click()
    expect(summary).to_contain_text("Say why you change it.")
    page.get_by_label("It was recorded by mistake").check()
    page.get_by_role("button", name="Save who came").click()

    # Then Ada came
    expect(page.get_by_text("It is recorded who came. Thank you.")).to_be_visible()
    visit.lxr.refresh_from_db()
    assert (visit.lxr.attended, visit.lxr.is_remote) == (True, False)


def test_lead_says_why_nobody_with_lived_experience_came(
    browser_as: Any, visit: Any, width: int
) -> None:
    # Given the lead on the day of the visit
    page = browser_as(visit.lead_user, width=width)
    page.goto(f"/reviews/{visit.pk}/")

    # When she records that Ada did not come, and why nobody did
    page.get_by_role("link", name="Record who came").first.click()
    page.get_by_role("group", name=re.compile("^Lee Grant")).get_by_label(
        "Came", exact=True
    ).check()
    page.get_by_role("group", name=re.compile("^Ada Okoro")).get_by_label("Did not come").check()
    page.get_by_label("Could no longer come").check()
    page.get_by_role("button", name="Save who came").click()

    # Then the review is completed, and the reason is kept for the figures
    expect(page.get_by_text("It is recorded who came. Thank you.")).to_be_visible()
    visit.refresh_from_db()
    visit.lxr.refresh_from_db()
    assert (visit.status, visit.gap_reason) == ("completed", "could no longer come")
    assert visit.lxr.attended is False
