"""The main job, end to end: from the team's spreadsheet to a figure that is one higher.

The demonstration programme, moved to now; each person in a browser of their own, the LXR on a
phone; the emails as they left.
"""

import csv
import re
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page, expect

import feedback.tasks
from feedback.models import Answer
from jobs import operations as jobs
from jobs.models import Job
from notifications.delivery import deliver
from notifications.discretion import check_discreet
from organisation.models import StaffMember
from programme.demonstration import FOLDER, days_to_move
from reviewers.models import Reviewer
from reviews.models import Review
from tests.factories import UserFactory
from tests.nets.browser import PHONE
from tests.programme.files import workbook

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DEV = "dev.vaughan.4@example.org"


@pytest.fixture
def spreadsheet(tmp_path: Path) -> Path:
    """The team's workbook, as it would stand today."""
    by = days_to_move(timezone.localdate())

    def moved(cell: str) -> Any:
        try:
            return date.fromisoformat(cell) + by
        except ValueError:
            return cell

    tables = {
        path.stem: [
            [moved(cell) for cell in row] for row in csv.reader(path.read_text().splitlines())
        ]
        for path in sorted(FOLDER.glob("*.csv"))
    }
    path = tmp_path / "programme.xlsx"
    path.write_bytes(workbook(tables))
    return path


@pytest.fixture(autouse=True)
def _portal(trust: Any, settings: Any, live_server: Any) -> None:
    """It writes at any hour, with links to where it is, and nobody was here before."""
    trust.send_from, trust.send_until = time.min, time.max
    trust.save()
    settings.PUBLIC_URL = live_server.url
    cache.clear()


def work() -> None:
    """What the worker does."""
    for job in Job.objects.unfinished():
        jobs.run(job_id=job.pk, clock=timezone.now)


def posted(address: str) -> Any:
    """The latest email to this address, after everything due was delivered."""
    deliver(clock=timezone.now)
    return [each for each in mail.outbox if address in each.to][-1]


def bring_in(page: Page, spreadsheet: Path) -> None:
    """Upload, look, confirm."""
    page.goto("/import/")
    page.locator('input[type="file"]').set_input_files(spreadsheet)
    page.get_by_role("button", name="Upload and check").click()
    work()
    page.goto(page.url)
    page.get_by_role("button", name="See what came of it").click()
    expect(page.get_by_role("heading", name="What this file would change")).to_be_visible()
    page.get_by_role("button", name="Bring it in").click()
    work()
    page.goto(page.url)
    page.get_by_role("button", name="See what came of it").click()
    expect(page.get_by_role("heading", name="The programme was brought in")).to_be_visible()


def sign_in_with_a_code(page: Page, address: str) -> None:
    """As people without a password do."""
    page.goto("/")
    page.get_by_label("Email address").first.fill(address)
    page.get_by_role("button", name="Email me a code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Enter the code")
    code = re.search(r"sign-in code is:\s+(\S+)", posted(address).body)
    assert code
    page.get_by_label("Code", exact=True).fill(code[1])
    page.get_by_role("button", name="Sign in").click()


def coverage(page: Page) -> str:
    """The figure as the page shows it."""
    page.goto("/figures/")
    page.get_by_role("link", name="Since the start").click()
    card = page.locator(".nhsuk-card").filter(has=page.get_by_role("heading", name="Coverage"))
    return card.locator(".nhsuk-heading-l").first.inner_text()


@pytest.mark.parametrize("javascript", [True, False], ids=["phone", "phone without JavaScript"])
def test_from_the_spreadsheet_to_the_figure(
    browser_as: Callable[..., Page], spreadsheet: Path
) -> None:
    # Given the team's spreadsheet, brought in by a coordinator, the checks by the checks team
    coordinator = browser_as(UserFactory(roles=["coordinator"]))
    bring_in(coordinator, spreadsheet)
    bring_in(browser_as(UserFactory(roles=["checks_officer"])), spreadsheet)
    review = Review.objects.get(reference="IL-025")
    assert coverage(coordinator) == "17 of 21 (81.0%)"

    # When the coordinator opens a coming review without an LXR from home and asks somebody ready
    coordinator.goto("/")
    expect(
        coordinator.get_by_role("heading", name="Coming visits without a Lived Experience Reviewer")
    ).to_be_visible()
    coordinator.get_by_role("link", name="Willow Ward", exact=True).click()
    coordinator.get_by_role("button", name="Ask Dev Vaughan").click()
    expect(coordinator.get_by_text("Dev Vaughan has been asked to come.")).to_be_visible()

    # Then an email goes to Dev, and its subject gives nothing away
    invitation = posted(DEV)
    assert invitation.subject == "Can you come on a visit with the quality team?"
    check_discreet(invitation.subject)
    assert "Willow Ward" in invitation.body

    # When Dev follows it on a phone, signs in with a code and says yes
    phone = browser_as(None, width=PHONE)
    sign_in_with_a_code(phone, DEV)
    expect(phone.get_by_role("heading", level=1)).to_have_text("My next visit")
    expect(phone.locator(".nhsuk-card")).to_have_count(1)
    expect(phone.locator(".nhsuk-card")).to_contain_text("Willow Ward")
    phone.get_by_role("button", name="I can come", exact=True).click()
    expect(phone.get_by_text("You have said: I can come.")).to_be_visible()

    # Then the coordinator sees it, and home lists the visit no more
    coordinator.goto(f"/reviews/{review.pk}/")
    team = coordinator.get_by_role("table", name="Lived Experience Reviewers")
    expect(team.get_by_role("row", name=re.compile("Dev Vaughan"))).to_contain_text("Can come")
    coordinator.goto("/")
    expect(coordinator.get_by_role("link", name="Willow Ward", exact=True)).to_have_count(0)

    # When the day has come, and the lead records who came
    today_is_the_day_of(review)
    lead = UserFactory(roles=["visit_lead"], name="Casey Lowe")
    StaffMember.objects.filter(name="Casey Lowe").update(user=lead)
    desk = browser_as(lead)
    desk.goto(f"/reviews/{review.pk}/")
    desk.get_by_role("link", name="Record who came").first.click()
    for name in ("Casey Lowe", "Dev Vaughan"):
        group = desk.get_by_role("group", name=re.compile(f"^{name}"))
        group.get_by_label("Came", exact=True).check()
    desk.get_by_role("button", name="Save who came").click()
    expect(desk.get_by_text("It is recorded who came. Thank you.")).to_be_visible()

    # Then the service, the LXR and the lead are asked what it was worth, once
    assert feedback.tasks.ask() == 3
    assert feedback.tasks.ask() == 0
    request = posted("willow.ward@trust.example.org")
    assert {each.to[0] for each in mail.outbox if each.subject == request.subject} == {
        "willow.ward@trust.example.org",
        "casey.lowe@trust.example.org",
        DEV,
    }

    # When the service answers by its link, without signing in
    link = re.search(r"https?://\S+/feedback/visit/\S+", request.body)
    assert link
    service = browser_as(None, width=PHONE)
    service.goto(link[0])
    service.get_by_role("radio", name="9", exact=True).check()
    service.get_by_role("button", name="Send").click()
    expect(service.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert Answer.objects.get(review=review).impact == 9

    # And Dev answers where he is signed in
    phone.goto("/me/feedback/")
    phone.get_by_role("link", name="Willow Ward").click()
    for question in ("training prepare you", "supported on the visit", "after the visit"):
        group = phone.get_by_role("group", name=question)
        group.get_by_role("radio", name="9", exact=True).check()
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_text("Thank you. We have your feedback.")).to_be_visible()

    # Then the figures follow
    assert coverage(coordinator) == "18 of 22 (81.8%)"
    assert Reviewer.objects.get(email=DEV).user is not None


def today_is_the_day_of(review: Review) -> None:
    """Time goes by: the visit is today. (Moving the clock would end the browsers' sessions.)"""
    today = timezone.localdate()
    review.refresh_from_db()
    Review.objects.filter(pk=review.pk).update(visit_on=today)
    for member in review.team.filter(holds_from__isnull=False):
        hours = {
            name: datetime.combine(
                today,
                timezone.localtime(getattr(member, name)).time(),
                timezone.get_default_timezone(),
            )
            for name in ("holds_from", "holds_until")
        }
        review.team.filter(pk=member.pk).update(**hours)
