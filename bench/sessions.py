"""Training: 100,000 sessions, one of them with 200 places, and 200 people who want one chair."""

import time as clock
from datetime import timedelta
from itertools import count
from queue import Empty, SimpleQueue
from threading import Barrier, Thread
from typing import NamedTuple

from django.db import connections

from accounts.models import User
from bench.load import NOW, TODAY, analyse, load_crowd
from bench.measure import at
from organisation.models import TrustSettings
from reviewers.models import Reviewer
from training import operations
from training.models import Place, Session

DATABASE, SMALL = "training", "training_small"
PEOPLE, SESSIONS, PLACES, REQUESTS = 5_000, 100_000, 200, 200
FEW = 1_000  # sessions to compare the list with
WORKERS = {"postgresql": 50, "sqlite": REQUESTS}
FULL = "B-full"


def load_training(sessions_in_all: int = SESSIONS) -> None:
    """Years of sessions, some of them with somebody there."""
    if Session.objects.filter(code=FULL).exists():
        return
    load_crowd(PEOPLE)
    TrustSettings.objects.get_or_create(pk=1)
    people = list(Reviewer.objects.order_by("pk").values_list("pk", flat=True))
    sessions = Session.objects.bulk_create(
        (
            Session(
                code=f"B{n}",
                title="LXR workshop",
                held_on=TODAY - timedelta(days=n // 20 + 1),
                kind="workshop",
                capacity=12,
            )
            for n in range(sessions_in_all)
        ),
        batch_size=5_000,
    )
    full = Session.objects.create(
        code=FULL, title="LXR workshop", held_on=TODAY, kind="workshop", capacity=PLACES
    )
    rows = [(full, person, "booked") for person in people[:PLACES]] + [
        (session, people[(n * 7 + k) % len(people)], "attended")
        for n, session in enumerate(sessions)
        if n % 20 == 0
        for k in range(2)
    ]
    Place.objects.bulk_create(
        (
            Place(session=session, reviewer_id=person, outcome=outcome, booked_at=NOW)
            for session, person, outcome in rows
        ),
        batch_size=5_000,
    )
    analyse()


def full_session() -> int:
    """The session with 200 places."""
    return Session.objects.values_list("pk", flat=True).get(code=FULL)


def half_way() -> int:
    """The session half way down the list."""
    by_day = Session.objects.order_by("held_on", "pk").values_list("pk", flat=True)
    return by_day[by_day.count() // 2]


class Race(NamedTuple):
    """What came of 200 requests for one chair."""

    seconds: float
    booked: int
    waiting: int


_numbers = count()


def race_for_a_chair(*, workers: int) -> Race:
    """So many workers serve 200 requests at once. The session goes afterwards."""
    code = f"R{TODAY:%y%m%d}-{next(_numbers)}"
    Session.objects.filter(code=code).delete()
    session = Session.objects.create(
        code=code, title="x", held_on=TODAY + timedelta(days=9), kind="workshop", capacity=1
    )
    by = User.objects.get(email="bench@trust.example.org")
    requests: SimpleQueue[Reviewer] = SimpleQueue()
    for person in Reviewer.objects.filter(stage="active").order_by("pk")[:REQUESTS]:
        requests.put(person)
    start = Barrier(workers + 1)

    def serve() -> None:
        with at(DATABASE):
            connections[DATABASE].ensure_connection()
            start.wait()
            try:
                while True:
                    operations.book(session=session, reviewer=requests.get_nowait(), by=by, now=NOW)
            except Empty:
                connections.close_all()

    threads = [Thread(target=serve) for _ in range(workers)]
    for thread in threads:
        thread.start()
    start.wait()
    begun = clock.perf_counter()
    for thread in threads:
        thread.join()
    seconds = clock.perf_counter() - begun
    outcomes = list(session.places.values_list("outcome", flat=True))
    session.delete()
    return Race(seconds, outcomes.count("booked"), outcomes.count("waiting"))
