"""Who may open which page of this app."""

from collections.abc import Callable
from typing import Any

from checks.work import KINDS
from tests.nets.pages import Page

OFFICER = frozenset({"checks_officer"})
SECOND = frozenset({"second_approver"})
OWN = frozenset({"lxr"})


def of(name: str) -> Callable[[Any], dict[str, Any]]:
    """The id of this thing of the world."""
    return lambda world: {"pk": getattr(world, name).pk}


FORMS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "ask": of("reviewer"),
    "application": of("reviewer"),
    "clearance": of("reviewer"),
    "clearance_change": of("clearance"),
    "ticks": of("clearance"),
    "id_check": of("asked_check"),
    "documents": of("asked_check"),
    "apply": of("seen_check"),
    "remind": of("awaiting_check"),
    "certificate": of("awaiting_check"),
    "settle": of("waiting_check"),
    "consent": of("check"),
    "status": lambda world: {"pk": world.other.check.pk},
    "owner": of("undecided_assessment"),
    "decide": of("undecided_assessment"),
    "conditions": of("missing_assessment"),
    "told": of("decided_assessment"),
    "reconsider": of("assessment"),
}

PAGES: list[Page] = [
    Page("checks:purpose", OFFICER | SECOND, seen_by=("checks_officer",)),
    Page(
        "checks:purpose",
        OFFICER | SECOND,
        method="POST",
        sends=lambda world: {"purpose": "chasing"},
    ),
    Page("checks:list", OFFICER, queries=4, seen_by=("checks_officer",)),
    Page(
        "checks:kind",
        OFFICER,
        kwargs=lambda world: {"key": KINDS[0].key},
        queries=4,
        seen_by=("checks_officer",),
    ),
    Page(
        "checks:person",
        OFFICER,
        kwargs=lambda world: {"pk": world.other.reviewer.pk},
        queries=10,
        seen_by=("checks_officer",),
    ),
    *(
        page
        for name, kwargs in FORMS.items()
        for page in (
            Page(f"checks:{name}", OFFICER, kwargs=kwargs, seen_by=("checks_officer",)),
            Page(f"checks:{name}", OFFICER, method="POST", kwargs=kwargs),
        )
    ),
    Page(
        "checks:withdraw",
        OFFICER,
        method="POST",
        kwargs=lambda world: {"pk": world.awaiting_check.pk},
    ),
    Page(
        "checks:end_consent",
        OFFICER,
        method="POST",
        kwargs=lambda world: {"pk": world.other.check.pk},
    ),
    Page("checks:approvals", SECOND, queries=5, seen_by=("second_approver",)),
    Page(
        "checks:approve",
        SECOND,
        method="POST",
        kwargs=lambda world: {"pk": world.decided_assessment.pk},
    ),
    Page(
        "checks:return",
        SECOND,
        method="POST",
        kwargs=lambda world: {"pk": world.decided_assessment.pk},
    ),
    Page("own-checks:list", OWN, queries=6, seen_by=("lxr",)),
]
