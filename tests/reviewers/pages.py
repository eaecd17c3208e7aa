"""Who may open which page of this app."""

from typing import Any

from tests.nets.pages import Page
from tests.reviewers.pages_joining import JOINING

EDIT = frozenset({"coordinator", "quality_lead"})
SEE = EDIT | {"checks_officer", "administrator"}
OWN = frozenset({"lxr"})

SOURCE = {"source": "service"}
DETAILS = {"first_name": "Ada", "last_name": "Okoro", "phone": "1", "preferred_contact": "phone"}
AVAILABLE = {"weekdays": ["0", "2"], "visits_a_month": "1"}
AWAY = {"starts_on_day": "1", "starts_on_month": "9", "starts_on_year": "2026"}
BY_PHONE = {"how": "phone"}
EMERGENCY = {"name": "Sam Okoro", "phone": "020 7946 0002"}
NEEDS = {"kinds": ["large print", "breaks"], "words": "A quiet room"}


def person(world: Any) -> dict[str, Any]:
    return {"pk": world.reviewer.pk}


def paused(world: Any) -> dict[str, Any]:
    return {"pk": world.paused.pk}


def in_directorate(world: Any) -> dict[str, Any]:
    return {"directorate": world.directorate.pk}


def nothing(world: Any) -> dict[str, Any]:
    return {}


def own(
    name: str, sends: Any = None, queries: int | None = None, kwargs: Any = nothing
) -> list[Page]:
    """The rows of one of a person's own pages that is opened and, with ``sends``, sent."""
    rows = [Page(name, OWN, kwargs=kwargs, queries=queries, seen_by=("lxr",))]
    if sends is None:
        return rows
    given = sends if callable(sends) else lambda world: sends
    return [*rows, Page(name, OWN, method="POST", kwargs=kwargs, sends=given)]


def for_them(name: str, sends: Any, kwargs: Any = person) -> list[Page]:
    """The rows of a form that a coordinator fills in for a person."""
    return [
        Page(name, EDIT, kwargs=kwargs, seen_by=("coordinator",)),
        Page(
            name,
            EDIT,
            method="POST",
            kwargs=kwargs,
            sends=sends if callable(sends) else lambda world: sends,
        ),
    ]


def knows(world: Any) -> dict[str, Any]:
    """One more kind of service that the person knows."""
    which = world.secure_directorate.pk
    return {"which": which, "kinds": ["carer"], "agrees": "on", **BY_PHONE}


def of_experience(name: str) -> list[Page]:
    """Keep or remove what we were told, on both doors; never somebody else's."""
    return [
        Page(
            f"own-reviewers:{name}",
            OWN,
            method="POST",
            kwargs=lambda world: {"pk": world.experience.pk},
            other=lambda world: {"pk": world.other.experience.pk},
        ),
        Page(
            f"reviewers:{name}",
            EDIT,
            method="POST",
            kwargs=lambda world: person(world) | {"experience": world.experience.pk},
            other=lambda world: person(world) | {"experience": world.other.experience.pk},
            sends=lambda world: BY_PHONE,
        ),
    ]


PAGES: list[Page] = [
    *JOINING,
    Page("reviewers:list", SEE, queries=4, seen_by=("coordinator", "checks_officer")),
    Page("reviewers:add", EDIT, seen_by=("coordinator",)),
    Page("reviewers:add", EDIT, method="POST", sends=lambda world: DETAILS | SOURCE),
    Page("reviewers:leave", EDIT, kwargs=person, seen_by=("coordinator",)),
    Page(
        "reviewers:leave",
        EDIT,
        method="POST",
        kwargs=person,
        sends=lambda world: {"why": "not said"},
    ),
    Page(
        "reviewers:detail",
        SEE,
        kwargs=person,
        queries=20,
        seen_by=("coordinator", "checks_officer", "administrator"),
    ),
    Page(
        "reviewers:story",
        SEE,
        kwargs=person,
        queries=12,
        seen_by=("coordinator", "checks_officer", "administrator"),
    ),
    *for_them("reviewers:details", DETAILS | BY_PHONE | {"email": "ada@example.org"}),
    *for_them("reviewers:availability", AVAILABLE | BY_PHONE),
    *for_them("reviewers:away", AWAY | BY_PHONE),
    *for_them("reviewers:emergency", BY_PHONE | EMERGENCY),
    Page("reviewers:places", EDIT, kwargs=person, queries=6, seen_by=("coordinator",)),
    *for_them(
        "reviewers:exclusions", BY_PHONE, lambda world: person(world) | in_directorate(world)
    ),
    *for_them("reviewers:access-needs", BY_PHONE | NEEDS),
    *for_them("reviewers:sharing", BY_PHONE | {"kinds": ["breaks"]}),
    *for_them("reviewers:experience", knows),
    *of_experience("keep-experience"),
    *of_experience("remove-experience"),
    Page("reviewers:remove-all-experience", EDIT, method="POST", kwargs=person),
    Page("reviewers:changes", EDIT, kwargs=person, queries=6, seen_by=("coordinator",)),
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
    *own("own-reviewers:menu", queries=6),
    *own("own-reviewers:details", DETAILS),
    *own("own-reviewers:availability", AVAILABLE),
    *own("own-reviewers:away", AWAY),
    *own("own-reviewers:emergency", EMERGENCY),
    *own("own-reviewers:places", queries=6),
    *own("own-reviewers:exclusions", {}, kwargs=in_directorate),
    *own("own-reviewers:access-needs", NEEDS),
    *own("own-reviewers:sharing", {"kinds": ["breaks"]}),
    *own("own-reviewers:experience", knows),
    Page("own-reviewers:remove-all-experience", OWN, method="POST"),
    *own("own-reviewers:changes", queries=6),
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
