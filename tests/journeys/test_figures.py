"""Who reads the figures of the imported programme: where coverage is low, and why."""

import io
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from openpyxl import load_workbook
from playwright.sync_api import expect

import programme.demo
from organisation.models import Directorate
from reviews.changed import mark
from reviews.models import Review
from tests.factories import UserFactory
from tests.nets.browser import fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_quality_lead_finds_where_coverage_is_lowest(browser_as, width, trust):
    # Given the programme, imported
    call_command("import_programme", str(Path(programme.demo.__path__[0])), stdout=StringIO())
    directorate = Directorate.objects.get(name="Forensic and Offender Healthcare")

    # When a quality lead looks at all of it
    page = browser_as(UserFactory(roles=["quality_lead"]), width=width)
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


def test_a_coordinator_finds_out_why_and_an_observer_reads_less(browser_as, width, trust):
    # Given the programme, imported, and a prison visit for which nobody had clearance
    call_command("import_programme", str(Path(programme.demo.__path__[0])), stdout=StringIO())
    prison = Review.objects.completed().filter(service__setting="prison")
    missed = prison.order_by("visit_on").first()
    missed.gap_reason = Review.GapReason.CHECKS_OR_ACCESS
    missed.save()
    mark(missed)

    # When a coordinator looks at prisons alone
    page = browser_as(UserFactory(roles=["coordinator"]), width=width)
    page.goto("/figures/")
    page.get_by_role("link", name="Since the start").click()
    page.get_by_label("Setting").select_option("Prison")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("0 of 2 (0.0%)").first).to_be_visible()

    # Then they read why nobody was there
    page.get_by_role("link", name="Why 2 reviews had no Lived Experience Reviewer").click()
    expect(
        page.get_by_role("heading", name="Why no Lived Experience Reviewer took part")
    ).to_be_visible()
    expect(page.get_by_role("cell", name="1 of 2 (50.0%)").first).to_be_visible()
    expect(page.get_by_text("Checks or site access").first).to_be_visible()
    assert fits(page)

    # And take the table away
    with page.expect_download() as taken:
        page.get_by_role("link", name="Excel of “Reviews without an LXR, by reason”").click()
    rows = load_workbook(io.BytesIO(taken.value.path().read_bytes())).worksheets[0].values
    assert ("Checks or site access", 1, 2, 50) in list(rows)

    # When an observer looks at the same, they read another reason in its place
    page = browser_as(UserFactory(roles=["observer"]), width=width)
    page.goto("/figures/missed/?since=2024-03&setting=prison")
    expect(page.get_by_text("Another reason").first).to_be_visible()
    expect(page.get_by_text("Checks or site access")).to_have_count(0)


def test_figures_and_a_chart_are_printed_without_what_is_for_the_screen(browser_as, width, trust):
    # Given the programme, imported
    call_command("import_programme", str(Path(programme.demo.__path__[0])), stdout=StringIO())
    page = browser_as(UserFactory(roles=["quality_lead"]), width=width)

    # When the figures are printed
    page.goto("/figures/?since=2024-03&until=2025-05")
    shows = page.get_by_role("button", name="Show", exact=True)
    takes = page.get_by_role("link", name="CSV of “Coverage by month”")
    for each in (shows, takes):
        expect(each).to_be_visible()
    page.emulate_media(media="print")

    # Then the figures, each chart and its table are on the paper, and nothing to press
    expect(page.get_by_text("17 of 21 (81.0%)").first).to_be_visible()
    for chart in page.locator("main svg[role=img]").all():
        expect(chart).to_be_visible()
    expect(page.get_by_role("table", name="Impact by source")).to_be_visible()
    for each in (shows, takes, page.get_by_role("navigation").first):
        expect(each).to_be_hidden()

    # And so is a control chart, with how to read it
    page.emulate_media(media="screen")
    page.goto("/figures/change/")
    page.emulate_media(media="print")
    expect(page.get_by_role("img", name="covered reviews in a row so far")).to_be_visible()
    expect(page.get_by_role("table", name="Covered reviews before each miss")).to_be_visible()
    expect(page.get_by_text("Dashed line: the limit.")).to_be_visible()
    expect(page.get_by_role("button", name="Show", exact=True)).to_be_hidden()
