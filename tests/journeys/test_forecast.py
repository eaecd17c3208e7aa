"""A coordinator reads what the demonstration's forensic directorate would need."""

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from jobs import operations as jobs
from jobs.models import Job
from organisation.models import Directorate, Service, Site
from tests.nets.browser import fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FORENSIC = "Forensic and Offender Healthcare"


def test_what_the_forensic_directorate_would_need(browser_as, width, trust):
    # Given the demonstration programme, where nobody is cleared for the secure sites
    call_command("load_demo")
    coordinator = User.objects.get(email="coordinator@demo.example.org")
    page = browser_as(coordinator, width=width)

    # When a coordinator looks at the gap board and asks what it would take
    page.goto("/reviews/gaps/")
    page.get_by_role("link", name="What would it take to have somebody on every visit?").click()

    # Then the finding comes first
    finding = page.get_by_role("heading", level=2).first
    expect(finding).to_contain_text(f"To have somebody on 9 of 10 visits in {FORENSIC} you need")
    expect(finding).to_contain_text("there are none")
    row = page.get_by_role("row").filter(has_text=FORENSIC).first
    expect(row).to_contain_text("none")
    expect(row).to_contain_text("0 of 2")
    expect(row).to_contain_text("One step away: 15 with the checks team.")

    # And it says how wrong it would have been, and what it takes for granted
    expect(page.get_by_text("What happened lay in the range")).to_be_visible()
    expect(page.get_by_text("Mostly borrowed:")).to_contain_text(FORENSIC)
    assert fits(page)

    # When the sites let everybody in, and it is worked out anew
    Site.objects.update(asks="none")
    Service.objects.filter(directorate=Directorate.objects.get(name=FORENSIC)).update(
        setting="community"
    )
    page.get_by_role("button", name="Work it out now").click()
    for job in Job.objects.unfinished():
        jobs.run(job_id=job.pk, clock=timezone.now)
    page.goto(page.url)
    page.get_by_role("button", name="See what came of it").click()

    # Then enough people are ready
    expect(page.get_by_role("heading", level=2).first).to_contain_text("Enough people are ready")


def test_an_observer_sees_no_small_numbers_of_people(browser_as, width, trust):
    call_command("load_demo")
    observer = User.objects.get(email="observer@demo.example.org")
    page = browser_as(observer, width=width)
    page.goto("/figures/")
    page.get_by_role("link", name="What would it take to have somebody on every visit?").click()

    finding = page.get_by_role("heading", level=2).first
    expect(finding).to_contain_text(FORENSIC)
    expect(finding).not_to_contain_text("there are")
    row = page.get_by_role("row").filter(has_text=FORENSIC).first
    expect(row.get_by_text("not shown")).to_have_count(3)
    expect(page.get_by_text("One step away")).to_have_count(0)
    expect(page.get_by_role("button", name="Work it out now")).to_have_count(0)
    assert fits(page)
