"""Who may see who waits for a first visit, and help somebody to it."""

from typing import Any

from tests.nets.pages import Page

OWN = frozenset({"lxr"})
PLAN = frozenset({"coordinator", "quality_lead"})


def person(world: Any) -> dict[str, Any]:
    return {"pk": world.waiting.pk}


def been(world: Any) -> dict[str, Any]:
    return {"pk": world.reviewer.pk}


WISH = {"wish": "shadow", "how": "phone"}

PAGES: list[Page] = [
    Page("reviews:gaps", PLAN, queries=7, seen_by=("coordinator",)),
    Page(
        "reviews:gaps-ask",
        PLAN,
        method="POST",
        kwargs=lambda world: {"pk": world.uncovered.pk},
        sends=lambda world: {"how_many": "1", "waiting": "1"},
    ),
    Page("reviews:first-visits", PLAN, queries=15, seen_by=("coordinator",)),
    Page("reviews:first-visits-coming", PLAN, queries=7, seen_by=("coordinator",)),
    Page("reviews:first-visit-talks", PLAN, queries=5, seen_by=("coordinator",)),
    Page(
        "reviews:first-visit-talks",
        PLAN,
        method="POST",
        sends=lambda world: {"person": [str(world.reviewer.pk)], "why": "Before the portal"},
    ),
    Page(
        "reviews:first-visits-ask",
        PLAN,
        method="POST",
        sends=lambda world: {"person": [str(world.waiting.pk)]},
    ),
    Page("reviews:first-visit", PLAN, kwargs=person, queries=16, seen_by=("coordinator",)),
    Page("reviews:first-visit-wish", PLAN, kwargs=person, seen_by=("coordinator",)),
    Page("reviews:first-visit-wish", PLAN, method="POST", kwargs=person, sends=lambda w: WISH),
    Page("reviews:first-visit-buddy", PLAN, kwargs=person, seen_by=("coordinator",)),
    Page(
        "reviews:first-visit-buddy",
        PLAN,
        method="POST",
        kwargs=person,
        sends=lambda world: {"staff_buddy": world.staff.pk},
    ),
    Page("reviews:first-visit-talk", PLAN, kwargs=been, seen_by=("coordinator",)),
    Page("reviews:first-visit-talk", PLAN, method="POST", kwargs=been, sends=lambda world: {}),
    Page(
        "reviews:first-visit-watch",
        PLAN,
        method="POST",
        kwargs=person,
        sends=lambda world: {"review": world.uncovered.pk},
    ),
    Page("own-reviews:first-visit", OWN, queries=5, seen_by=("lxr",)),
    Page(
        "own-reviews:first-visit",
        OWN,
        method="POST",
        sends=lambda world: {"wish": "ready"},
    ),
]
