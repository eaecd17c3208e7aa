"""Places on coming visits that somebody has to decide about."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from accounts.models import User
from accounts.permissions import Permission
from programme.releasing.models import Keeping
from reviews.models import TeamMember
from reviews.queries.doubts import Doubt, Why, doubts, places


@dataclass(frozen=True)
class ToConfirm:
    """A place in doubt, and why. ``seen`` goes with the form: decided is what was seen."""

    member: TeamMember
    why: Why
    seen: str
    may_stay: bool = True


def digest(doubt: Doubt) -> str:
    """What could be seen of a doubt, to be compared."""
    return hashlib.sha256("|".join(doubt.seen).encode()).hexdigest()


def _open(now: datetime, member: int | None = None) -> Iterator[tuple[Doubt, str]]:
    """Those in doubt, without the places that were kept and rest."""
    kept: dict[int, str] | None = None
    for doubt in doubts(now, member=member):
        if kept is None:  # read once, and not where nobody is in doubt
            kept = dict(Keeping.objects.values_list("member_id", "seen"))
        seen = digest(doubt)
        if kept.get(doubt.member) != seen:
            yield doubt, seen


def to_confirm(user: User, now: datetime, *, limit: int) -> list[ToConfirm]:
    """The first that wait for a decision, soonest visit first. Eight queries at most.

    Of every visit, for those who plan; else of none.
    """
    return _loaded(islice(_open(now), limit)) if user.may(Permission.PLAN_REVIEWS) else []


def get_to_confirm(user: User, now: datetime, member: int) -> ToConfirm | None:
    """One place, if it still waits for a decision."""
    found = _loaded(_open(now, member)) if user.may(Permission.PLAN_REVIEWS) else []
    return found[0] if found else None


def _loaded(found: Iterator[tuple[Doubt, str]]) -> list[ToConfirm]:
    rows = list(found)
    members = places([doubt.member for doubt, _ in rows])
    return [
        ToConfirm(members[doubt.member], doubt.why, seen, may_stay=doubt.may_stay)
        for doubt, seen in rows
        if doubt.member in members
    ]
