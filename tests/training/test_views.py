from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories import (
    NOW,
    TODAY,
    CourseVersionFactory,
    PlaceFactory,
    ReviewerFactory,
    SessionFactory,
)
from training.models import Place, Session

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to(NOW)


@pytest.fixture
def coordinator(client_as):
    return client_as("coordinator")


@pytest.fixture
def sent():
    """The form of a session as it is sent."""
    return {**SENT, "version": CourseVersionFactory().pk}


SENT = {
    "code": "T09",
    "title": "LXR workshop",
    "held_on_day": "8",
    "held_on_month": "9",
    "held_on_year": "2026",
    "starts_at": "10:00",
    "ends_at": "15:00",
    "capacity": "8",
}


def test_planning_a_session_leads_to_its_page(coordinator, sent):
    person = ReviewerFactory()

    answer = coordinator.post(
        reverse("training:add"), {**sent, "co_facilitators": person.reference}
    )

    session = Session.objects.get()
    assert answer.headers["Location"] == reverse("training:detail", args=[session.pk])
    assert list(session.co_facilitators.all()) == [person]


def test_an_unknown_co_facilitator_is_named(coordinator, sent):
    page = coordinator.post(
        reverse("training:add"), {**sent, "co_facilitators": "LXR-X, LXR-Y"}
    ).content.decode()

    assert "There is nobody with the reference LXR-X, LXR-Y." in page
    assert Session.objects.count() == 0


def test_a_session_that_ends_before_it_starts_is_a_form_error(coordinator, sent):
    answer = coordinator.post(reverse("training:add"), {**sent, "ends_at": "09:00"})

    assert answer.status_code == 200
    assert Session.objects.count() == 0


def test_a_place_is_given_from_the_sessions_page(coordinator, trust):
    session = SessionFactory(held_on=TODAY + timedelta(days=9))
    person = ReviewerFactory(last_name="Okafor")
    PlaceFactory(reviewer=person, outcome="attended")  # trained, so only a search finds them
    address = reverse("training:detail", args=[session.pk])
    assert "Okafor" not in coordinator.get(address).content.decode()
    assert "Okafor" in coordinator.get(address, {"q": "oka"}).content.decode()

    page = coordinator.post(
        reverse("training:book", args=[session.pk]), {"person": person.pk}, follow=True
    ).content.decode()

    assert f"{person} has a place." in page


def test_more_than_50_people_stand_on_pages(coordinator, trust):
    session = SessionFactory(held_on=TODAY + timedelta(days=9), capacity=60)
    places = PlaceFactory.create_batch(51, session=session)
    address = reverse("training:detail", args=[session.pk])

    first = coordinator.get(address).content.decode()
    second = coordinator.get(address, {"page": "2"}).content.decode()

    assert "51 taken" in first
    assert "Page 1 of 2: 51 people in all." in first
    assert places[0].reviewer.reference in first
    assert places[50].reviewer.reference not in first
    assert places[50].reviewer.reference in second


def test_who_came_is_ticked_off(coordinator):
    session = SessionFactory(held_on=TODAY)
    came, missed, _not_known = PlaceFactory.create_batch(3, session=session)

    coordinator.post(
        reverse("training:attendance", args=[session.pk]),
        {f"place-{came.pk}": "yes", f"place-{missed.pk}": "no"},
    )

    outcomes = Place.objects.order_by("pk").values_list("outcome", flat=True)
    assert list(outcomes) == ["attended", "did not attend", "booked"]


def test_people_give_up_their_own_place_and_nobody_elses(client_as):
    session = SessionFactory(held_on=TODAY + timedelta(days=9))
    own, other = PlaceFactory.create_batch(2, session=session)
    client = client_as(own.reviewer.user)

    done = client.post(reverse("own-training:cancel", args=[own.pk]))
    refused = client.post(reverse("own-training:cancel", args=[other.pk]))

    assert (done.status_code, refused.status_code) == (302, 404)
    outcomes = Place.objects.order_by("pk").values_list("outcome", flat=True)
    assert list(outcomes) == ["cancelled", "booked"]


def test_a_session_without_a_version_does_not_become_a_pilot(coordinator, sent):
    session = SessionFactory(held_on=TODAY + timedelta(days=9))
    address = reverse("training:change", args=[session.pk])

    refused = coordinator.post(address, {**sent, "version": "", "is_pilot": "on"}).content.decode()
    coordinator.post(address, {**sent, "is_pilot": "on"})

    assert "Then say whether it is a pilot" in refused
    session.refresh_from_db()
    assert session.kind == "pilot"
