"""Places that were given up shortly before a session: what is free, and never who gave it up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils.timezone import localdate

from training.models import Place, Session
from training.queries.sessions import counted

LATE = timedelta(days=3)


@dataclass(frozen=True)
class GivenUpLate:
    """A session to come, how many places were given up in its last days, and how many are free.

    ``free`` is None without a limit.
    """

    session: Session
    number: int
    free: int | None


def given_up_late(today: date) -> Iterator[GivenUpLate]:
    """Sessions of today and the next days with a place that came free late, soonest first.

    Where the waiting list has filled it there is nothing to do. One query.
    """
    coming = Place.objects.filter(
        outcome=Place.Outcome.CANCELLED,
        cancelled_at__isnull=False,
        session__is_cancelled=False,
        session__held_on__range=(today, today + LATE),
    )
    rows = (
        coming.select_related("session")
        .only("cancelled_at", "session__title", "session__held_on", "session__capacity")
        .annotate(taken=counted("session", *Place.TAKEN))
        .order_by("session__held_on", "session")
    )
    for session, places in groupby(rows, key=lambda place: place.session):
        late = [each for each in places if _is_late(each)]
        if not late:
            continue
        free = None if session.capacity is None else max(0, session.capacity - late[0].taken)
        if free != 0:
            yield GivenUpLate(session, len(late), free)


def _is_late(place: Place) -> bool:
    day = localdate(place.cancelled_at)
    return day >= place.session.held_on - LATE
