"""200 people ask for the last place at the same moment; with a control that turns the lock off."""

from contextlib import contextmanager, suppress
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import connection

from notifications.models import Message
from rules import RuleBroken
from tests.factories import (
    NOW,
    TODAY,
    PlaceFactory,
    ReviewerFactory,
    SessionFactory,
    UserFactory,
)
from tests.races import meeting_after, race, winners
from training import operations
from training.models import Place, Session
from training.operations import places

pytestmark = pytest.mark.django_db(transaction=True)

EVERYONE = 200
# PostgreSQL takes 100 connections: there, as in a web server, 50 workers serve the 200 requests.
WORKERS = {"sqlite": EVERYONE, "postgresql": 50}


@pytest.fixture
def session():
    session = SessionFactory(held_on=TODAY + timedelta(days=9), booking_opens_on=TODAY, capacity=2)
    PlaceFactory(session=session)
    return session


def asking(session, person):
    return lambda: operations.book_own(session=session, reviewer=person, by=person.user, now=NOW)


def test_the_last_place_goes_to_one_of_200(session, trust):
    requests = [asking(session, each) for each in ReviewerFactory.create_batch(EVERYONE)]
    outcomes = []

    def serve():
        while requests:
            with suppress(IndexError):
                ask = requests.pop()
                outcomes.append(ask())

    workers = race(*[serve] * WORKERS[connection.vendor])

    assert [each for each in workers if each is not None] == []
    assert len(outcomes) == EVERYONE
    won = [each for each in outcomes if each.outcome == Place.Outcome.BOOKED]
    assert len(won) == 1
    assert session.places.filter(outcome=Place.Outcome.WAITING).count() == EVERYONE - 1
    assert Message.objects.filter(kind="training-place").count() == 1


def test_the_waiting_list_is_let_in_in_its_order(session, trust):
    people = ReviewerFactory.create_batch(6)
    race(*[asking(session, each) for each in people])
    in_order = list(
        session.places.filter(outcome=Place.Outcome.WAITING).values_list("pk", flat=True)
    )
    booked = session.places.filter(outcome=Place.Outcome.BOOKED)

    # Everybody with a place gives it up at the same moment.
    race(*[
        lambda place=place: operations.cancel_place(
            place=place, by=place.reviewer.user, now=NOW, how="online"
        )
        for place in booked.select_related("reviewer__user")
    ])  # fmt: skip

    assert set(booked.values_list("pk", flat=True)) == set(in_order[:2])


def test_one_person_who_presses_twice_has_one_place(session, trust):
    person = ReviewerFactory()

    outcomes = race(*[asking(session, person)] * 2)

    assert outcomes[0] == outcomes[1]
    assert session.places.filter(reviewer=person).count() == 1


@contextmanager
def without_the_lock():
    """The check sees what was there before the others wrote."""

    def read(pk):
        return Session.objects.get(pk=pk)

    def take_apart(session, reviewer, **given):
        has_room = places.room(session) != 0
        outcome = Place.Outcome.BOOKED if has_room else Place.Outcome.WAITING
        return Place.objects.create(
            session=session, reviewer=reviewer, outcome=outcome, booked_at=given["now"]
        )

    unlocked = operations.book_own.__wrapped__

    def nobody(people):
        """Without a transaction nothing can be held."""

    with (
        patch.object(places, "lock_session", read),
        patch.object(places, "lock_people", nobody),
        patch.object(places, "_take", take_apart),
    ):
        yield (
            lambda session, person: (
                lambda: unlocked(session=session, reviewer=person, by=person.user, now=NOW)
            )
        )


def test_without_the_lock_two_would_get_the_last_place(session, trust):
    one, other = ReviewerFactory.create_batch(2)

    with without_the_lock() as asks, meeting_after("training.operations.places.room"):
        outcomes = race(asks(session, one), asks(session, other))

    assert [each.outcome for each in outcomes] == ["booked", "booked"]
    assert session.places.filter(outcome=Place.Outcome.BOOKED).count() == session.capacity + 1


@pytest.fixture
def at_one_time():
    """Two sessions at the same time, and somebody who books both at the same moment."""
    day = {"held_on": TODAY + timedelta(days=9), "booking_opens_on": TODAY, "capacity": 5}
    return [SessionFactory(**day), SessionFactory(**day)], ReviewerFactory()


def test_one_person_gets_a_place_at_one_of_two_sessions_at_the_same_time(at_one_time, trust):
    sessions, person = at_one_time

    with meeting_after("training.operations.places.busy_elsewhere", patience=1):
        outcomes = race(*[asking(each, person) for each in sessions])

    assert winners(outcomes) == 1
    (refused,) = [each for each in outcomes if isinstance(each, RuleBroken)]
    assert "at the same time" in str(refused)
    assert person.places.get().outcome == Place.Outcome.BOOKED


def test_without_the_lock_on_the_person_they_would_get_both(at_one_time, trust):
    sessions, person = at_one_time

    with without_the_lock() as asks, meeting_after("training.operations.places.busy_elsewhere"):
        outcomes = race(*[asks(each, person) for each in sessions])

    assert [each.outcome for each in outcomes] == ["booked", "booked"]
    assert person.places.filter(outcome=Place.Outcome.BOOKED).count() == 2


def test_people_on_two_lists_are_invited_at_the_same_moment_in_any_order(at_one_time, trust):
    sessions, _ = at_one_time
    people = ReviewerFactory.create_batch(2)
    by = UserFactory(roles=["coordinator"])

    outcomes = race(*[
        lambda session=session, people=people: operations.invite(
            session=session, people=people, answer_by=TODAY, by=by, now=NOW
        )
        for session, people in zip(sessions, (people, people[::-1]), strict=True)
    ])  # fmt: skip

    assert [len(each) for each in outcomes] == [2, 2]
