"""A calendar subscribes to a secret address and follows what becomes of each visit."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from icalendar import Calendar, Event

from audit import models as audit
from reviews.feeds.addresses import address_of, find, secret_of
from reviews.feeds.operations import make_address, stop_address
from reviews.models import Feed, TeamMember
from reviews.operations import answer, cancel, postpone, remove_staff
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.nets.canaries import CANARIES

pytestmark = pytest.mark.django_db
DAY = TODAY + timedelta(days=28)
Response = TeamMember.Response


@pytest.fixture(autouse=True)
def _on_the_day(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def by(trust: Any) -> Any:
    return make.UserFactory(roles=["coordinator"])


@pytest.fixture
def lxr() -> Any:
    return make.ReadyReviewerFactory(first_visit_anywhere=True)


@pytest.fixture
def feed(lxr: Any) -> Feed:
    return make_address(user=lxr.user, now=NOW)


def accepted(lxr: Any, **review: Any) -> TeamMember:
    made: TeamMember = make.LXROnTeamFactory(
        review=make.ReviewFactory(**{"visit_on": DAY} | review), reviewer=lxr, response="accepted"
    )
    return made


def fetch(client: Any, feed: Feed) -> list[Event]:
    """The events, as a calendar reads them."""
    response = client.get(reverse("calendar", args=[secret_of(feed)]))
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def state(event: Event) -> tuple[str, Any]:
    return str(event["status"]), event.decoded("dtstart")


def test_a_visit_that_moves_is_the_same_event_later(
    client: Any, by: Any, lxr: Any, feed: Feed
) -> None:
    member = accepted(lxr)
    before = fetch(client, feed)[0]
    assert state(before) == ("CONFIRMED", datetime(2026, 7, 8, 8, 30, tzinfo=UTC))

    postpone(
        review=member.review, to_day=DAY + timedelta(days=7), starts_at=member.review.starts_at,
        ends_at=member.review.ends_at, by=by, now=NOW,
    )  # fmt: skip
    asked_again = fetch(client, feed)[0]
    assert state(asked_again) == ("TENTATIVE", datetime(2026, 7, 15, 8, 30, tzinfo=UTC))
    member.refresh_from_db()
    answer(member=member, answer=Response.ACCEPTED, how=TeamMember.How.PHONE, by=by, now=NOW)

    after = fetch(client, feed)[0]
    assert state(after) == ("CONFIRMED", datetime(2026, 7, 15, 8, 30, tzinfo=UTC))
    assert after["uid"] == before["uid"]
    assert before["sequence"] < asked_again["sequence"] < after["sequence"]


def test_a_visit_that_is_called_off_or_given_up_goes_from_the_calendar(
    client: Any, by: Any, lxr: Any, feed: Feed
) -> None:
    off, given_up = accepted(lxr), accepted(lxr, visit_on=DAY + timedelta(days=1))
    before = {event["uid"]: event["sequence"] for event in fetch(client, feed)}
    cancel(review=off.review, by=by, now=NOW)
    answer(
        member=given_up, answer=Response.WITHDRAWN, how=TeamMember.How.ONLINE,
        by=lxr.user, now=NOW,
    )  # fmt: skip
    after = fetch(client, feed)
    assert [str(event["status"]) for event in after] == ["CANCELLED", "CANCELLED"]
    assert all(event["sequence"] > before[event["uid"]] for event in after)


def test_only_ones_own_visits_of_late_and_to_come(client: Any, lxr: Any, feed: Feed) -> None:
    mine = [
        make.LXROnTeamFactory(
            review=make.ReviewFactory(visit_on=DAY + timedelta(days=n)),
            reviewer=lxr,
            response=response,
        )
        for n, response in enumerate(Response.values)
    ]
    accepted(make.ReviewerFactory())
    accepted(lxr, visit_on=TODAY - timedelta(days=91), status="completed")
    assert [(str(event["uid"]), str(event["status"])) for event in fetch(client, feed)] == [
        (f"visit-{each.review_id}-{each.pk}@lxr-portal", status)
        for each, status in zip(mine, ["TENTATIVE", "CONFIRMED", *["CANCELLED"] * 3], strict=True)
    ]


def test_staff_have_the_visits_they_are_on(client: Any, by: Any) -> None:
    staff = make.StaffFactory(user=by)
    make.StaffOnTeamFactory(review=make.ReviewFactory(visit_on=DAY), staff=staff, role="lead")
    make.StaffOnTeamFactory(review=make.ReviewFactory(visit_on=DAY), role="lead")
    assert len(fetch(client, make_address(user=by, now=NOW))) == 1


def test_a_visit_that_staff_are_taken_off_goes_from_their_calendar(client: Any, by: Any) -> None:
    member = make.StaffOnTeamFactory(
        review=make.ReviewFactory(visit_on=DAY), staff=make.StaffFactory(user=by), role="staff"
    )
    feed = make_address(user=by, now=NOW)
    before = fetch(client, feed)[0]
    remove_staff(member=member, by=by, now=NOW)
    (after,) = fetch(client, feed)
    assert (str(before["status"]), str(after["status"])) == ("CONFIRMED", "CANCELLED")
    assert before["uid"] == after["uid"]
    assert before["sequence"] < after["sequence"]


@pytest.mark.parametrize(
    ("day", "starts"),
    [
        (date(2027, 3, 27), datetime(2027, 3, 27, 9, 30, tzinfo=UTC)),
        (date(2027, 3, 28), datetime(2027, 3, 28, 8, 30, tzinfo=UTC)),  # clocks go forward
        (date(2026, 10, 24), datetime(2026, 10, 24, 8, 30, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 9, 30, tzinfo=UTC)),  # clocks go back
    ],
)
def test_right_across_clock_changes(
    client: Any, lxr: Any, feed: Feed, trust: Any, day: date, starts: datetime
) -> None:
    accepted(lxr, visit_on=day)
    assert fetch(client, feed)[0].decoded("dtstart") == starts


def test_it_says_neither_where_nor_who(client: Any, lxr: Any, feed: Feed, trust: Any) -> None:
    service = make.ServiceFactory(name=CANARIES["exclusion"], site__name="Northgate")
    member = accepted(lxr, service=service, meet_at="Gate 3")
    make.StaffOnTeamFactory(review=member.review, staff__name="Kim Shaw", role="lead")
    body = client.get(reverse("calendar", args=[secret_of(feed)])).content.decode()
    for word in (CANARIES["exclusion"], "Northgate", "Gate 3", "Kim", lxr.first_name):
        assert word not in body
    assert "Visit with the quality team" in body


class TestAddress:
    def test_another_address_ends_the_one_before(self, client: Any, feed: Feed, trust: Any) -> None:
        old = secret_of(feed)
        new = make_address(user=feed.user, now=NOW)
        assert Feed.objects.count() == 1
        assert client.get(reverse("calendar", args=[old])).status_code == 404
        assert fetch(client, new) == []

    def test_stopped_unknown_and_mistyped_are_not_found(
        self, client: Any, feed: Feed, trust: Any
    ) -> None:
        secret = secret_of(feed)
        stop_address(user=feed.user, now=NOW)
        for each in (secret, f"{feed.pk}-", f"{feed.pk}-x", "x", f"{10**30}-x", "1-é", "-"):
            assert client.get(reverse("calendar", args=[each])).status_code == 404

    def test_who_left_has_no_calendar_any_more(
        self, client: Any, by: Any, lxr: Any, feed: Feed
    ) -> None:
        accepted(lxr)
        feed.user.is_active = False
        feed.user.save()
        assert find(secret_of(feed)) is None

    def test_its_page_makes_shows_and_stops_it(self, client: Any, lxr: Any, trust: Any) -> None:
        client.force_login(lxr.user)
        page = reverse("own-reviews:feed")
        assert "Make my calendar address" in client.get(page).content.decode()
        shown = client.post(page, {"to": "make"}, follow=True)
        assert "Here is your calendar address." in shown.content.decode()
        address = address_of(Feed.objects.get())
        assert shown.context["address"] == address
        assert shown.context["subscribe"] == f"webcal://{address.partition('://')[2]}"
        assert "no-store" in shown["Cache-Control"]
        client.post(page, {"to": "stop"})
        assert not Feed.objects.exists()
        events = audit.Event.objects.order_by("pk").values_list("action", flat=True)
        assert list(events) == ["made a calendar address", "stopped a calendar address"]

    def test_stopping_nothing_leaves_no_trace(self, lxr: Any) -> None:
        stop_address(user=lxr.user, now=NOW)
        assert not audit.Event.objects.exists()
