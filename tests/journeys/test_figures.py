"""A quality lead reads the figures of the imported programme and narrows them."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

import programme.demo
from organisation.models import Directorate
from tests.factories import UserFactory
from tests.nets.browser import fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_a_quality_lead_finds_where_coverage_is_lowest(browser_as, width, javascript, trust):
    # Given the programme, imported
    call_command("import_programme", str(Path(programme.demo.__path__[0])), stdout=StringIO())
    directorate = Directorate.objects.get(name="Forensic and Offender Healthcare")

    # When a quality lead looks at all of it
    page = browser_as(UserFactory(roles=["quality_lead"]), width=width, javascript=javascript)
    page.goto("/figures/")
    page.get_by_role("link", name="Since the start").click()

    # Then the published figures are there, and where coverage is lowest
    expect(page.get_by_text("17 of 21 (81.0%)").first).to_be_visible()
    expect(page.get_by_text("15 of 36 (41.7%)").first).to_be_visible()
    expect(
        page.get_by_role("heading", name="Coverage is lowest in Forensic and Offender Healthcare")
    ).to_be_visible()

    # And that directorate can be looked at alone
    page.get_by_label("Directorate").select_option(str(directorate.pk))
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("0 of 3 (0.0%)").first).to_be_visible()
    assert fits(page)
