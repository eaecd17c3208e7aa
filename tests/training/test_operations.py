from datetime import timedelta

import pytest

from audit.models import Event
from notifications.models import Message
from rules import RuleBroken
from tests.factories import (
    NOW,
    TODAY,
    PlaceFactory,
    ReviewerFactory,
    SessionFactory,
    StaffFactory,
    UserFactory,
)
from training import operations
from training.models import Place, Session

pytestmark = pytest.mark.django_db

SOON = TODAY + timedelta(days=21)


@pytest.fixture
def coordinator():
    return UserFactory(roles=["coordinator"])


def details(**changes):
    return {
        "code": "T09",
        "title": "LXR workshop",
        "kind": "workshop",
        "held_on": SOON,
        "starts_at": None,
        "ends_at": None,
        "venue": "Market House",
        "capacity": 2,
        "staff_facilitator": StaffFactory(),
    } | changes


def test_a_session_is_planned_with_its_co_facilitators(coordinator):
    people = [ReviewerFactory(), ReviewerFactory()]

    session = operations.plan_session(
        details=details(), co_facilitators=people, by=coordinator, now=NOW
    )

    assert Session.objects.get() == session
    assert list(session.co_facilitators.order_by("pk")) == people
    assert Event.objects.get().action == "planned a session"


def test_a_code_is_used_once(coordinator):
    SessionFactory(code="T09")

    with pytest.raises(RuleBroken, match="already a session with the code T09"):
        operations.plan_session(details=details(), co_facilitators=[], by=coordinator, now=NOW)

    assert Event.objects.count() == 0


def test_booking_takes_a_place_and_tells_the_person(coordinator, trust):
    session, person = SessionFactory(held_on=SOON), ReviewerFactory()

    place = operations.book(session=session, reviewer=person, by=coordinator, now=NOW)

    assert place.outcome == "booked"
    message = Message.objects.get()
    assert (message.kind, message.recipient_id, message.subject) == (
        "training-place",
        person.pk,
        "You have a place at a training session",
    )
    assert Event.objects.get().person_id == person.pk


def test_a_full_session_puts_people_on_the_waiting_list_and_tells_nobody(coordinator, trust):
    session = SessionFactory(held_on=SOON, capacity=1)
    operations.book(session=session, reviewer=ReviewerFactory(), by=coordinator, now=NOW)

    second = operations.book(session=session, reviewer=ReviewerFactory(), by=coordinator, now=NOW)

    assert second.outcome == "waiting"
    assert Message.objects.count() == 1


def test_booking_twice_changes_nothing(coordinator, trust):
    session, person = SessionFactory(held_on=SOON), ReviewerFactory()
    first = operations.book(session=session, reviewer=person, by=coordinator, now=NOW)

    again = operations.book(session=session, reviewer=person, by=coordinator, now=NOW)

    assert again == first
    assert (Place.objects.count(), Message.objects.count(), Event.objects.count()) == (1, 1, 1)


def test_a_session_that_is_over_takes_no_bookings(coordinator):
    session = SessionFactory(held_on=TODAY - timedelta(days=1))

    with pytest.raises(RuleBroken, match="This session is over"):
        operations.book(session=session, reviewer=ReviewerFactory(), by=coordinator, now=NOW)


@pytest.mark.parametrize("stage", ["enquiry", "interview", "paused", "left"])
def test_people_not_at_the_stage_for_training_are_not_booked(stage, coordinator):
    with pytest.raises(RuleBroken, match="not at the stage for training"):
        operations.book(
            session=SessionFactory(held_on=SOON),
            reviewer=ReviewerFactory(stage=stage),
            by=coordinator,
            now=NOW,
        )


def test_a_cancelled_place_goes_to_the_first_who_waits(coordinator, trust):
    session = SessionFactory(held_on=SOON, capacity=1)
    people = [ReviewerFactory() for _ in range(3)]
    places = [
        operations.book(
            session=session, reviewer=person, by=coordinator, now=NOW + timedelta(minutes=n)
        )
        for n, person in enumerate(people)
    ]

    operations.cancel_place(place=places[0], by=coordinator, now=NOW + timedelta(hours=1))

    assert [each.outcome for each in Place.objects.order_by("pk")] == [
        "cancelled",
        "booked",
        "waiting",
    ]
    assert list(Message.objects.order_by("pk").values_list("recipient_id", flat=True)) == [
        people[0].pk,
        people[1].pk,
    ]


def test_a_place_is_cancelled_once(coordinator):
    place = PlaceFactory(session=SessionFactory(held_on=SOON), outcome="cancelled")

    with pytest.raises(RuleBroken, match="no longer booked"):
        operations.cancel_place(place=place, by=coordinator, now=NOW)


def test_after_the_day_a_place_is_not_cancelled_but_recorded(coordinator):
    place = PlaceFactory(session=SessionFactory(held_on=TODAY - timedelta(days=1)))

    with pytest.raises(RuleBroken, match="Record who came instead"):
        operations.cancel_place(place=place, by=coordinator, now=NOW)


def test_fewer_places_than_people_booked_is_refused(coordinator):
    session = SessionFactory(held_on=SOON, capacity=3)
    PlaceFactory.create_batch(2, session=session)

    with pytest.raises(RuleBroken, match="2 people are booked"):
        operations.change_session(
            session=session, details=details(capacity=1), co_facilitators=[], by=coordinator,
            now=NOW,
        )  # fmt: skip

    session.refresh_from_db()
    assert session.capacity == 3


def test_more_places_let_people_in_from_the_waiting_list(coordinator, trust):
    session = SessionFactory(held_on=SOON, capacity=1)
    PlaceFactory(session=session)
    waiting = PlaceFactory(session=session, outcome="waiting")

    operations.change_session(
        session=session, details=details(capacity=2), co_facilitators=[], by=coordinator, now=NOW
    )

    waiting.refresh_from_db()
    assert waiting.outcome == "booked"
    assert Message.objects.get().about_id == waiting.pk


def test_attendance_is_recorded_and_can_be_corrected(coordinator):
    session = SessionFactory(held_on=TODAY)
    came, missed = PlaceFactory.create_batch(2, session=session)
    gave_up = PlaceFactory(session=session, outcome="cancelled")

    changed = operations.record_attendance(
        session=session,
        attended={came.pk: True, missed.pk: False, gave_up.pk: True},
        by=coordinator,
        now=NOW,
    )
    corrected = operations.record_attendance(
        session=session, attended={came.pk: True, missed.pk: True}, by=coordinator, now=NOW
    )

    assert (changed, corrected) == (2, 1)
    assert list(Place.objects.order_by("pk").values_list("outcome", flat=True)) == [
        "attended",
        "attended",
        "cancelled",
    ]
    assert Event.objects.filter(action="recorded attendance").count() == 3


def test_attendance_waits_for_the_day(coordinator):
    session = SessionFactory(held_on=TODAY + timedelta(days=1))
    place = PlaceFactory(session=session)

    with pytest.raises(RuleBroken, match=r"11 June 2026\. Record who came from that day"):
        operations.record_attendance(
            session=session, attended={place.pk: True}, by=coordinator, now=NOW
        )
