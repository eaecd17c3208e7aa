"""A quality lead shares figures: with another program by a token, with other trusts by a file."""

import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

import programme.demo
from insights.numbers import Share
from insights.partnership import files
from insights.partnership.signing import fingerprint
from tests.factories import UserFactory
from tests.insights.partners import OtherPortal
from tests.insights.partners import settings as settings_of
from tests.nets.browser import fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PROGRAMME = str(Path(programme.demo.__path__[0]))
MONTHS = date(2024, 3, 1), date(2025, 5, 1)  # those whose figures were published
EXPECTED = Path(__file__).parents[1] / "insights" / "expected.json"


def fetched(address: str, token: str) -> dict[str, Any]:
    """What another program is answered."""
    request = Request(address, headers={"Authorization": f"Bearer {token}"})  # noqa: S310 - our own
    with urlopen(request, timeout=10) as answer:  # noqa: S310 - our own server
        document: dict[str, Any] = json.load(answer)
    return document


def test_another_program_reads_coverage_until_its_token_is_revoked(
    browser_as, live_server, width, trust
):
    # Given the programme, imported, and a quality lead
    call_command("import_programme", PROGRAMME, stdout=StringIO())
    page = browser_as(UserFactory(roles=["quality_lead"]), width=width)

    # When they make a token for Power BI
    page.goto("/figures/")
    page.get_by_role("link", name="Let Power BI or another program read them").click()
    page.get_by_role("button", name="Make a token").click()
    page.get_by_label("What will use it?").fill("Power BI of the board")
    page.get_by_label("Coverage").check()
    page.get_by_role("button", name="Make the token").click()
    expect(page.get_by_role("heading", name="Your token")).to_be_visible()
    assert fits(page)
    token = page.locator(".app-address strong").inner_text()

    # Then the program reads the figures that the programme published
    address = f"{live_server.url}/api/v1/coverage?since=2024-03&until=2025-05"
    rows = [row for row in fetched(address, token)["rows"] if row["figure"] == "coverage"]
    expected = json.loads(EXPECTED.read_text(encoding="utf-8"))
    assert {
        name: {
            part: sum(row[part] for row in rows if row["directorate"] == name)
            for part in ("numerator", "denominator")
        }
        for name in {row["directorate"] for row in rows}
    } == {
        name: {part: share[part] for part in ("numerator", "denominator")}
        for name, share in expected["coverage_by_directorate"].items()
    }
    with pytest.raises(HTTPError, match="403"):
        fetched(f"{live_server.url}/api/v1/impact", token)

    # And the token is shown nowhere again, and opens nothing once it is revoked
    page.get_by_role("button", name="I have copied it").click()
    expect(page.get_by_role("heading", name="Figures for other programs")).to_be_visible()
    assert token not in page.content()
    assert fits(page)
    page.get_by_role("link", name="Revoke Power BI of the board").click()
    page.get_by_role("button", name="Revoke it").click()
    expect(page.get_by_text("“Power BI of the board” opens nothing any more.")).to_be_visible()
    with pytest.raises(HTTPError, match="401"):
        fetched(address, token)


def another_portal() -> tuple[OtherPortal, bytes]:
    """The portal of another trust, and the file that it sends."""
    portal = OtherPortal()
    return portal, portal.file(
        since=MONTHS[0],
        until=MONTHS[1],
        as_at=timezone.localdate(),
        written_at=timezone.now(),
        by_setting=settings_of((20, 400)),
        activation=Share(11, 40),
    )


def chosen(page: Page, name: str, document: bytes) -> None:
    """Choose a file and send it."""
    page.locator('input[type="file"]').set_input_files(
        {"name": name, "mimeType": "application/json", "buffer": document}
    )
    page.get_by_role("button", name="Bring it in").click()


def test_two_trusts_exchange_files_and_stand_side_by_side(browser_as, width, trust):
    # Given the programme, imported, and a trust that sent its public key
    call_command("import_programme", PROGRAMME, stdout=StringIO())
    portal, document = another_portal()
    page = browser_as(UserFactory(roles=["quality_lead"]), width=width)

    # When a quality lead makes the portal's key and writes a file
    page.goto("/figures/")
    page.get_by_role("link", name="Share these figures with other trusts").click()
    page.get_by_role("button", name="Make the key").click()
    own_key = page.locator(".app-address").inner_text()
    page.get_by_role("button", name="Share your figures").click()
    page.get_by_label("From").select_option(f"{MONTHS[0]:%Y-%m}")
    page.get_by_label("To", exact=True).select_option(f"{MONTHS[1]:%Y-%m}")
    page.get_by_role("button", name="Show what goes into the file").click()
    shown = page.locator("dl").inner_text()
    assert fits(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the signed file").click()
    written = Path(download.value.path()).read_bytes()

    # Then the other trust can check who signed it, and it says what the page said
    signed = files.read(written)
    signed.check_signature()
    assert signed.signed_by == own_key
    assert str(signed.content().coverage) == "17 of 21 (81.0%)"
    assert "17 of 21 (81.0%)" in shown

    # And when the lead adds that trust and brings its file in
    page.goto("/figures/partners/")
    page.get_by_role("button", name="Add a partner").click()
    page.get_by_label("Name of the trust").fill("Eastmoor Trust")
    page.get_by_label("Its public key").fill(portal.public_key)
    page.get_by_role("button", name="Save partner").click()
    expect(page.get_by_text(fingerprint(portal.public_key))).to_be_visible()
    page.get_by_role("button", name="Bring in a file").click()
    chosen(page, "changed.json", document.replace(b": 20,", b": 60,"))
    expect(page.get_by_text("The signature does not fit.").first).to_be_visible()
    chosen(page, "eastmoor.json", document)

    # Then both stand side by side, by name, and what chance does not explain is said
    expect(page.get_by_text("The figures of Eastmoor Trust are here.")).to_be_visible()
    expect(page.get_by_text("This is not a league table.")).to_be_visible()
    coverage = page.get_by_role("table").first
    expect(coverage.get_by_role("row").nth(1)).to_contain_text("A. This trust")
    expect(coverage.get_by_role("row").nth(2)).to_contain_text("B. Eastmoor Trust")
    expect(coverage).to_contain_text("17 of 21 (81.0%)")
    expect(coverage).to_contain_text("20 of 400 (5.0%)")
    expect(
        page.get_by_role("heading", name="This trust is higher than chance explains")
    ).to_be_visible()
    assert fits(page)
