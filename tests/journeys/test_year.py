"""A coordinator plans a quarter from the services that are due, and moves a visit."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Page, expect

from tests.factories import NOW, LXROnTeamFactory, ReviewFactory, ServiceFactory, UserFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("trust"),
]
Opens = Callable[..., Page]


@pytest.fixture(autouse=True)
def _that_day() -> Any:
    with time_machine.travel(NOW):
        yield


def test_a_quarter_is_planned_from_the_services_due(browser_as: Opens, width: int) -> None:
    # Given one service that was never visited, and one that was lately
    ServiceFactory(name="Willow Ward")
    ReviewFactory(
        reference="IL-041",
        service__name="Larch Ward",
        status="completed",
        visit_on=date(2026, 6, 1),
    )
    page = browser_as(UserFactory(roles=["coordinator"]), width=width)

    # When a coordinator looks which are due
    page.goto("/reviews/")
    page.get_by_role("link", name="Plan a quarter").click()
    expect(page.get_by_role("checkbox", name="Larch Ward")).to_have_count(0)
    page.get_by_role("checkbox", name="Willow Ward").check()
    page.get_by_role("button", name="Propose days").click()

    # And chooses a day at the weekend
    page.get_by_role("textbox", name="Day").fill("27")
    page.get_by_role("textbox", name="Month").fill("6")
    page.get_by_role("button", name="Plan these reviews").click()

    # Then the page warns, and plans it once it is meant
    expect(page.get_by_role("alert")).to_contain_text("Saturday 27 June 2026 is at the weekend")
    page.get_by_role("checkbox", name="Plan them on these days all the same").check()
    page.get_by_role("button", name="Plan these reviews").click()
    expect(page.get_by_role("main")).to_contain_text("1 review is planned. Now ask people to come.")
    expect(page.get_by_role("main")).to_contain_text("IL-042")


def test_a_visit_is_moved_in_the_calendar_by_keyboard(browser_as: Opens, width: int) -> None:
    # Given a visit that somebody said yes to
    review = ReviewFactory(service__name="Larch Ward", visit_on=date(2026, 7, 8))
    LXROnTeamFactory(review=review, response="accepted")
    page = browser_as(UserFactory(roles=["coordinator"]), width=width)

    # When a coordinator picks it up in the calendar, and puts it on the next day
    page.goto(f"/reviews/month/2026-07/?move={review.pk}")
    expect(page.get_by_role("main")).to_contain_text("Choose a new day for Larch Ward")
    here = page.get_by_role("link", name=re.compile("Move here ?: Thursday 9 July 2026"))
    here.focus()
    page.keyboard.press("Enter")

    # Then they see who is told before it moves
    expect(page.get_by_role("heading", level=1)).to_contain_text("Move the visit to another day")
    page.get_by_role("button", name="Move the visit and tell everyone").click()
    expect(page.get_by_role("main")).to_contain_text("The visit is now on Thursday 9 July 2026.")


def test_a_visit_is_dragged_to_another_day(browser_as: Opens) -> None:
    review = ReviewFactory(service__name="Larch Ward", visit_on=date(2026, 7, 8))
    page = browser_as(UserFactory(roles=["coordinator"]))
    page.goto("/reviews/month/2026-07/")

    page.locator(f"[data-move='/reviews/{review.pk}/postpone/']").drag_to(
        page.locator("[data-day='2026-07-15']")
    )

    expect(page.get_by_role("heading", level=1)).to_contain_text("Move the visit to another day")
    expect(page.get_by_role("textbox", name="Day")).to_have_value("15")
