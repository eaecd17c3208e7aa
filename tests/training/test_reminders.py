from datetime import UTC, datetime, time, timedelta

import pytest

from notifications.registry import KINDS
from tests.factories import NOW, TODAY, PlaceFactory, SessionFactory
from training.reminders import due_reminders

pytestmark = pytest.mark.django_db

DAY = TODAY + timedelta(days=10)
EIGHT = datetime(2026, 6, 17, 7, 0, tzinfo=UTC)  # 08:00 in London, three days before


@pytest.fixture
def place(trust):
    session = SessionFactory(held_on=DAY, starts_at=time(10), ends_at=time(15))
    return PlaceFactory(session=session, booked_at=NOW)


def due(now):
    return [(each.about_id, each.subject, each.due_at) for each in due_reminders(now)]


def test_a_reminder_falls_due_three_days_before_at_eight(place):
    assert due(EIGHT - timedelta(seconds=1)) == []
    assert due(EIGHT) == [(place.pk, "Training on Saturday 20 June", EIGHT)]


def test_a_missed_tick_is_caught_up_until_the_session_begins(place):
    begins = datetime(2026, 6, 20, 9, 0, tzinfo=UTC)

    assert len(due(begins - timedelta(minutes=1))) == 1
    assert due(begins) == []


def test_who_booked_later_than_that_needs_no_reminder(place):
    place.booked_at = EIGHT + timedelta(hours=1)
    place.save()

    assert due(EIGHT + timedelta(hours=2)) == []


@pytest.mark.parametrize("outcome", ["waiting", "cancelled"])
def test_only_a_booked_place_is_reminded_of(place, outcome):
    place.outcome = outcome
    place.save()

    assert due(EIGHT) == []
    assert KINDS["training-reminder"].holding({place.pk}, EIGHT) == set()


def test_the_words_say_when_and_where_and_what_to_do(place):
    [reminder] = due_reminders(EIGHT)

    words = reminder.body()

    assert "Saturday 20 June 2026, 10am to 3pm" in words
    assert "Where: Market House" in words
    assert "/me/training/" in words
    assert "ring the quality team" in words
