"""The access log as a page reads it: events carry ids, names are looked up beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from accounts.models import User
from audit.models import Event
from reviewers.models import Reviewer


@dataclass(frozen=True)
class Look:
    """One look at check detail."""

    at: datetime
    who: str
    whose: str
    action: str
    why: str


def looks() -> QuerySet[Event]:
    """Every look that was recorded."""
    return Event.objects.filter(kind=Event.Kind.LOOKED)


def named(events: Sequence[Event]) -> list[Look]:
    """The events with the names of who looked and of whom it was about. Two queries."""
    users = User.objects.in_bulk({each.actor_id for each in events if each.actor_id})
    people = Reviewer.objects.in_bulk({each.person_id for each in events if each.person_id})
    return [
        Look(
            at=each.at,
            who=str(users.get(each.actor_id or 0, "The portal")),
            whose=str(people.get(each.person_id or 0, "The work list")),
            action=each.action,
            why=each.why,
        )
        for each in events
    ]
