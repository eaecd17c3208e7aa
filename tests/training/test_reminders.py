from datetime import UTC, date, datetime, time, timedelta

import pytest

from notifications.falling_due import queue_due
from notifications.models import Message
from notifications.registry import KINDS
from tests.factories import NOW, TODAY, PlaceFactory, SessionFactory
from training.reminders import due_refreshers, due_reminders

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


def test_a_session_that_is_cancelled_reminds_nobody(place):
    place.session.is_cancelled, place.session.cancelled_why = True, "Snow"
    place.session.save()

    assert due(EIGHT) == []
    assert KINDS["training-reminder"].holding({place.pk}, EIGHT) == set()


UNTIL = date(2026, 9, 1)
SIXTY, THIRTY = (datetime(2026, 7, 3, 7, 0, tzinfo=UTC), datetime(2026, 8, 2, 7, 0, tzinfo=UTC))


@pytest.fixture
def person(trust):
    """Trained until UNTIL."""
    session = SessionFactory(counts_until=UNTIL)
    return PlaceFactory(session=session, outcome="attended").reviewer


def refreshers(now):
    return [(each.about_id, each.key, each.due_at) for each in due_refreshers(now)]


def test_a_refresher_is_due_60_and_30_days_before(person):
    first = (person.pk, f"training-refresher:{person.pk}:2026-09-01:60", SIXTY)
    second = (person.pk, f"training-refresher:{person.pk}:2026-09-01:30", THIRTY)

    assert refreshers(SIXTY - timedelta(seconds=1)) == []
    assert refreshers(SIXTY) == [first]
    assert refreshers(THIRTY) == [first, second]
    assert refreshers(datetime(2026, 9, 2, 7, 0, tzinfo=UTC)) == []


def test_the_latest_day_counts(person):
    later = SessionFactory(kind="refresher", counts_until=UNTIL + timedelta(days=365))
    PlaceFactory(reviewer=person, session=later, outcome="attended")

    assert refreshers(THIRTY) == []


def test_what_counts_for_good_needs_no_refresher(person):
    PlaceFactory(reviewer=person, outcome="attended")

    assert refreshers(THIRTY) == []


@pytest.mark.parametrize("outcome", ["booked", "invited"])
def test_who_has_a_place_at_a_refresher_is_left_in_peace(person, outcome):
    session = SessionFactory(kind="refresher", held_on=UNTIL - timedelta(days=5))
    PlaceFactory(reviewer=person, session=session, outcome=outcome, answer_by=UNTIL)

    assert refreshers(THIRTY) == []
    assert KINDS["training-refresher"].holding({person.pk}, THIRTY) == set()


def test_who_takes_a_break_is_left_in_peace(person):
    person.stage = "paused"
    person.save()

    assert refreshers(THIRTY) == []


def test_the_tick_tells_of_a_refresher_once_each(person, trust):
    for now in (SIXTY, SIXTY + timedelta(hours=1), THIRTY, THIRTY + timedelta(hours=1)):
        queue_due(now=now)

    told = Message.objects.filter(kind="training-refresher")
    assert told.count() == 2
    assert "until Tuesday 1 September 2026" in told[0].body


@pytest.mark.parametrize("stage", ["paused", "left"])
def test_nobody_on_a_break_is_reminded_or_told_of_a_place(place, stage):
    place.reviewer.stage = stage
    place.reviewer.save()

    assert due(EIGHT) == []
    for kind in ("training-reminder", "training-place", "training-changed"):
        assert KINDS[kind].holding({place.pk}, EIGHT) == set()


def test_whoever_is_on_a_break_still_hears_that_their_place_is_off(place):
    place.reviewer.stage = "paused"
    place.reviewer.save()
    place.outcome = "cancelled"
    place.save()

    assert KINDS["training-place-cancelled"].holding({place.pk}, EIGHT) == {place.pk}
