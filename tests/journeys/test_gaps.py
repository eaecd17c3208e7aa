"""A gap at a prison is closed from the gap board; a drop-out is replaced by whoever stood by."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from checks.models import SiteClearance
from notifications.models import Message
from tests.factories import (
    LXROnTeamFactory,
    ReadyReviewerFactory,
    ReviewFactory,
    ServiceFactory,
    SiteFactory,
    StaffOnTeamFactory,
    UserFactory,
)
from tests.nets.browser import PHONE, fits
from tests.nets.growing import held

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def been(name: str) -> Any:
    """Somebody ready who has been on a visit."""
    person = ReadyReviewerFactory(first_name=name, last_name="Lane")
    past = ReviewFactory(
        status="completed", visit_on=timezone.localdate() - timedelta(days=90), lxrs_wanted=1
    )
    LXROnTeamFactory(review=past, reviewer=person, response="accepted", attended=True)
    return person


def test_a_gap_at_a_prison_is_closed_by_somebody_who_goes_in_escorted(
    browser_as: Any, width: int, trust: Any
) -> None:
    # Given a prison that lets people in who are escorted, and two people, of whom it knows one
    today = timezone.localdate()
    prison = SiteFactory(name="Northgate", asks="vetting", takes_escorted=True, notice_days=14)
    review = ReviewFactory(
        visit_on=today + timedelta(days=30),
        service=ServiceFactory(name="Northgate Healthcare", setting="prison", site=prison),
        lxrs_wanted=1,
    )
    StaffOnTeamFactory(review=review)
    been("Cal")
    ada = been("Ada")
    SiteClearance.objects.create(
        reviewer=ada, site=prison, rung=SiteClearance.Rung.ESCORTED, decided_on=today
    )

    # When a coordinator looks where nobody has said yes
    page = browser_as(UserFactory(roles=["coordinator"]), width=width)
    page.goto("/reviews/")
    page.get_by_role("link", name="gap board").click()

    # Then the visit says what the site asks and how many could go
    row = page.get_by_role("row").filter(has_text="Northgate Healthcare")
    expect(row).to_contain_text("Asks: prison vetting. Takes escorted visits.")
    expect(row).to_contain_text("14 days before")
    assert fits(page)

    # And one press asks the one who may go in
    row.get_by_role("button", name="Ask the next person").click()
    expect(
        page.get_by_text("Ada Lane has been asked to come to Northgate Healthcare.")
    ).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="1 can still answer")).to_be_visible()

    # When Ada says yes, the gap is closed and she is on the gate list
    own = browser_as(ada.user, width=PHONE)
    own.goto("/me/next/")
    own.get_by_role("button", name="I can come").click()
    expect(own.get_by_text("You have said: I can come.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Every visit of the next 120 days has")).to_be_visible()
    page.goto(f"/reviews/{review.pk}/gate-list/")
    expect(page.get_by_role("row").filter(has_text="Ada Lane")).to_be_visible()


def test_a_drop_out_two_days_before_is_replaced_by_the_reserve(browser_as: Any, trust: Any) -> None:
    # Given a visit in two days to which Ada comes, and Bo stands by
    review = ReviewFactory(
        visit_on=timezone.localdate() + timedelta(days=2), service__name="Larch Ward", lxrs_wanted=1
    )
    ada, bo = been("Ada"), been("Bo")
    for person, role in ((ada, "lxr"), (bo, "reserve")):
        LXROnTeamFactory(
            review=review, reviewer=person, role=role, response="accepted", **held(review)
        )

    # When Ada says on her phone that she can no longer come
    page = browser_as(ada.user, width=PHONE)
    page.goto("/me/next/")
    page.get_by_role("button", name="I can no longer come").click()
    expect(page.get_by_text("Thank you for telling us.")).to_be_visible()

    # Then Bo is asked by the portal, and the coordinators are told
    told = Message.objects.filter(kind__in=["visit-reserve-called", "visit-dropped-out"])
    assert told.count() == 2
    coordinator = browser_as(UserFactory(roles=["coordinator"]))
    coordinator.goto("/")
    home = coordinator.locator(".app-work__kind").filter(has_text="can no longer come")
    expect(home).to_contain_text("in 2 days. 1 asked, no answer yet")

    # And when Bo says yes on a phone, the visit has somebody again
    page = browser_as(bo.user, width=PHONE)
    page.goto("/me/next/")
    expect(page.get_by_role("heading", name="Can you come after all?")).to_be_visible()
    page.get_by_role("button", name="I can come").click()
    expect(page.get_by_text("You have said: I can come.")).to_be_visible()
    home.get_by_role("link", name="Larch Ward").click()
    bos = coordinator.get_by_role("row").filter(has_text="Bo Lane")
    expect(bos).to_contain_text("Can come")
    expect(bos).to_contain_text("was a reserve")
    coordinator.goto("/")
    expect(home).to_have_count(0)
