"""Who may open which page about changes that are tried."""

from typing import Any

from tests.nets.pages import Page

RUN = frozenset({"coordinator", "quality_lead"})
OWN = frozenset({"lxr"})
TODAY = {"day": "10", "month": "6", "year": "2026"}


def _of(name: str) -> Any:
    return lambda world: {"pk": getattr(world, name).pk}


def _day(field: str) -> dict[str, str]:
    return {f"{field}_{part}": number for part, number in TODAY.items()}


def _plan(world: Any) -> dict[str, Any]:
    return {
        "title": "Longer breaks", "about": "questions", "staff": "Kim Shaw", "lxrs": "LXR-W1",
        "idea": "Longer breaks", "prediction": "Less tired", "measure": "Ratings",
        **_day("planned_on"),
    }  # fmt: skip


def _form(name: str, cycle: str, sends: Any, *, queries: int | None = None) -> list[Page]:
    return [
        Page(name, RUN, kwargs=_of(cycle), queries=queries, seen_by=("coordinator",)),
        Page(name, RUN, method="POST", kwargs=_of(cycle), sends=sends),
    ]


PAGES: list[Page] = [
    Page("cycles:board", RUN, queries=5, seen_by=("coordinator",)),
    Page("cycles:all", RUN, queries=6, seen_by=("coordinator",)),
    Page("cycles:add", RUN, seen_by=("coordinator",)),
    Page("cycles:add", RUN, method="POST", sends=_plan),
    Page("cycles:detail", RUN, kwargs=_of("adopted"), queries=11, seen_by=("coordinator",)),
    *_form("cycles:owners", "cycle", _plan),
    *_form("cycles:plan", "cycle", _plan),
    *_form(
        "cycles:do", "cycle",
        lambda world: {"sessions": [world.session.pk], "what_happened": "So", **_day("done_on")},
    ),
    *_form(
        "cycles:study", "tried", lambda world: {"learnt": "It helps", **_day("studied_on")},
        queries=11,
    ),
    *_form(
        "cycles:act", "tried",
        lambda world: {"outcome": "abandon", "decision": "Too dear", **_day("acted_on")},
    ),
    *_form(
        "cycles:version", "adopted",
        lambda world: {"what": "Longer breaks", "why": "They asked", **_day("made_on")},
    ),
    Page("own-cycles:list", OWN, queries=4, seen_by=("lxr",)),
    Page(
        "own-cycles:detail", OWN, kwargs=_of("cycle"), other=_of("tried"), queries=10,
        seen_by=("lxr",),
    ),
    Page(
        "own-cycles:detail", OWN, method="POST", kwargs=_of("cycle"), other=_of("tried"),
        sends=lambda world: {"words": "It helps"},
    ),
]  # fmt: skip
