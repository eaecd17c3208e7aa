"""Who may open which page about the questions for visits."""

from typing import Any

from tests.nets.pages import Page

RUN = frozenset({"coordinator", "quality_lead"})
DAYS = {"began_on": ("1", "4", "2026"), "ended_on": ("15", "4", "2026")}
MADE_ON = {"made_on_day": "1", "made_on_month": "6", "made_on_year": "2026"}


def _of(name: str) -> Any:
    return lambda world: {"pk": getattr(world, name).pk}


def _group(world: Any) -> dict[str, Any]:
    days = {
        f"{name}_{part}": number
        for name, date in DAYS.items()
        for part, number in zip(("day", "month", "year"), date, strict=True)
    }
    numbers = {"meetings": "2", "users": "7", "carers": "4", "staff": "0"}
    return {"title": "Spring", "framework": world.framework.pk, **days, **numbers}


def _question(world: Any) -> dict[str, Any]:
    key_question = world.proposed.key_question
    statements = [each.pk for each in key_question.statements.all()]
    return {"words": "Is it safe?", "key_question": key_question.pk, "statements": statements}


def _form(name: str, of: str, sends: Any, queries: int | None = None) -> list[Page]:
    return [
        Page(name, RUN, kwargs=_of(of), queries=queries, seen_by=("coordinator",)),
        Page(name, RUN, method="POST", kwargs=_of(of), sends=sends),
    ]


PAGES: list[Page] = [
    Page("questions:list", RUN, queries=6, seen_by=("coordinator",)),
    Page("questions:set", RUN, kwargs=_of("question_set"), queries=9, seen_by=("coordinator",)),
    Page("questions:add-framework", RUN, seen_by=("coordinator",)),
    Page(
        "questions:add-framework", RUN, method="POST",
        sends=lambda world: {"name": "Mine", "version": "1", "lines": "Safe: Clean; Calm"},
    ),
    Page("questions:framework", RUN, kwargs=_of("framework"), queries=5, seen_by=("coordinator",)),
    Page("questions:add-group", RUN, seen_by=("coordinator",)),
    Page("questions:add-group", RUN, method="POST", sends=_group),
    Page("questions:group", RUN, kwargs=_of("group"), queries=7, seen_by=("coordinator",)),
    *_form("questions:change-group", "group", _group),
    *_form(
        "questions:propose", "group",
        lambda world: {"key_question": world.proposed.key_question_id, "words": "Is it calm?"},
    ),
    *_form(
        "questions:votes", "group",
        lambda world: {f"votes-{world.proposed.pk}": "9", f"agreed-{world.proposed.pk}": "on"},
        queries=7,
    ),
    *_form("questions:make", "group", lambda world: {"why": "They asked", **MADE_ON}, queries=8),
    *_form("questions:proposed", "proposed", _question),
    Page("questions:remove", RUN, method="POST", kwargs=_of("proposed")),
]  # fmt: skip
