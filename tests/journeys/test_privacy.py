"""The clock of a check's outcome, a hold that stops it, and who looked: as people see them."""

import csv
from datetime import datetime, time, timedelta
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from dateutil.relativedelta import relativedelta
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from programme.retention import running
from tests.factories import ReadyReviewerFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NUMBER = "001234567890"


def night_of(day):
    return datetime.combine(day, time(3, 10), ZoneInfo("Europe/London"))


@pytest.fixture
def person():
    """Ready, with a certificate of five months ago."""
    person = ReadyReviewerFactory(reference="LXR-77", first_name="Ada", last_name="Moss")
    issued = timezone.localdate() - relativedelta(months=5)
    person.dbs_checks.update(
        applied_on=issued - timedelta(days=30), issued_on=issued, renewal_due_on=None
    )
    check = person.dbs_checks.get()
    check.reference_number = NUMBER
    check.save()
    person.issued_on = issued
    return person


def look_at(officer, person):
    officer.goto(f"/checks/people/{person.pk}/")
    if officer.get_by_role("button", name="Continue").count():
        officer.get_by_role("radio", name="To record a check").check()
        officer.get_by_role("button", name="Continue").click()
    return officer


def test_the_number_goes_at_six_months_and_the_person_stays_ready(browser_as, width, trust, person):
    # Given an officer who sees the number, and a coordinator who sees readiness
    officer = look_at(browser_as(UserFactory(roles=["checks_officer"]), width=width), person)
    expect(officer.get_by_text(NUMBER)).to_be_visible()
    coordinator = browser_as(UserFactory(roles=["coordinator"]), width=width)
    coordinator.goto(f"/people/{person.pk}/")
    expect(coordinator.get_by_text("Ready", exact=False).first).to_be_visible()

    # When the last night before six months are over has passed, the number is still there
    over = person.issued_on + relativedelta(months=6)
    running.run(now=night_of(over - timedelta(days=1)))
    expect(look_at(officer, person).get_by_text(NUMBER)).to_be_visible()

    # Then a day after they are over it is gone; the check and readiness are as they were
    running.run(now=night_of(over + timedelta(days=1)))
    expect(look_at(officer, person).get_by_text(NUMBER)).to_have_count(0)
    expect(officer.get_by_text("Enhanced with barred lists").first).to_be_visible()
    coordinator.reload()
    expect(coordinator.get_by_text("Ready", exact=False).first).to_be_visible()


def test_a_hold_stops_it_until_it_is_lifted(browser_as, width, trust, person):
    # Given governance, who looks at what would go in two months
    user = UserFactory(roles=["governance"])
    governance = browser_as(user, width=width)
    over = person.issued_on + relativedelta(months=6)
    governance.goto(f"/retention/?as_at={over.isoformat()}")
    row = governance.get_by_role("row").filter(has_text="The reference number is cleared 6 months")
    expect(row).to_contain_text("1")

    # When they place a hold, with its reason
    governance.get_by_role("link", name="See legal holds").click()
    governance.get_by_role("button", name="Place a hold").click()
    governance.get_by_label("The person’s reference").fill("lxr-77")
    governance.get_by_label("Why their data must be kept").fill("A claim of this spring")
    governance.get_by_role("button", name="Place the hold").click()
    expect(governance.get_by_text("Nothing held on Ada Moss will go")).to_be_visible()

    # Then nothing goes, however long it is over
    running.run(now=night_of(over + relativedelta(years=1)))
    assert person.dbs_checks.get().reference_number == NUMBER
    out = StringIO()
    call_command("retention", "--dry-run", as_at=over, stdout=out)
    assert "Held: LXR-77" in out.getvalue()

    # And it goes in the night after the hold is lifted (the year has ended the sign-in)
    governance = browser_as(user, width=width)
    governance.goto("/retention/holds/")
    governance.get_by_role("button", name="Lift Ada Moss").click()
    expect(governance.get_by_text("The hold on Ada Moss is lifted.")).to_be_visible()
    running.run(now=night_of(over + timedelta(days=1)))
    assert person.dbs_checks.get().reference_number == ""


def test_governance_takes_away_who_looked(browser_as, width, trust, person, tmp_path):
    # Given two officers who looked, each for a purpose
    for name in ("Kim Officer", "Lee Officer"):
        look_at(browser_as(UserFactory(name=name, roles=["checks_officer"]), width=width), person)

    # When governance narrows the log to one of them and takes it away
    governance = browser_as(UserFactory(roles=["governance"]), width=width)
    governance.goto("/access-log/")
    governance.get_by_label("Who looked: name or email address").fill("Kim")
    governance.get_by_role("button", name="Show").click()
    with governance.expect_download() as download:
        governance.get_by_role("link", name="Download these as CSV").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)

    # Then the file says who, whose and what for, and nothing of what was seen
    rows = list(csv.reader(Path(file).read_text("utf-8-sig").splitlines()))
    assert file.name == "access-log.csv"
    assert {row[1] for row in rows[1:]} == {"Kim Officer"}
    assert ["Ada Moss", "LXR-77"] in [row[2:4] for row in rows]
    assert NUMBER not in file.read_text()
