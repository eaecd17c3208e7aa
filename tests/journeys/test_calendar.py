"""A calendar that was subscribed on a phone follows a visit that moves, across a clock change."""

from datetime import date, datetime, timedelta
from urllib.request import urlopen

import pytest
from django.utils import timezone
from icalendar import Calendar, Event
from playwright.sync_api import expect

from tests.factories import LXROnTeamFactory, ReviewerFactory, ReviewFactory, UserFactory
from tests.nets.browser import fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _portal(settings, live_server):
    settings.PUBLIC_URL = live_server.url


def fetched(address: str) -> Event:
    """The one event, as a calendar that fetches the address reads it."""
    with urlopen(address, timeout=10) as answer:  # noqa: S310 - our own server
        (event,) = Calendar.from_ical(answer.read()).walk("VEVENT")
    return event


def local(event: Event) -> datetime:
    """When it starts, as the phone shows it."""
    return timezone.localtime(event.decoded("dtstart"))


def before_the_clocks_change() -> date:
    """The next Wednesday, a month from now or later, before the last Sunday of March or October."""
    day = timezone.localdate() + timedelta(days=30)
    while not (day.weekday() == 6 and day.month in {3, 10} and day.day > 24):
        day += timedelta(days=1)
    return day - timedelta(days=4)


def test_a_subscribed_calendar_follows_a_postponement(browser_as, width, trust):
    # Given somebody who goes on a visit in the last week before the clocks change
    day = before_the_clocks_change()
    review = ReviewFactory(visit_on=day)
    lxr = ReviewerFactory()
    LXROnTeamFactory(review=review, reviewer=lxr, response="accepted")

    # When they make a calendar address on their phone
    phone = browser_as(lxr.user, width=width)
    phone.goto("/me/next/")
    phone.get_by_role("link", name="Have all my visits in my calendar").click()
    phone.get_by_role("button", name="Make my calendar address").click()
    expect(phone.get_by_text("Here is your calendar address.")).to_be_visible()
    assert fits(phone)
    address = phone.locator(".app-address").inner_text()
    before = fetched(address)
    starts = local(before)
    assert starts.date() == day

    # And a coordinator moves the visit by a week
    page = browser_as(UserFactory(roles=["coordinator"]), width=width)
    page.goto(f"/reviews/{review.pk}/postpone/")
    later = day + timedelta(days=7)
    boxes = page.get_by_role("group", name="New visit date")
    for label, number in (("Day", later.day), ("Month", later.month), ("Year", later.year)):
        boxes.get_by_label(label, exact=True).fill(str(number))
    page.get_by_role("button", name="Move the visit and tell everyone").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(review.service.name)

    # Then the calendar has the same visit on the new day
    after = fetched(address)
    assert after["uid"] == before["uid"]
    assert local(after).date() == later
    assert after["sequence"] > before["sequence"]
    # At the same time by the clock on the wall, which is another one by the sun
    assert local(after).time() == starts.time() == review.starts_at
    assert local(after).utcoffset() != starts.utcoffset()
    # And nothing once the address is stopped
    phone.get_by_role("button", name="Stop this address").click()
    expect(phone.get_by_text("Your calendar address is stopped.")).to_be_visible()
    with pytest.raises(OSError, match="404"):
        fetched(address)
