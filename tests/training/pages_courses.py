"""Who may open which page of courses and their versions."""

from typing import Any

from tests.nets.pages import Page

RUN = frozenset({"coordinator", "quality_lead"})
COURSE = {"name": "Refresher", "kind": "refresher", "lasts_months": "12"}
VERSION = {
    "made_on_day": "1",
    "made_on_month": "6",
    "made_on_year": "2026",
    "what": "A longer break.",
    "why": "People asked for it.",
}


def course(world: Any) -> dict[str, Any]:
    return {"pk": world.version.course_id}


def version(world: Any) -> dict[str, Any]:
    return {"pk": world.version.pk}


COURSES: list[Page] = [
    Page("courses:list", RUN, queries=3, seen_by=("coordinator",)),
    Page("courses:add", RUN, seen_by=("coordinator",)),
    Page("courses:add", RUN, method="POST", sends=lambda world: {**COURSE, "what": "One day."}),
    Page("courses:detail", RUN, kwargs=course, queries=4, seen_by=("coordinator",)),
    Page("courses:change", RUN, kwargs=course, seen_by=("coordinator",)),
    Page(
        "courses:change",
        RUN,
        method="POST",
        kwargs=course,
        sends=lambda world: {**COURSE, "kind": "workshop"},
    ),
    Page("courses:add-version", RUN, kwargs=course, seen_by=("coordinator",)),
    Page("courses:add-version", RUN, method="POST", kwargs=course, sends=lambda world: VERSION),
    Page("courses:version", RUN, kwargs=version, queries=9, seen_by=("coordinator",)),
]
