from datetime import time, timedelta

import pytest
from django.db import IntegrityError

from audit.models import Event
from notifications.models import Message
from rules import RuleBroken
from tests.factories import (
    NOW,
    TODAY,
    CourseVersionFactory,
    PlaceFactory,
    ReviewerFactory,
    SessionFactory,
    StaffFactory,
)
from training import operations
from training.models import Place, Session

pytestmark = pytest.mark.django_db

SOON = TODAY + timedelta(days=21)


def details(**changes):
    return {
        "code": "T09",
        "title": "LXR workshop",
        "version": None,
        "is_pilot": False,
        "held_on": SOON,
        "starts_at": None,
        "ends_at": None,
        "venue": "Market House",
        "venue_access": "",
        "capacity": 2,
        "booking_opens_on": None,
    } | changes


def led_by(*lxrs, staff=()):
    return {"staff": staff, "lxrs": lxrs}


def test_a_session_is_planned_with_its_co_facilitators(coordinator):
    people = [ReviewerFactory(), ReviewerFactory()]
    staff = [StaffFactory(), StaffFactory()]

    session = operations.plan_session(
        details=details(version=CourseVersionFactory()),
        facilitators=led_by(*people, staff=staff),
        by=coordinator,
        now=NOW,
    )

    assert Session.objects.get() == session
    assert session.kind == "workshop"
    assert list(session.co_facilitators.order_by("pk")) == people
    assert list(session.staff_facilitators.order_by("pk")) == staff
    assert Event.objects.get().action == "planned a session"


def test_a_code_is_used_once(coordinator):
    SessionFactory(code="T09")

    with pytest.raises(RuleBroken, match="already a session with the code T09"):
        operations.plan_session(details=details(), facilitators=led_by(), by=coordinator, now=NOW)

    assert Event.objects.count() == 0


def test_what_is_wrong_with_a_session_is_not_taken_for_its_code(coordinator):
    session = SessionFactory(code="T08")
    hours = {"starts_at": time(12), "ends_at": time(9)}
    wrong = details(version=CourseVersionFactory(), **hours)

    with pytest.raises(IntegrityError, match="training_session_ends_later"):
        operations.plan_session(details=wrong, facilitators=led_by(), by=coordinator, now=NOW)
    with pytest.raises(IntegrityError, match="training_session_ends_later"):
        operations.change_session(
            session=session, details=wrong, facilitators=led_by(),
            by=coordinator, now=NOW,
        )  # fmt: skip


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


def test_a_full_session_puts_people_on_the_waiting_list_and_says_so(coordinator, trust):
    session = SessionFactory(held_on=SOON, capacity=1)
    operations.book(session=session, reviewer=ReviewerFactory(), by=coordinator, now=NOW)

    second = operations.book(session=session, reviewer=ReviewerFactory(), by=coordinator, now=NOW)

    assert second.outcome == "waiting"
    told = Message.objects.get(about_id=second.pk)
    assert (told.kind, told.subject) == (
        "training-waiting",
        "You are on the waiting list for a training session",
    )


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
    told = Message.objects.exclude(kind="training-waiting").order_by("pk")
    assert list(told.values_list("recipient_id", flat=True)) == [
        people[0].pk,
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
            session=session, details=details(capacity=1), facilitators=led_by(), by=coordinator,
            now=NOW,
        )  # fmt: skip

    session.refresh_from_db()
    assert session.capacity == 3


def test_more_places_let_people_in_from_the_waiting_list(coordinator, trust):
    session = SessionFactory(held_on=SOON, capacity=1)
    PlaceFactory(session=session)
    waiting = PlaceFactory(session=session, outcome="waiting")

    operations.change_session(
        session=session, details=details(capacity=2), facilitators=led_by(), by=coordinator, now=NOW
    )

    waiting.refresh_from_db()
    assert waiting.outcome == "booked"
    assert Message.objects.get().about_id == waiting.pk


def test_attendance_waits_for_the_day(coordinator):
    session = SessionFactory(held_on=TODAY + timedelta(days=1))
    place = PlaceFactory(session=session)

    with pytest.raises(RuleBroken, match=r"11 June 2026\. Record who came from that day"):
        operations.record_attendance(
            session=session, marks={place.pk: operations.Mark("", True)}, by=coordinator, now=NOW
        )


def test_saving_a_session_unchanged_leaves_no_trace(coordinator, trust):
    values, person = details(version=CourseVersionFactory()), ReviewerFactory()
    session = operations.plan_session(
        details=values, facilitators=led_by(person), by=coordinator, now=NOW
    )

    operations.change_session(
        session=session, details=values, facilitators=led_by(person), by=coordinator, now=NOW
    )
    assert [event.action for event in Event.objects.all()] == ["planned a session"]

    operations.change_session(
        session=session, details=values, facilitators=led_by(), by=coordinator, now=NOW
    )
    assert Event.objects.latest("pk").fields == ["co_facilitators"]
