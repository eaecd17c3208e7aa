"""Places on a phone: book, wait, be let in, be ticked off with a patchy connection."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.factories import PlaceFactory, ReviewerFactory, SessionFactory, UserFactory
from tests.nets.browser import PHONE
from training.models import Place, Session

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def open_page(browser_as, person, width):
    page = browser_as(person.user, width=width)
    page.goto("/me/training/")
    return page


def test_book_wait_be_let_in_attend_and_certify(browser_as, width, trust):
    # Given a workshop with one place, open for booking
    today = timezone.localdate()
    session = SessionFactory(held_on=today + timedelta(days=9), booking_opens_on=today, capacity=1)
    ada, ben = (ReviewerFactory(first_name=name, stage="training") for name in ("Ada", "Ben"))

    # When Ada books it and Ben joins the waiting list
    hers = open_page(browser_as, ada, width)
    hers.get_by_role("button", name="Book a place").click()
    expect(hers.get_by_text("You have a place.").first).to_be_visible()
    his = open_page(browser_as, ben, width)
    his.get_by_role("button", name="Join the waiting list").click()
    expect(his.get_by_text("You are on the waiting list").first).to_be_visible()

    # And Ada can't come after all
    hers.get_by_role("button", name="I can’t come to this").click()
    expect(hers.get_by_text("Your place is given up.")).to_be_visible()

    # Then Ben has the place
    his.goto("/me/training/")
    expect(his.get_by_text("You have a place.")).to_be_visible()
    assert {each.reviewer: each.outcome for each in session.places.all()} == {
        ada: "cancelled",
        ben: "booked",
    }

    # And once the day has come and he is ticked off, he has his certificate on his phone
    Session.objects.update(held_on=today)
    leads = browser_as(UserFactory(roles=["coordinator"]), width=width)
    leads.goto(f"/training/{session.pk}/attendance/")
    leads.get_by_role("group", name=str(ben)).get_by_role("radio", name="Came", exact=True).check()
    leads.get_by_role("button", name="Save who came").click()
    expect(leads.get_by_text("Saved. Attendance changed for 1 person.")).to_be_visible()
    his.goto("/me/training/")
    with his.expect_download() as download:
        his.get_by_role("link", name="My certificate (PDF)").click()
    assert download.value.suggested_filename == "certificate.pdf"
    certificate = PdfReader(download.value.path()).pages[0].extract_text()
    assert str(ben) in certificate


def test_an_invitation_is_answered_by_the_person_and_for_them(browser_as, width, trust):
    # Given two people who are ready, and a session
    session = SessionFactory(held_on=timezone.localdate() + timedelta(days=20))
    ada, ben = (ReviewerFactory(first_name=name, stage="training") for name in ("Ada", "Ben"))
    page = browser_as(UserFactory(roles=["coordinator"]), width=width)

    # When a coordinator invites both at once
    page.goto(f"/training/{session.pk}/")
    page.get_by_role("button", name="Invite people").click()
    for person in (ada, ben):
        page.get_by_label(str(person)).check()
    page.get_by_role("button", name="Invite them").click()
    expect(page.get_by_text("2 people are invited.")).to_be_visible()

    # And Ada answers on her page, Ben on the phone
    hers = open_page(browser_as, ada, width)
    hers.get_by_role("button", name="I can come").click()
    expect(hers.get_by_text("You have a place.").first).to_be_visible()
    page.goto(f"/training/{session.pk}/")
    page.get_by_role("link", name=f"Record an answer of {ben}").click()
    page.get_by_role("radio", name="They can’t come").check()
    page.get_by_role("radio", name="By phone").check()
    page.get_by_role("button", name="Save the answer").click()

    # Then each answer stands with how it came
    expect(page.get_by_text(f"The answer of {ben} is saved.")).to_be_visible()
    places = Place.objects.order_by("reviewer__first_name")
    assert [(each.outcome, each.how) for each in places] == [
        ("booked", "online"),
        ("declined", "phone"),
    ]


def test_ticks_outlive_a_broken_connection(browser_as, trust):
    # Given a facilitator with a phone, on the day
    session = SessionFactory(held_on=timezone.localdate())
    came, missed = PlaceFactory.create_batch(2, session=session)
    page = browser_as(UserFactory(roles=["coordinator"]), width=PHONE)
    address = f"/training/{session.pk}/attendance/"
    page.goto(address)

    def box(place, answer):
        group = page.get_by_role("group", name=str(place.reviewer))
        return group.get_by_role("radio", name=answer, exact=True)

    # When the connection breaks between ticking and saving
    box(came, "Came").check()
    page.context.set_offline(True)
    box(missed, "Did not come").check()
    page.get_by_role("button", name="Save who came").click()
    expect(page.get_by_text("You have no connection.")).to_be_visible()

    # And the page is opened again later
    page.context.set_offline(False)
    page.goto(address)

    # Then the ticks are there, are saved, and are not kept any longer
    expect(page.get_by_text("We kept the answers that did not reach us")).to_be_visible()
    expect(box(came, "Came")).to_be_checked()
    expect(box(missed, "Did not come")).to_be_checked()
    page.get_by_role("button", name="Save who came").click()
    expect(page.get_by_text("Saved. Attendance changed for 2 people.")).to_be_visible()
    assert page.evaluate("window.localStorage.length") == 0
    outcomes = Place.objects.order_by("pk").values_list("outcome", flat=True)
    assert list(outcomes) == ["attended", "did not attend"]


def test_a_session_is_called_off(browser_as, width, trust):
    # Given a session with somebody booked
    place = PlaceFactory(session__held_on=timezone.localdate() + timedelta(days=3))
    page = browser_as(UserFactory(roles=["coordinator"]), width=width)

    # When it is cancelled with a reason
    page.goto(f"/training/{place.session_id}/")
    page.get_by_role("link", name="Cancel this session").click()
    page.get_by_label("Why does it not take place?").fill("The hall is flooded.")
    page.get_by_role("button", name="Cancel this session").click()

    # Then everyone sees that it is off
    expect(page.get_by_text("Everyone with a place is told.")).to_be_visible()
    assert Session.objects.get().is_cancelled
    assert Place.objects.get().outcome == "cancelled"
