"""The looks as a page reads them: events carry ids, names are looked up beside them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import User
from audit.models import Event
from checks.forms.assessments import PURPOSES
from reviewers.models import Reviewer
from reviewers.queries import named as named_people

CHUNK = 500
LONGEST_SEARCH = 100
# What is stored says why in one word; people read it as it was asked.
WHY = dict(PURPOSES)


@dataclass(frozen=True)
class Look:
    """One look at what only some may see."""

    at: datetime
    who: str
    whose: str
    reference: str
    action: str
    why: str


def looks() -> QuerySet[Event]:
    """Every look that was recorded."""
    return Event.objects.filter(kind=Event.Kind.LOOKED)


def at_person(events: QuerySet[Event], words: str) -> QuerySet[Event]:
    """Looks at those whose name starts like these words, or who have this reference."""
    people = named_people(Reviewer.objects.all(), words)
    return events.filter(person_id__in=people.order_by().values("pk"))


def by_user(events: QuerySet[Event], words: str) -> QuerySet[Event]:
    """Looks by those with these words in their name or email address."""
    words = words[:LONGEST_SEARCH].strip()
    users = User.objects.filter(Q(name__icontains=words) | Q(email__icontains=words))
    return events.filter(actor_id__in=users.order_by().values("pk"))


def named(events: Sequence[Event]) -> list[Look]:
    """The events with the names of who looked and of whom it was about. Two queries."""
    users = User.objects.in_bulk({each.actor_id for each in events if each.actor_id})
    people = Reviewer.objects.in_bulk({each.person_id for each in events if each.person_id})
    found = []
    for each in events:
        person = people.get(each.person_id or 0)
        found.append(
            Look(
                at=each.at,
                who=str(users.get(each.actor_id or 0, "The portal")),
                whose=str(
                    person or ("Somebody who is gone" if each.person_id else "The work list")
                ),
                reference=person.reference if person else "",
                action=each.action,
                why=WHY.get(each.why, each.why),
            )
        )
    return found


def rows(events: QuerySet[Event]) -> Iterator[Look]:
    """All of them, newest first, read a chunk at a time: memory does not grow with the log."""
    ordered, before = events.order_by("-at", "-id"), Q()
    while chunk := list(ordered.filter(before)[:CHUNK]):
        yield from named(chunk)
        last = chunk[-1]
        before = Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk)
