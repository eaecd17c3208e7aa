"""Who may open the pages on which people are asked."""

from collections.abc import Callable
from typing import Any

from tests.nets.pages import Page

PLAN = frozenset({"coordinator", "quality_lead"})


def the_line(world: Any) -> dict[str, Any]:
    return {"pk": world.review.pk}


def turn(state: str) -> Callable[[Any], dict[str, Any]]:
    return lambda world: {"pk": world.review.pk, "turn": world.turns[state].pk}


def elsewhere(world: Any) -> dict[str, Any]:
    """Somebody in the line of another visit than the address says."""
    return {"pk": world.unasked.pk, "turn": world.turns["waiting"].pk}


def invited(world: Any) -> dict[str, Any]:
    return {"pk": world.review.pk, "member": world.invitation.pk}


def not_of_this(world: Any) -> dict[str, Any]:
    return {"pk": world.unasked.pk, "member": world.invitation.pk}


PAGES: list[Page] = [
    Page("reviews:longer", PLAN, kwargs=invited, other=not_of_this, seen_by=("coordinator",)),
    Page(
        "reviews:longer",
        PLAN,
        method="POST",
        kwargs=invited,
        other=not_of_this,
        sends=lambda world: {"day_day": "1", "day_month": "7", "day_year": "2026"},
    ),
    Page(
        "reviews:reserve",
        PLAN,
        method="POST",
        kwargs=the_line,
        sends=lambda world: {"reviewer": world.candidate.pk},
    ),
    Page(
        "reviews:call-reserve",
        PLAN,
        method="POST",
        kwargs=lambda world: {"pk": world.review.pk, "member": world.reserve.pk},
        other=lambda world: {"pk": world.unasked.pk, "member": world.reserve.pk},
    ),
    Page(
        "reviews:gate-list",
        PLAN | {"visit_lead"},
        kwargs=lambda world: {"pk": world.uncovered.pk},
        other=lambda world: {"pk": world.review.pk},
        queries=6,
        seen_by=("coordinator",),
    ),
    Page("reviews:line", PLAN, kwargs=the_line, queries=15, seen_by=("coordinator",)),
    Page(
        "reviews:line",
        PLAN,
        method="POST",
        kwargs=the_line,
        sends=lambda world: {"at_once": "2", "answer_days": "5"},
    ),
    Page(
        "reviews:line-add",
        PLAN,
        method="POST",
        kwargs=the_line,
        sends=lambda world: {"person": [world.paused.pk]},
    ),
    Page("reviews:line-stop", PLAN, method="POST", kwargs=the_line),
    Page(
        "reviews:line-move",
        PLAN,
        method="POST",
        kwargs=turn("waiting"),
        other=elsewhere,
        sends=lambda world: {"to": "up"},
    ),
    Page("reviews:line-out", PLAN, method="POST", kwargs=turn("waiting"), other=elsewhere),
    Page("reviews:line-back", PLAN, method="POST", kwargs=turn("skipped"), other=elsewhere),
]
