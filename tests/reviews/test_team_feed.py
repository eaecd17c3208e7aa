"""The calendar of every visit: off until an administrator switches it on, and without names."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from icalendar import Calendar, Event

from audit import models as audit
from reviews.feeds.addresses import address_of, secret_of
from reviews.feeds.operations import switch_team_calendar_off, switch_team_calendar_on
from reviews.models import TeamFeed
from reviews.operations import cancel, postpone
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.nets.canaries import CANARIES

pytestmark = pytest.mark.django_db
DAY = TODAY + timedelta(days=28)


@pytest.fixture(autouse=True)
def _on_the_day(time_machine: Any, trust: Any) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def by() -> Any:
    return make.UserFactory(roles=["coordinator"])


@pytest.fixture
def feed(by: Any) -> TeamFeed:
    return switch_team_calendar_on(by=by, now=NOW)


def body_of(client: Any, feed: TeamFeed) -> str:
    response = client.get(reverse("calendar", args=[secret_of(feed)]))
    assert response.status_code == 200
    words: str = response.content.decode().replace("\r\n ", "")
    return words


def fetch(client: Any, feed: TeamFeed) -> list[Event]:
    return list(Calendar.from_ical(body_of(client, feed)).walk("VEVENT"))


def test_it_has_every_visit_of_late_and_to_come(client: Any, feed: TeamFeed) -> None:
    planned = make.ReviewFactory(visit_on=DAY)
    confirmed = make.ReviewFactory(visit_on=DAY, status="confirmed")
    over = make.ReviewFactory(visit_on=TODAY - timedelta(days=90), status="reported")
    make.ReviewFactory(visit_on=TODAY - timedelta(days=91), status="completed")
    assert [(str(each["uid"]), str(each["status"])) for each in fetch(client, feed)] == [
        (f"visit-{over.pk}-team@lxr-portal", "CONFIRMED"),
        (f"visit-{planned.pk}-team@lxr-portal", "TENTATIVE"),
        (f"visit-{confirmed.pk}-team@lxr-portal", "CONFIRMED"),
    ]


def test_it_names_the_review_and_neither_the_service_nor_anybody(
    client: Any, feed: TeamFeed
) -> None:
    service = make.ServiceFactory(name=CANARIES["exclusion"], site__name="Northgate")
    review = make.ReviewFactory(visit_on=DAY, service=service, meet_at="Gate 3", reference="R-014")
    member = make.LXROnTeamFactory(review=review, response="accepted")
    make.StaffOnTeamFactory(review=review, staff__name="Kim Shaw", role="lead")
    body = body_of(client, feed)
    for word in (
        CANARIES["exclusion"], "Northgate", "Gate 3", "Kim", member.reviewer.first_name,
        member.reviewer.last_name,
    ):  # fmt: skip
        assert word not in body
    (event,) = fetch(client, feed)
    assert event["summary"] == "Visit with the quality team"
    assert event["description"] == f"R-014: http://testserver/reviews/{review.pk}/"


def test_a_visit_that_moves_and_is_called_off_is_the_same_event_later(
    client: Any, by: Any, feed: TeamFeed
) -> None:
    review = make.ReviewFactory(visit_on=DAY)
    (before,) = fetch(client, feed)
    postpone(
        review=review, to_day=DAY + timedelta(days=7), starts_at=review.starts_at,
        ends_at=review.ends_at, by=by, now=NOW,
    )  # fmt: skip
    (moved,) = fetch(client, feed)
    cancel(review=review, by=by, now=NOW)
    (off,) = fetch(client, feed)
    assert moved.decoded("dtstart") == datetime(2026, 7, 15, 8, 30, tzinfo=UTC)
    assert str(off["status"]) == "CANCELLED"
    assert before["uid"] == moved["uid"] == off["uid"]
    assert before["sequence"] < moved["sequence"] < off["sequence"]


def test_it_costs_the_same_for_any_number_of_visits(
    client: Any, feed: TeamFeed, django_assert_num_queries: Any
) -> None:
    make.ReviewFactory.create_batch(5, visit_on=DAY)
    with django_assert_num_queries(4):
        body_of(client, feed)


def test_another_address_ends_the_one_before_and_switching_off_ends_it(
    client: Any, by: Any, feed: TeamFeed
) -> None:
    old = secret_of(feed)
    new = secret_of(switch_team_calendar_on(by=by, now=NOW))
    assert client.get(reverse("calendar", args=[new])).status_code == 200
    switch_team_calendar_off(by=by, now=NOW)
    switch_team_calendar_off(by=by, now=NOW)
    for secret in (old, new, "team-", "team"):
        assert client.get(reverse("calendar", args=[secret])).status_code == 404
    events = audit.Event.objects.order_by("pk").values_list("action", flat=True)
    assert list(events) == [
        "switched the team's calendar on",
        "switched the team's calendar on",
        "switched the team's calendar off",
    ]


def test_an_administrator_switches_it_and_those_who_plan_have_the_address(client: Any) -> None:
    settings, planning = reverse("reviews:team-feed"), reverse("reviews:feed")
    coordinator, lead = (make.UserFactory(roles=[role]) for role in ("coordinator", "visit_lead"))
    client.force_login(coordinator)
    assert "An administrator can switch on a calendar" in client.get(planning).content.decode()

    client.force_login(make.UserFactory(roles=["administrator"]))
    assert not TeamFeed.objects.exists()
    page = client.post(settings, {"to": "on"}, follow=True).content.decode()
    address = address_of(TeamFeed.objects.get())
    assert "calendar is on, with a new address." in page
    assert address not in page

    client.force_login(coordinator)
    assert address in client.get(planning).content.decode()
    client.force_login(lead)
    assert address not in client.get(planning).content.decode()
