"""A disclosure becomes an approval through two people; a coordinator sees readiness and no more."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from checks.models import RiskAssessment
from tests.factories import DBSCheckFactory, ReviewerFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def fill_day(page, name, day):
    group = page.get_by_role("group", name=name)
    group.get_by_label("Day", exact=True).fill(str(day.day))
    group.get_by_label("Month").fill(str(day.month))
    group.get_by_label("Year").fill(str(day.year))


def give_purpose(page):
    page.get_by_role("radio", name="To record a check").check()
    page.get_by_role("button", name="Continue").click()


def test_two_people_take_a_certificate_to_an_approval(browser_as, width, trust):
    # Given an application without a certificate
    today = timezone.localdate()
    person = ReviewerFactory()
    DBSCheckFactory(
        reviewer=person,
        applied_on=today - timedelta(days=30),
        issued_on=None,
        result="awaiting",
        renewal_due_on=None,
    )

    # When an officer records the certificate and HR's decision
    officer = browser_as(UserFactory(roles=["checks_officer"]), width=width)
    officer.goto("/checks/")
    give_purpose(officer)
    officer.get_by_role("link", name="Record the certificate").click()
    fill_day(officer, "Day on the certificate", today)
    officer.get_by_label("Certificate number").fill("001234567890")
    officer.get_by_role("radio", name="No. A risk assessment will be opened").check()
    officer.get_by_role("button", name="Save this certificate").click()
    officer.get_by_role("link", name="Record the decision").click()
    officer.get_by_role("radio", name="Approved", exact=True).check()
    fill_day(officer, "Day of the decision", today)
    officer.get_by_role("button", name="Save this decision").click()
    expect(officer.get_by_text("A second person must approve it before it counts.")).to_be_visible()

    # Then a coordinator sees that checks are under way, and nothing else
    coordinator = browser_as(UserFactory(roles=["coordinator"]), width=width)
    coordinator.goto(f"/people/{person.pk}/")
    expect(coordinator.get_by_text("Checks under way").first).to_be_visible()
    assert "disclosure" not in coordinator.content().lower()

    # And once a second person approves, the person is ready
    second = browser_as(UserFactory(roles=["second_approver"]), width=width)
    second.goto("/checks/approvals/")
    second.get_by_role("radio", name="To approve a decision").check()
    second.get_by_role("button", name="Continue").click()
    second.get_by_role("button", name=f"Approve {person}").click()
    expect(second.get_by_text("The decision is approved and counts from now.")).to_be_visible()
    assert RiskAssessment.objects.get().is_in_force is True
    coordinator.reload()
    expect(coordinator.get_by_text("Ready.", exact=True)).to_be_visible()
