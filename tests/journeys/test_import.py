"""A coordinator brings the programme in from the workbook that the team keeps."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from jobs import operations as jobs
from jobs.models import Job
from reviews.models import Review
from tests.factories import UserFactory
from tests.programme.files import sheets, workbook

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def work() -> None:
    """What the worker does."""
    for job in Job.objects.unfinished():
        jobs.run(job_id=job.pk, clock=timezone.now)


def test_upload_look_and_bring_in(browser_as, width, trust, tmp_path):
    # Given the team's workbook
    path = tmp_path / "programme.xlsx"
    path.write_bytes(workbook(sheets()))
    page = browser_as(UserFactory(roles=["coordinator"]), width=width)

    # When a coordinator uploads it
    page.goto("/import/")
    page.locator('input[type="file"]').set_input_files(path)
    page.get_by_role("button", name="Upload and check").click()
    work()
    page.goto(page.url)
    page.get_by_role("button", name="See what came of it").click()

    # Then they see what it would change, and bring it in
    expect(page.get_by_role("heading", name="What this file would change")).to_be_visible()
    page.get_by_role("button", name="Bring it in").click()
    work()
    page.goto(page.url)
    page.get_by_role("button", name="See what came of it").click()
    expect(page.get_by_role("heading", name="The programme was brought in")).to_be_visible()
    assert Review.objects.count() == 3
