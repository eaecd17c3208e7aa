"""A service's words become a quote in a report of the board, and the report stays as it was."""

import io
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect
from pypdf import PdfReader

import programme.demo
from feedback import operations
from feedback.models import Asking, Audience, Remark
from feedback.queries import quotes
from insights.reports.models import BoardReport
from jobs import operations as jobs
from jobs.models import Job
from organisation.models import ServiceContact
from reviews.models import Review
from tests.factories import ContactFactory, UserFactory
from tests.nets.browser import DESKTOP, PHONE, fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAID = "They asked what we had stopped seeing."
CITED = f"“{SAID}” – a member of staff at a"


def work(page: Page) -> None:
    """A worker does what waits; the page that watches it notices."""
    job = Job.objects.unfinished().get()
    jobs.run(job_id=job.pk, clock=timezone.now)
    page.get_by_role("link", name="See what came of it").or_(
        page.get_by_role("button", name="See what came of it")
    ).click()


def asked_by_link() -> str:
    """The address that a service of the published programme was sent."""
    now = timezone.now()
    review = Review.objects.covered().order_by("-visit_on", "-pk").first()
    assert review
    contact = ServiceContact.objects.filter(service=review.service_id).first() or ContactFactory(
        service=review.service
    )
    asking = Asking.objects.create(
        review=review, audience=Audience.TEAM, contact=contact, asked_at=now
    )
    secret = operations.open_link(asking, now=now, expires_at=now + timedelta(days=60))
    return f"/feedback/visit/{secret}/"


def test_words_of_a_service_stand_in_a_frozen_report(browser_as, trust):
    # Given the published programme, and a service that answers from a phone by its link
    call_command("import_programme", str(Path(programme.demo.__path__[0])), stdout=StringIO())
    service = browser_as(None, width=PHONE)
    service.goto(asked_by_link())
    service.get_by_label("Is there anything you want to say").fill(SAID)
    service.get_by_role("radio", name="Yes, and say it was").check()
    service.get_by_role("button", name="Send").click()
    withdrawal = service.get_by_role("link", name="/feedback/words/").get_attribute("href")

    # When a quality lead approves the words as a quote
    lead = browser_as(UserFactory(roles=["quality_lead"], name="Jo Lane"), width=DESKTOP)
    lead.goto(f"/feedback/comments/{Remark.objects.get(text=SAID).pk}/")
    lead.get_by_label("Yes, use the words below").check()
    lead.get_by_role("button", name="I have read this").click()

    # And starts a report of the months whose figures were published
    lead.goto("/figures/")
    lead.get_by_role("link", name="Board reports").click()
    lead.get_by_role("button", name="Start a report").click()
    lead.get_by_label("From").select_option("2024-03")
    lead.get_by_label("To", exact=True).select_option("2025-05")
    lead.get_by_role("button", name="Start the report").click()
    lead.get_by_role("link", name="See how far it is").click()
    work(lead)
    lead.get_by_role("link", name="Write the words").click()
    lead.get_by_label("What should the board know first?").fill("Most reviews had an LXR.")
    lead.get_by_label("What was done about").fill("We asked each prison what it needs.")
    lead.get_by_label("What happens next?").fill("Train two more people")
    lead.get_by_role("button", name="Save the words").click()
    lead.get_by_role("link", name="Choose quotes").click()
    lead.get_by_role("button", name=f"Use it {SAID[:20]}").click()
    lead.get_by_role("link", name="Back to the draft").click()
    expect(lead.get_by_text(CITED)).to_be_visible()

    # And reads it once more and approves it
    lead.get_by_role("link", name="Read it once more and approve it").click()
    lead.get_by_role("button", name="Approve this report").click()
    work(lead)
    expect(lead.get_by_text("Jo Lane approved this report on")).to_be_visible()
    kept = BoardReport.objects.get()
    assert (kept.since, kept.until) == (date(2024, 3, 1), date(2025, 5, 1))

    # When the author takes the permission back, by the link that they kept
    service.goto(urlsplit(withdrawal).path)
    expect(service.get_by_text("reports that are already published keep them")).to_be_visible()
    service.get_by_role("radio", name="No", exact=True).check()
    service.get_by_role("button", name="Save").click()
    expect(service.get_by_text("We have changed how we may quote you.")).to_be_visible()

    # Then the words are a quote no more, and the report of the board stays as it was
    assert not quotes().exists()
    observer = browser_as(UserFactory(roles=["observer"]), width=PHONE)
    observer.goto("/figures/reports/")
    observer.get_by_role("link", name="Board report", exact=False).first.click()
    expect(observer.get_by_text("17 of 21 (81.0%)").first).to_be_visible()
    expect(observer.get_by_text("15 of 36 (41.7%)").first).to_be_visible()
    expect(observer.get_by_text("not shown", exact=True).first).to_be_visible()
    expect(observer.get_by_text(CITED)).to_be_visible()
    assert fits(observer)
    with observer.expect_download() as taken:
        observer.get_by_role("button", name="Download the PDF").click()
    document = Path(taken.value.path()).read_bytes()
    assert document == bytes(kept.document)
    text = " ".join(each.extract_text() for each in PdfReader(io.BytesIO(document)).pages)
    for said in ("17 of 21 (81.0%)", "15 of 36 (41.7%)", "not shown", SAID):
        assert said in " ".join(text.split())

    # And nowhere can they reach a comment
    for address in ("/feedback/", "/feedback/comments/", "/feedback/quotes/"):
        answer = observer.goto(address)
        assert answer
        assert answer.status == 404
