"""Places at sessions to come of people who paused or left: a person decides what becomes of them.

Nothing is given up by itself. Whoever pauses may be back on the day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from reviewers.models import Stage
from training.models import Place
from training.policies import BOOKABLE


@dataclass(frozen=True)
class InDoubt:
    """A place, and what could be seen of it: while that stays the same, nothing has changed."""

    place: Place
    seen: str

    @property
    def why(self) -> str:
        """What may be said of it."""
        return _WHY.get(Stage(self.place.reviewer.stage), "not at the stage for training")


# No column that is not said or compared: nothing is decrypted for it.
_SAID = (
    "outcome", "kept_as", "session__title", "session__held_on", "reviewer__first_name",
    "reviewer__last_name", "reviewer__stage", "reviewer__stage_since", "reviewer__paused_until",
)  # fmt: skip
_WHY = {Stage.PAUSED: "taking a break", Stage.LEFT: "has left"}


def seen_of(place: Place) -> str:
    """What can be seen of a place that is in doubt, to be compared."""
    person = place.reviewer
    until = person.paused_until or ""
    return f"{person.stage} {person.stage_since} {until} {place.session.held_on}"


def in_doubt(today: date) -> Iterator[InDoubt]:
    """Those that wait for a decision, soonest session first. One query.

    Somebody on the waiting list who takes a break is passed over and keeps their turn, so there is
    nothing to decide; who has left gives it up.
    """
    places = _of_the_away(today).order_by("session__held_on", "session", "pk")
    for place in places.only(*_SAID):
        seen = seen_of(place)
        if place.kept_as != seen:
            yield InDoubt(place, seen)


def get_in_doubt(pk: int, today: date) -> InDoubt | None:
    """One of them, kept or not."""
    place = _of_the_away(today).filter(pk=pk).first()
    return InDoubt(place, seen_of(place)) if place is not None else None


def _of_the_away(today: date) -> QuerySet[Place]:
    holds = Q(outcome__in=[Place.Outcome.INVITED, Place.Outcome.BOOKED])
    waits = Q(outcome=Place.Outcome.WAITING, reviewer__stage=Stage.LEFT)
    return (
        Place.objects.filter(
            holds | waits, session__held_on__gte=today, session__is_cancelled=False
        )
        .exclude(reviewer__stage__in=BOOKABLE)
        .select_related("session", "reviewer")
    )
