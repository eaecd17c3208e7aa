"""A hold that is being placed while the nightly run looks: the run waits, and obeys it."""

import threading
import time

import pytest
from dateutil.relativedelta import relativedelta
from django.db import connection, transaction

from programme.retention import holds, running
from reviewers.models import TimeAway
from tests.factories import NOW, ReviewerFactory, UserFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]
WAITING = (
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


def somebody_waits():
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return cursor.fetchone()[0] > 0


def place_slowly(person, by, placed, ended):
    """Place a hold, and commit it when the run waits for it, or has ended without waiting."""
    try:
        with transaction.atomic():
            holds.place(reviewer=person, reason="A claim", by=by, now=NOW)
            placed.set()
            while not (ended.is_set() or somebody_waits()):
                time.sleep(0.01)
    finally:
        connection.close()


@pytest.mark.parametrize("with_lock", [True, False], ids=["with the lock", "without it"])
def test_the_run_waits_for_a_hold_that_is_being_placed(trust, monkeypatch, with_lock):
    person, by = ReviewerFactory(), UserFactory()
    day = (NOW - relativedelta(years=2)).date()
    person.times_away.create(starts_on=day, ends_on=day)
    if not with_lock:
        monkeypatch.setattr(running, "_lock_people", lambda people, database: None)
    placed, ended = threading.Event(), threading.Event()
    thread = threading.Thread(target=place_slowly, args=(person, by, placed, ended))
    thread.start()
    assert placed.wait(10)

    running.run(now=NOW)
    ended.set()
    thread.join(10)

    assert holds.is_held(person)
    assert TimeAway.objects.exists() is with_lock
