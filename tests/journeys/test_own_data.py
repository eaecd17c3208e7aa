"""People's data: an LXR downloads everything held on them; two people erase somebody who left."""

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from jobs import operations as jobs
from jobs.models import Job
from organisation.models import TrustSettings
from reviewers.models import Reviewer
from tests.factories import (
    AnswerFactory,
    DBSCheckFactory,
    LXROnTeamFactory,
    PlaceFactory,
    ReadyReviewerFactory,
    ReviewerFactory,
    ReviewFactory,
    UserFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _settings() -> None:
    TrustSettings.objects.get_or_create(pk=1)


def work() -> None:
    """What the worker does."""
    for job in Job.objects.unfinished():
        jobs.run(job_id=job.pk, clock=timezone.now)


def downloaded(page: Any, name: str) -> bytes:
    with page.expect_download() as coming:
        page.get_by_role("link", name=name).or_(page.get_by_role("button", name=name)).click()
    path = coming.value.path()
    return bytes(path.read_bytes())


def test_lxr_downloads_everything_held_on_them(browser_as: Any, width: int) -> None:
    # Given Ada on her phone, and Ben who was on a visit with her
    ada = ReadyReviewerFactory(first_name="Ada", last_name="Okoro", access_needs="A quiet room")
    review = ReviewFactory(status="completed", visit_on=timezone.localdate() - timedelta(days=9))
    LXROnTeamFactory(review=review, reviewer=ada, response="accepted", attended=True)
    LXROnTeamFactory(review=review, reviewer=ReviewerFactory(last_name="Fordham"))
    page = browser_as(ada.user, width=width)

    # When she asks for everything that is held about her
    page.goto("/me/about/")
    page.get_by_role("link", name="Everything you hold about me").click()
    page.get_by_role("button", name="Make my copy").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Making the copy")
    work()
    page.goto(page.url)
    page.get_by_role("button", name="See what came of it").click()

    # Then she downloads it to read, and for a program
    expect(page.get_by_text("Your copy is ready.")).to_be_visible()
    document = downloaded(page, "Download it to read (PDF)")
    said = "\n".join(each.extract_text() for each in PdfReader(io.BytesIO(document)).pages)
    assert "What we hold about Ada Okoro" in " ".join(said.split())
    assert "A quiet room" in said
    held = json.loads(downloaded(page, "Download it for a program (JSON)"))
    assert held["about"]["name"] == "Ada Okoro"
    assert "Fordham" not in said + json.dumps(held)


def test_two_people_erase_somebody_and_no_figure_changes(browser_as: Any, width: int) -> None:
    # Given Fay, who was trained, went on a visit, told us about it, and left
    today = timezone.localdate()
    fay = ReviewerFactory(
        first_name="Fay", last_name="Hill", stage="left", stage_since=today - timedelta(days=20)
    )
    PlaceFactory(reviewer=fay, outcome="attended", session__held_on=today - timedelta(days=90))
    DBSCheckFactory(reviewer=fay)
    review = ReviewFactory(status="completed", visit_on=today - timedelta(days=30))
    LXROnTeamFactory(review=review, reviewer=fay, response="accepted", attended=True)
    AnswerFactory(review=review, audience="lxr", impact=None, author=fay, support_on_visit=9)
    first, second = (
        UserFactory(name=name, roles=[role])
        for name, role in (("Kim Shaw", "coordinator"), ("Lee Grant", "quality_lead"))
    )
    coordinator = browser_as(first, width=width)
    coordinator.goto("/figures/")
    before = coordinator.locator("main").inner_text()

    # When a coordinator asks for her data to be erased
    coordinator.goto(f"/people/{fay.pk}/")
    coordinator.get_by_role("link", name="Erase their data").click()
    expect(coordinator.get_by_text("This cannot be undone")).to_be_visible()
    coordinator.get_by_role("radio", name="They asked us to").check()
    coordinator.get_by_role("button", name="Ask for a second person").click()

    # Then nothing is erased yet, and they cannot confirm it themselves
    expect(coordinator.get_by_text("Nothing is erased yet.")).to_be_visible()
    expect(coordinator.get_by_role("button", name="Confirm and erase for good")).to_have_count(0)
    assert Reviewer.objects.get(pk=fay.pk).first_name == "Fay"

    # When a second person confirms
    lead = browser_as(second, width=width)
    lead.goto("/data-requests/")
    lead.get_by_role("link", name="Fay Hill").click()
    expect(lead.get_by_text("Kim Shaw")).to_be_visible()
    lead.get_by_role("button", name="Confirm and erase for good").click()

    # Then she is nobody, both people are named, and the figures are the same
    expect(lead.get_by_text("Their data are erased.")).to_be_visible()
    row = lead.get_by_role("row").filter(has_text=f"Erased-{fay.pk}")
    expect(row).to_contain_text("Kim Shaw")
    expect(row).to_contain_text("Lee Grant")
    assert str(Reviewer.objects.get(pk=fay.pk)) == "Erased person"
    coordinator.goto("/figures/")
    assert coordinator.locator("main").inner_text() == before
