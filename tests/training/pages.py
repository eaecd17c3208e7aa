"""Who may open which page of this app."""

from tests.nets.pages import Page
from tests.training.pages_courses import COURSES
from tests.training.pages_cycles import PAGES as CYCLES
from tests.training.pages_library import PAGES as LIBRARY
from tests.training.pages_places import PLACES
from tests.training.pages_questions import PAGES as QUESTIONS
from tests.training.pages_said import PAGES as SAID

RUN = frozenset({"coordinator", "quality_lead"})
OWN = frozenset({"lxr"})

PAGES: list[Page] = [
    Page("training:list", RUN, queries=4, seen_by=("coordinator",)),
    Page("training:add", RUN, seen_by=("coordinator",)),
    Page(
        "training:add",
        RUN,
        method="POST",
        sends=lambda world: {
            "code": "TW9",
            "version": world.version.pk,
            "title": "LXR workshop",
            "held_on_day": "1",
            "held_on_month": "9",
            "held_on_year": "2026",
        },
    ),
    Page(
        "training:detail",
        RUN,
        kwargs=lambda world: {"pk": world.coming_session.pk},
        queries=9,
        seen_by=("coordinator",),
    ),
    Page(
        "training:change",
        RUN,
        kwargs=lambda world: {"pk": world.coming_session.pk},
        seen_by=("coordinator",),
    ),
    Page(
        "training:change",
        RUN,
        method="POST",
        kwargs=lambda world: {"pk": world.coming_session.pk},
        sends=lambda world: {
            "code": "TW2",
            "version": world.version.pk,
            "title": "LXR workshop",
            "held_on_day": "1",
            "held_on_month": "9",
            "held_on_year": "2026",
        },
    ),
    Page(
        "training:book",
        RUN,
        method="POST",
        kwargs=lambda world: {"pk": world.coming_session.pk},
        sends=lambda world: {"person": world.candidate.pk},
    ),
    Page(
        "training:cancel",
        RUN,
        method="POST",
        kwargs=lambda world: {"pk": world.booked_place.pk},
    ),
    Page(
        "training:attendance",
        RUN,
        kwargs=lambda world: {"pk": world.past_session.pk},
        queries=5,
        seen_by=("coordinator",),
    ),
    Page(
        "training:attendance",
        RUN,
        method="POST",
        kwargs=lambda world: {"pk": world.past_session.pk},
        sends=lambda world: {f"place-{world.place_to_record.pk}": "yes"},
    ),
    Page("own-training:list", OWN, queries=9, seen_by=("lxr",)),
    Page(
        "own-training:cancel",
        OWN,
        method="POST",
        kwargs=lambda world: {"pk": world.own_booked_place.pk},
        other=lambda world: {"pk": world.booked_place.pk},
    ),
    *COURSES,
    *PLACES,
    *SAID,
    *CYCLES,
    *QUESTIONS,
    *LIBRARY,
]
