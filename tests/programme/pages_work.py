"""Who may open the work lists above everything: visits to confirm, and what would open most."""

from typing import Any

from accounts.models import User
from programme.releasing.queries import to_confirm
from tests.factories import NOW
from tests.nets.pages import Page

PLANNERS = frozenset({"coordinator", "quality_lead"})
OFFICERS = frozenset({"checks_officer"})


def in_doubt(world: Any) -> dict[str, Any]:
    """A place whose person's checks do not do for the visit."""
    return {"pk": world.other.invitation.pk}


def kept(world: Any) -> dict[str, Any]:
    user: User = world.coordinator
    found = to_confirm(user, NOW, limit=50)
    seen = next(each.seen for each in found if each.member.pk == world.other.invitation.pk)
    return {"note": "They will be cleared by then.", "seen": seen}


PAGES: list[Page] = [
    Page("programme:to_confirm", PLANNERS, queries=11, seen_by=("coordinator", "quality_lead")),
    Page("programme:keep", PLANNERS, kwargs=in_doubt, seen_by=("coordinator",)),
    Page("programme:keep", PLANNERS, method="POST", kwargs=in_doubt, sends=kept),
    Page("programme:take_off", PLANNERS, kwargs=in_doubt, seen_by=("coordinator",)),
    Page("programme:take_off", PLANNERS, method="POST", kwargs=in_doubt),
    Page("programme:opening", OFFICERS, queries=38, seen_by=("checks_officer",)),
]
