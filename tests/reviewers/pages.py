"""Who may open which page of this app."""

from typing import Any

from tests.nets.pages import Page

EDIT = frozenset({"coordinator", "quality_lead"})
SEE = EDIT | {"checks_officer", "administrator"}
OWN = frozenset({"lxr"})

DETAILS = {"first_name": "Ada", "last_name": "Okoro", "phone": "1", "preferred_contact": "phone"}
AVAILABLE = {"weekdays": ["0", "2"], "visits_a_month": "1"}
AWAY = {"starts_on_day": "1", "starts_on_month": "9", "starts_on_year": "2026"}
BY_PHONE = {"how": "phone"}


def person(world: Any) -> dict[str, Any]:
    return {"pk": world.reviewer.pk}


def paused(world: Any) -> dict[str, Any]:
    return {"pk": world.paused.pk}


def own(name: str, sends: Any = None, queries: int | None = None) -> list[Page]:
    """The rows of one of a person's own pages that is opened and, with ``sends``, sent."""
    rows = [Page(name, OWN, queries=queries, seen_by=("lxr",))]
    return rows + ([] if sends is None else [Page(name, OWN, method="POST", sends=lambda w: sends)])


def for_them(name: str, sends: Any, kwargs: Any = person) -> list[Page]:
    """The rows of a form that a coordinator fills in for a person."""
    return [
        Page(name, EDIT, kwargs=kwargs, seen_by=("coordinator",)),
        Page(name, EDIT, method="POST", kwargs=kwargs, sends=lambda world: sends),
    ]


PAGES: list[Page] = [
    Page("reviewers:list", SEE, queries=4, seen_by=("coordinator", "checks_officer")),
    Page("reviewers:add", EDIT, seen_by=("coordinator",)),
    Page("reviewers:add", EDIT, method="POST", sends=lambda world: DETAILS),
    Page(
        "reviewers:detail",
        SEE,
        kwargs=person,
        queries=12,
        seen_by=("coordinator", "checks_officer", "administrator"),
    ),
    *for_them("reviewers:details", DETAILS | BY_PHONE | {"email": "ada@example.org"}),
    *for_them("reviewers:availability", AVAILABLE | BY_PHONE),
    *for_them("reviewers:away", AWAY | BY_PHONE),
    *for_them("reviewers:exclusions", BY_PHONE),
    *for_them("reviewers:access-needs", BY_PHONE | {"words": "Large print"}),
    *for_them("reviewers:experience", BY_PHONE | {"experience": "carer"}),
    *for_them("reviewers:pause", BY_PHONE),
    *for_them("reviewers:come-back", BY_PHONE, paused),
    *for_them("reviewers:stage", {"to": "training", "reason": "Asked"}),
    Page(
        "reviewers:remove-away",
        EDIT,
        method="POST",
        kwargs=lambda world: {"pk": world.reviewer.pk, "away": world.time_away.pk},
        other=lambda world: {"pk": world.reviewer.pk, "away": world.other.time_away.pk},
    ),
    Page("reviewers:account", EDIT, method="POST", kwargs=person),
    *own("own-reviewers:menu", queries=4),
    *own("own-reviewers:details", DETAILS),
    *own("own-reviewers:availability", AVAILABLE),
    *own("own-reviewers:away", AWAY),
    *own("own-reviewers:exclusions", {}),
    *own("own-reviewers:access-needs", {"words": "Large print"}),
    *own("own-reviewers:experience", {"experience": "carer"}),
    *own("own-reviewers:pause", {}),
    *own("own-reviewers:pause-until", {}),
    Page("own-reviewers:come-back", OWN, method="POST"),
    Page(
        "own-reviewers:remove-away",
        OWN,
        method="POST",
        kwargs=lambda world: {"pk": world.time_away.pk},
        other=lambda world: {"pk": world.other.time_away.pk},
    ),
]
