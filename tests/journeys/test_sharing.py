"""A quality lead lets another program read the figures, and stops it."""

import json
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

import programme.demo
from tests.factories import UserFactory
from tests.nets.browser import fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PROGRAMME = str(Path(programme.demo.__path__[0]))
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
    page = browser_as(UserFactory(roles=["quality_lead"]), width=width, javascript=False)

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
