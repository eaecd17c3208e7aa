"""Planning a quarter from the services that are due, and the calendar of a month."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from organisation.models import Service
from reviews.models import Review
from reviews.references import following
from tests.factories import (
    NOW,
    TODAY,
    BlockFactory,
    ReviewFactory,
    ServiceFactory,
    StaffFactory,
    StaffOnTeamFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
Q3 = "2026-q3"


@pytest.fixture(autouse=True)
def _that_day():
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def client(client_as, trust):
    return client_as("coordinator")


def text(response):
    return " ".join(response.content.decode().split())


def due(client, **params):
    page = client.get(reverse("reviews:due"), params)
    return [each.name for each in page.context["services"]]


def proposed(client, services):
    data = {"quarter": Q3, "service": [each.pk for each in services]}
    return client.get(reverse("reviews:due-days"), data)


def plan(client, services, **sends):
    data = {"quarter": Q3, "service": [each.pk for each in services], **sends}
    return client.post(reverse("reviews:due-days"), data, follow=True)


def on(service, day):
    return {f"day_{service.pk}": day.isoformat()}


class TestDue:
    def test_services_are_due_a_year_after_their_last_visit_never_visited_first(self, client):
        lately = ServiceFactory(name="Lately")
        ReviewFactory(service=lately, status="completed", visit_on=date(2026, 1, 5))
        longer = ServiceFactory(name="Longer ago")
        ReviewFactory(service=longer, status="closed", visit_on=date(2025, 9, 30))
        longest = ServiceFactory(name="Longest ago")
        ReviewFactory(service=longest, status="completed", visit_on=date(2025, 2, 1))
        ReviewFactory(service=longest, status="cancelled", visit_on=date(2026, 3, 1))
        ServiceFactory(name="Never")

        assert due(client, quarter="2026-q2") == ["Never", "Longest ago", "Longer ago"]
        assert due(client, quarter="2026-q1") == ["Never", "Longest ago"]
        assert due(client, quarter="2026-q4") == ["Never", "Longest ago", "Longer ago", "Lately"]

    def test_services_with_a_coming_visit_or_closed_by_then_are_not(self, client):
        ReviewFactory(service__name="Planned", visit_on=TODAY + timedelta(days=200))
        ServiceFactory(name="Closing", closed_on=date(2026, 9, 30))
        ServiceFactory(name="Closing later", closed_on=date(2026, 10, 1))

        assert due(client, quarter="2026-q2") == ["Closing later"]

    def test_they_are_narrowed_by_directorate_and_setting(self, client):
        wanted = ServiceFactory(name="Wanted", setting="prison")
        ServiceFactory(name="Same directorate", directorate=wanted.directorate)
        ServiceFactory(name="Same setting", setting="prison")

        assert due(client, quarter=Q3, directorate=wanted.directorate_id, setting="prison") == [
            "Wanted"
        ]

    def test_nonsense_shows_the_quarter_of_today(self, client):
        page = client.get(reverse("reviews:due"), {"quarter": "x", "setting": "moon"})
        assert page.context["quarter"].first <= TODAY <= page.context["quarter"].last

    def test_nothing_due_says_what_to_do(self, client):
        page = client.get(reverse("reviews:due"), {"quarter": Q3})
        assert "Choose a later quarter" in text(page)


class TestPlanning:
    def test_days_are_proposed_then_planned_with_the_next_references(self, client):
        ReviewFactory(reference="IL-099", visit_on=date(2026, 7, 1))
        first, second = ServiceFactory(name="A"), ServiceFactory(name="B")

        page = proposed(client, [first, second])
        days = {
            name: field.initial
            for name, field in page.context["form"].fields.items()
            if name.startswith("day_")
        }
        assert len(days) == 2
        assert all(date(2026, 10, 1) <= day <= date(2026, 12, 31) for day in days.values())
        assert not Review.objects.filter(service=first).exists()

        done = plan(client, [first, second], **{k: v.isoformat() for k, v in days.items()})

        assert "2 reviews are planned. Now ask people to come." in text(done)
        assert list(
            Review.objects.exclude(reference="IL-099")
            .order_by("reference")
            .values_list("reference", "service__name", "status", "lxrs_wanted")
        ) == [("IL-100", "A", "planned", 2), ("IL-101", "B", "planned", 2)]

    def test_what_speaks_against_days_is_said_once_and_a_tick_overrules_it(self, client):
        service = ServiceFactory(name="A")
        BlockFactory(service=service, first_on=date(2026, 10, 5), last_on=date(2026, 10, 9))
        sends = on(service, date(2026, 10, 6))

        warned = plan(client, [service], **sends)
        assert "A cannot be visited from 5 October 2026 to 9 October 2026" in text(warned)
        assert not Review.objects.exists()

        of = warned.context["form"]["despite_of"].value()
        done = plan(client, [service], **sends, despite="on", despite_of=of)
        assert "1 review is planned." in text(done)

    def test_a_tick_for_other_days_does_not_count(self, client):
        service = ServiceFactory()
        sends = on(service, date(2026, 12, 25))

        warned = plan(
            client, [service], **sends, despite="on", despite_of=f"{service.pk}:2026-10-10"
        )

        assert "is a bank holiday" in text(warned)
        assert not Review.objects.exists()

    def test_two_at_one_site_on_one_day_of_the_same_plan_clash(self, client):
        first = ServiceFactory(name="A")
        second = ServiceFactory(name="B", site=first.site)
        day = date(2026, 10, 6)

        warned = plan(client, [first, second], **on(first, day), **on(second, day))

        assert "B, Tuesday 6 October 2026: Another review is at the same site that day: A." in text(
            warned
        )

    def test_one_wrong_day_plans_nothing_and_loses_nothing(self, client):
        first, second = ServiceFactory(name="A"), ServiceFactory(name="B")

        page = plan(
            client, [first, second], plan="yes",
            **on(first, date(2026, 10, 6)), **{f"day_{second.pk}": "soon"},
        )  # fmt: skip

        assert not Review.objects.exists()
        assert page.context["form"][f"day_{first.pk}"].value() == "2026-10-06"
        assert f"day_{second.pk}" in page.context["form"].errors

    def test_a_service_that_was_planned_meanwhile_plans_none(self, client):
        first, second = ServiceFactory(name="A"), ServiceFactory(name="B")
        ReviewFactory(service=first, visit_on=date(2026, 11, 3))

        page = plan(
            client, [first, second], plan="yes",
            **on(first, date(2026, 10, 6)), **on(second, date(2026, 10, 20)),
        )  # fmt: skip

        assert "A has a review to come by now." in text(page)
        assert Review.objects.count() == 1

    def test_a_service_that_closed_plans_none(self, client):
        service = ServiceFactory(name="A", closed_on=date(2026, 10, 1))

        page = plan(client, [service], **on(service, date(2026, 10, 6)))

        assert "A is closed from 1 October 2026." in text(page)
        assert not Review.objects.exists()

    @pytest.mark.parametrize("ids", [[], ["x"], ["9" * 30], ["0"]])
    def test_without_a_tick_it_goes_back_and_says_so(self, client, ids):
        page = client.post(
            reverse("reviews:due-days"), {"quarter": Q3, "service": ids}, follow=True
        )
        assert "Tick the services whose review you want to plan." in text(page)


class TestMonth:
    def test_a_month_shows_its_visits_with_a_table_underneath(self, client):
        review = ReviewFactory(service__name="Larch Ward", visit_on=date(2026, 10, 6))
        ReviewFactory(service__name="Another month", visit_on=date(2026, 11, 6))
        ReviewFactory(service__name="Called off", visit_on=date(2026, 10, 7), status="cancelled")

        page = client.get(reverse("reviews:month-of", args=["2026-10"]))

        assert [each.pk for each in page.context["visits"]] == [review.pk]
        weeks = page.context["weeks"]
        assert (weeks[0][0].on, weeks[-1][-1].on) == (date(2026, 9, 28), date(2026, 11, 1))
        assert [day.on for week in weeks for day in week if day.visits] == [date(2026, 10, 6)]
        assert "Another month" not in text(page)

    def test_bank_holidays_stand_in_it(self, client):
        assert "Christmas Day" in text(client.get(reverse("reviews:month-of", args=["2026-12"])))

    @pytest.mark.parametrize("key", ["2026-13", "2026", "26-01", "2026-1", "x"])
    def test_what_is_no_month_is_not_found(self, client, key):
        assert client.get(reverse("reviews:month-of", args=[key])).status_code == 404

    def test_a_lead_sees_their_own_visits_and_cannot_move_them(self, client_as, trust):
        lead = UserFactory(roles=["visit_lead"])
        own = ReviewFactory(service__name="Own", visit_on=date(2026, 10, 6))
        StaffOnTeamFactory(review=own, staff=StaffFactory(user=lead))
        ReviewFactory(service__name="Other", visit_on=date(2026, 10, 7))

        page = client_as(lead).get(reverse("reviews:month-of", args=["2026-10"]), {"move": own.pk})

        assert [each.pk for each in page.context["visits"]] == [own.pk]
        assert "Move" not in text(page).split("<main")[1]

    def test_a_visit_that_is_picked_up_can_be_put_on_each_coming_day(self, client):
        far = date(2031, 10, 6)
        review = ReviewFactory(service__name="Larch Ward", visit_on=far)

        page = client.get(reverse("reviews:month-of", args=["2031-10"]), {"move": review.pk})

        move = reverse("reviews:postpone", args=[review.pk])
        assert f"{move}?to=2031-10-07" in text(page)
        assert f"{move}?to=2031-10-06" not in text(page)
        chosen = client.get(move, {"to": "2031-10-07"})
        assert chosen.context["form"]["to_day"].value() == date(2031, 10, 7)

    @pytest.mark.parametrize("move", ["0", "x", "9" * 30])
    def test_what_is_no_visit_picks_nothing_up(self, client, move):
        page = client.get(reverse("reviews:month-of", args=["2026-10"]), {"move": move})
        assert page.context["moving"] is None


def test_moving_to_a_day_with_something_against_it_warns(client):
    review = ReviewFactory(visit_on=date(2026, 10, 6))
    sends = {"to_day": "2026-12-25", "starts_at": "", "ends_at": ""}

    warned = client.post(reverse("reviews:postpone", args=[review.pk]), sends)
    assert "is a bank holiday: Christmas Day" in text(warned)

    client.post(
        reverse("reviews:postpone", args=[review.pk]),
        sends | {"despite": "on", "despite_of": f"{review.service_id}:2026-12-25"},
    )
    review.refresh_from_db()
    assert review.visit_on == date(2026, 12, 25)


def test_another_service_warns_as_a_new_review_does(client):
    review = ReviewFactory(visit_on=date(2026, 12, 25))
    other = ServiceFactory(name="Larch Ward")
    ReviewFactory(visit_on=date(2026, 12, 25), service__site=other.site, service__name="Elm")
    BlockFactory(service=other, first_on=date(2026, 12, 24), last_on=date(2026, 12, 26))
    change = reverse("reviews:change", args=[review.pk])
    sends = {
        "reference": review.reference, "service": review.service_id, "starts_at": "",
        "ends_at": "", "staff_wanted": "1", "lxrs_wanted": "2", "bring": "A pen",
    }  # fmt: skip

    assert "The review is changed." in text(client.post(change, sends, follow=True))
    warned = client.post(change, sends | {"service": other.pk})
    for against in (
        "Larch Ward cannot be visited from 24 December 2026 to 26 December 2026",
        "Another review is at the same site that day: Elm",
        "is a bank holiday: Christmas Day",
    ):
        assert against in text(warned)
    review.refresh_from_db()
    assert review.service != other
    of = warned.context["form"]["despite_of"].value()
    client.post(change, sends | {"service": other.pk, "despite": "on", "despite_of": of})
    review.refresh_from_db()
    assert review.service == other


@pytest.mark.parametrize(
    ("newest", "taken", "expected"),
    [
        ("", set(), ["R-001", "R-002"]),
        ("no number", {"R-001"}, ["R-002", "R-003"]),
        ("IL-099", {"IL-099", "IL-101"}, ["IL-100", "IL-102"]),
        ("2026/7", {"2026/7"}, ["2026/8", "2026/9"]),
    ],
)
def test_references_follow_the_newest(newest, taken, expected):
    found = following(newest, taken)
    assert [next(found), next(found)] == expected


def test_a_service_says_when_it_cannot_be_visited(client):
    service: Service = ServiceFactory(name="Larch Ward")
    add = reverse("organisation:block_add", args=[service.pk])
    sends = {"first_on": "2026-10-05", "last_on": "2026-10-09", "why": "Moving house"}

    assert "Moving house" in text(client.post(add, sends, follow=True))
    assert "written down already" in text(client.post(add, sends))
    wrong = client.post(add, sends | {"last_on": "2026-10-04"})
    assert "The last day must be the first day or after it" in text(wrong)
    gone = client.post(
        reverse("organisation:block_remove", args=[service.blocks.get().pk]), follow=True
    )
    assert "can be visited on these days again" in text(gone)
    assert not service.blocks.exists()


def test_a_service_closes_and_opens_again(client):
    service = ServiceFactory(name="Larch Ward")
    page = reverse("organisation:closing", args=[service.pk])

    assert "Larch Ward closes on 1 October 2026." in text(
        client.post(page, {"closed_on": "2026-10-01"}, follow=True)
    )
    assert "Larch Ward is open." in text(client.post(page, {"closed_on": ""}, follow=True))
