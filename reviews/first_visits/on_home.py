"""What home shows of first visits. To find it asks everybody, so it is kept until anything happens.

Whatever changes it writes an audit event. Two changes that overlap could leave it behind by one
for five minutes.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from django.core.cache import cache
from django.utils.timezone import localdate

from accounts.models import User
from audit.models import Event
from organisation.queries import trust_settings
from reviewers.models import Reviewer
from reviewers.queries import people
from reviews.first_visits.queries import to_help, to_talk_to, with_plans
from reviews.first_visits.standing import Standing, standings

KEPT = 5 * 60  # seconds

T = TypeVar("T")


@dataclass(frozen=True)
class Waiting:
    """Somebody who waits for a first visit, and how it stands; the visits that fit are left out."""

    person: Reviewer
    standing: Standing


@dataclass(frozen=True)
class ToTalkTo:
    """Somebody who has been on a first visit, and when."""

    person: Reviewer
    been_on: date


def first_visits(user: User, now: datetime, most: int) -> tuple[list[Waiting], list[ToTalkTo]]:
    """The first whom we can help now, for whom nothing has happened longest; and the first to
    talk with about their first visit, longest ago. Two queries while nothing happens.
    """
    today = localdate(now)

    def find() -> tuple[dict[int, Standing], dict[int, date]]:
        rows = with_plans(to_help(user, today)).order_by("waits_since", "pk")[:most]
        found = standings(list(rows), now=now, trust=trust_settings())
        talks = to_talk_to(user).order_by("been_on", "pk")
        return (
            {pk: replace(standing, fits=()) for pk, standing in found.items()},
            dict(talks.values_list("pk", "been_on")[:most]),
        )

    waiting, talks = _kept(f"first-visits:{today}:{most}", find)
    # Nothing is decrypted: no column that a line does not say.
    shown = people(user).only("first_name", "last_name").in_bulk([*waiting, *talks])
    return (
        [Waiting(shown[pk], standing) for pk, standing in waiting.items() if pk in shown],
        [ToTalkTo(shown[pk], been_on) for pk, been_on in talks.items() if pk in shown],
    )


def _kept(name: str, find: Callable[[], T]) -> T:
    last = Event.objects.order_by("-pk").values_list("pk", flat=True).first()
    key = f"{name}:{last}"
    found: T | None = cache.get(key)
    if found is None:
        found = find()
        cache.set(key, found, timeout=KEPT)
    return found
