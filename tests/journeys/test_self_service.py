"""An LXR on a phone tells the programme about herself; a coordinator does it for her by phone."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from audit.models import Event
from organisation.models import TrustSettings
from reviewers.models import Experience, Reviewer
from reviews.eligibility import Visit
from reviews.queries import candidates_for
from tests.factories import (
    DirectorateFactory,
    ReadyReviewerFactory,
    ReviewFactory,
    ServiceFactory,
    UserFactory,
)
from tests.nets.browser import DESKTOP

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Telling:
    """Ada's pages: her own, or those on which a coordinator records what she says."""

    def __init__(self, page: Page, person: Reviewer, *, for_them: bool) -> None:
        self.page = page
        self.person = person
        self.for_them = for_them
        self.start = f"/people/{person.pk}/" if for_them else "/me/"

    def open(self, part: str) -> None:
        self.page.goto(f"{self.start}{part}/")

    def send(self, button: str, said: str, *, asks_how: bool = True) -> None:
        """Press the button; a coordinator says that Ada was on the phone."""
        if self.for_them and asks_how:
            self.page.get_by_label("By phone").check()
        self.page.get_by_role("button", name=button, exact=True).click()
        expect(self.page.get_by_text(said)).to_be_visible()

    def reload(self) -> Reviewer:
        self.person.refresh_from_db()
        return self.person


@pytest.fixture
def ada() -> Reviewer:
    """Ready for any visit. An import said that she knows community services."""
    TrustSettings.objects.get_or_create(pk=1)
    person: Reviewer = ReadyReviewerFactory(
        first_name="Ada", last_name="Okoro", first_visit_anywhere=True
    )
    Experience.objects.create(
        reviewer=person, directorate=DirectorateFactory(name="Community Services")
    )
    return person


@pytest.fixture
def telling(browser_as: Any, width: int, ada: Reviewer) -> Telling:
    """Whoever tells: Ada herself on her phone, or a coordinator at a desk, on the line with her."""
    for_them = width == DESKTOP
    user = UserFactory(name="Kit Moss", roles=["coordinator"]) if for_them else ada.user
    return Telling(browser_as(user, width=width), ada, for_them=for_them)


def is_proposed(review: Any, person: Reviewer) -> bool:
    """Whether the planners' page proposes this person as ready."""
    visit = Visit(review, TrustSettings.objects.get())
    return person.pk in [each.reviewer.pk for each in candidates_for(visit).ready]


def test_details_emergency_and_needs(telling: Telling) -> None:
    page = telling.page

    # Given Ada, when she changes how we reach her
    telling.open("details")
    page.get_by_label("Phone number").fill("07700 900123")
    page.get_by_label("Phone call").check()
    telling.send("Save", "The details are saved.")

    # And says whom to ring in an emergency
    telling.open("emergency")
    page.get_by_label("Their name").fill("Sam Okoro")
    page.get_by_label("Their phone number").fill("020 7946 0002")
    telling.send("Save", "The emergency contact is saved.")

    # And says what she needs, and that only one of it may be told
    telling.open("needs")
    page.get_by_label("Large print").check()
    page.get_by_label("Breaks").check()
    page.get_by_label(re.compile("own words")).fill("A quiet room")
    telling.send("Save", "The needs are saved.")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Who may know")
    page.get_by_label("Breaks").check()
    telling.send("Save", "Your answer is saved.")

    # Then all of it is kept as she said
    person = telling.reload()
    assert (person.phone, person.preferred_contact) == ("07700 900123", "phone")
    assert (person.emergency_name, person.emergency_phone) == ("Sam Okoro", "020 7946 0002")
    assert person.access_needs == "A quiet room"
    assert dict(person.needs.values_list("kind", "is_shared")) == {
        "large print": False,
        "breaks": True,
        "other": False,
    }

    # And she reads what changed, and who did it
    telling.open("changes")
    expect(page.get_by_text("Emergency contact", exact=True)).to_be_visible()
    by = "by Kit Moss: they told us by phone" if telling.for_them else "by you"
    expect(page.get_by_text(by).first).to_be_visible()
    told = Event.objects.filter(person_id=person.pk).values_list("why", flat=True)
    assert set(told) == {"phone" if telling.for_them else ""}


def test_experience_is_agreed_to_added_and_withdrawn(telling: Telling) -> None:
    page, person = telling.page, telling.person
    DirectorateFactory(name="Older People")

    # Given what an import told us of Ada, when she says that we may keep it
    telling.open("experience")
    expect(page.get_by_text("We were told this before")).to_be_visible()
    agrees = "Yes, they agreed by phone" if telling.for_them else "Yes, keep it"
    page.get_by_role("button", name=agrees).click()
    expect(page.get_by_text("The answer is saved. We keep it.")).to_be_visible()
    how = "phone" if telling.for_them else "online"
    assert person.experiences.get().consent_how == how

    # And adds another kind of service, with her consent
    page.get_by_label("Older People").check()
    page.get_by_label(re.compile("cared for someone who")).check()
    page.get_by_label(re.compile("agree that")).check()
    telling.send("Add", "The experience is added.")
    added = person.experiences.get(directorate__name="Older People")
    assert (added.kind, added.consent_how) == ("carer", how)
    assert telling.reload().experience == "carer"

    # Then planners find her among those who know such services
    review = ReviewFactory(
        visit_on=localdate() + timedelta(days=20),
        service=ServiceFactory(directorate=added.directorate),
    )
    visit = Visit(review, TrustSettings.objects.get())
    assert [each.knows for each in candidates_for(visit).ready] == [True]

    # When she takes it back
    page.get_by_role("button", name="Remove Older People").click()

    # Then it is gone at once
    expect(page.get_by_text("It is removed. We no longer keep it.")).to_be_visible()
    assert not person.experiences.filter(pk=added.pk).exists()
    assert [each.knows for each in candidates_for(visit).ready] == [False]


def test_eligibility_obeys_at_once(telling: Telling) -> None:
    page, person = telling.page, telling.person
    directorate = DirectorateFactory(name="Older People")
    review = ReviewFactory(
        visit_on=localdate() + timedelta(days=20),
        service=ServiceFactory(name="Memory Clinic", directorate=directorate),
    )

    # Given a visit for which Ada is proposed, when she would rather not go there
    assert is_proposed(review, person)
    telling.open("places")
    page.get_by_role("link", name="Choose Older People").click()
    page.get_by_label("Memory Clinic").check()
    telling.send("Save", "The places are saved.")

    # Then she is not asked, until she takes it back
    assert not is_proposed(review, person)
    page.get_by_role("link", name="Choose Older People").click()
    page.get_by_label("Memory Clinic").uncheck()
    telling.send("Save", "The places are saved.")
    assert is_proposed(review, person)

    # When that weekday does not suit her, then she is not asked
    telling.open("availability")
    weekday = f"{review.visit_on:%A}"
    page.get_by_label(weekday).uncheck()
    page.get_by_label("The most visits in a month").fill("1")
    telling.send("Save", "The days are saved.")
    assert telling.reload().visits_a_month == 1
    assert not is_proposed(review, person)
    telling.open("availability")
    page.get_by_label(weekday).check()
    telling.send("Save", "The days are saved.")
    assert is_proposed(review, person)

    # When she is away on that day, typed without a calendar, then she is not asked
    telling.open("away")
    boxes = page.get_by_role("group", name=re.compile("First day away"))
    boxes.get_by_label("Day").fill(str(review.visit_on.day))
    boxes.get_by_label("Month").fill(str(review.visit_on.month))
    boxes.get_by_label("Year").fill(str(review.visit_on.year))
    telling.send("Add these days", "The days away are saved.")
    assert not is_proposed(review, person)
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("Those days are removed.")).to_be_visible()
    assert is_proposed(review, person)

    # When she pauses, then she is not asked
    telling.open("pause")
    button, said = (
        ("Save", "The pause is saved.")
        if telling.for_them
        else ("Pause for now", "You are on a pause. We will not ask you to visits.")
    )
    telling.send(button, said)
    assert not is_proposed(review, person)
