"""Who may open which page of this app."""

from typing import Any

from django.urls import reverse

from tests.nets.pages import EVERYONE, Page

SEE = frozenset({"coordinator", "quality_lead"})
LEAD = frozenset({"quality_lead"})
OWN = frozenset({"lxr"})
ANSWER = {"support_on_visit": "9", "quote_as": "no"}
WORDING = {"words": "What should we keep?", "help": ""}


def _open_link(world: Any) -> str:
    return reverse("feedback:open", args=[world.secret])


def _open_words(world: Any) -> str:
    return reverse("feedback:open-words", args=[world.withdrawal])


def _asking(world: Any) -> dict[str, Any]:
    return {"pk": world.asking.pk}


def _concern(world: Any) -> dict[str, Any]:
    return {"pk": world.concern.pk}


def _draft(world: Any) -> dict[str, Any]:
    return {"pk": world.draft.pk}


def _question(world: Any) -> dict[str, Any]:
    return {"pk": world.draft_question.pk}


PAGES: list[Page] = [
    Page("feedback:list", SEE, queries=6, seen_by=("coordinator", "quality_lead")),
    Page("feedback:waiting", SEE, queries=5, seen_by=("coordinator",)),
    Page("feedback:ask", SEE, method="POST", kwargs=lambda world: {"pk": world.completed.pk}),
    Page("feedback:record", SEE, kwargs=_asking, seen_by=("coordinator",)),
    Page(
        "feedback:record",
        SEE,
        method="POST",
        kwargs=_asking,
        sends=lambda world: {"impact": "9", "quote_as": "no", "how": "phone"},
    ),
    Page("feedback:again", SEE, method="POST", kwargs=_asking),
    Page("feedback:revoke", SEE, method="POST", kwargs=_asking),
    Page("feedback:decline", SEE, method="POST", kwargs=_asking),
    Page("feedback:concerns", SEE, queries=6, seen_by=("coordinator",)),
    Page("feedback:concern", SEE, kwargs=_concern, queries=5, seen_by=("coordinator",)),
    Page("feedback:in-touch", SEE, method="POST", kwargs=_concern),
    Page("feedback:comments", LEAD, queries=4, seen_by=("quality_lead",)),
    Page(
        "feedback:comment",
        LEAD,
        kwargs=lambda world: {"key": world.remark.pk},
        queries=7,
        seen_by=("quality_lead",),
    ),
    Page(
        "feedback:comment",
        LEAD,
        method="POST",
        kwargs=lambda world: {"key": world.remark.pk},
        sends=lambda world: {"use": "no", "pass_to": "", "themes": world.theme.pk},
    ),
    Page("feedback:themes", SEE, queries=4, seen_by=("coordinator", "quality_lead")),
    Page("feedback:add-theme", LEAD, seen_by=("quality_lead",)),
    Page("feedback:add-theme", LEAD, method="POST", sends=lambda world: {"name": "Food"}),
    Page(
        "feedback:theme",
        LEAD,
        kwargs=lambda world: {"pk": world.theme.pk},
        seen_by=("quality_lead",),
    ),
    Page(
        "feedback:theme",
        LEAD,
        method="POST",
        kwargs=lambda world: {"pk": world.theme.pk},
        sends=lambda world: {"name": "Being heard"},
    ),
    Page("feedback:quotes", SEE, queries=6, seen_by=("coordinator", "quality_lead")),
    Page("feedback:withdraw", LEAD, method="POST", kwargs=lambda world: {"key": world.quote.pk}),
    Page("feedback:take-back", SEE, method="POST", kwargs=lambda world: {"key": world.answer.pk}),
    Page("feedback:forms", LEAD, queries=3, seen_by=("quality_lead",)),
    Page("feedback:form", LEAD, kwargs=_draft, queries=4, seen_by=("quality_lead",)),
    Page("feedback:preview", LEAD, kwargs=_draft, queries=4, seen_by=("quality_lead",)),
    Page("feedback:start-form", LEAD, method="POST", kwargs=lambda world: {"pk": world.form.pk}),
    Page(
        "feedback:add-question",
        LEAD,
        kwargs=lambda world: {"pk": world.draft.pk, "kind": "rating"},
        seen_by=("quality_lead",),
    ),
    Page(
        "feedback:add-question",
        LEAD,
        method="POST",
        kwargs=lambda world: {"pk": world.draft.pk, "kind": "words"},
        sends=lambda world: WORDING,
    ),
    Page("feedback:question", LEAD, kwargs=_question, seen_by=("quality_lead",)),
    Page("feedback:question", LEAD, method="POST", kwargs=_question, sends=lambda world: WORDING),
    Page(
        "feedback:move-question",
        LEAD,
        method="POST",
        kwargs=_question,
        sends=lambda world: {"way": "up"},
    ),
    Page("feedback:remove-question", LEAD, method="POST", kwargs=_question),
    Page("feedback:publish", LEAD, method="POST", kwargs=_draft),
    Page("feedback:discard", LEAD, method="POST", kwargs=_draft),
    Page("feedback:open", EVERYONE, kwargs=lambda world: {"secret": world.secret}),
    Page("feedback:answer", EVERYONE, after=_open_link, seen_by=("anonymous",)),
    Page(
        "feedback:answer",
        EVERYONE,
        method="POST",
        after=_open_link,
        sends=lambda world: {"told": "alone", "impact": "9", "quote_as": "role"},
    ),
    Page("feedback:thanks", EVERYONE, seen_by=("anonymous",)),
    Page("feedback:open-words", EVERYONE, kwargs=lambda world: {"secret": world.withdrawal}),
    Page("feedback:words", EVERYONE, after=_open_words, seen_by=("anonymous",)),
    Page(
        "feedback:words",
        EVERYONE,
        method="POST",
        after=_open_words,
        sends=lambda world: {"quote_as": "no"},
    ),
    Page("own-feedback:list", OWN, queries=5, seen_by=("lxr",)),
    Page(
        "own-feedback:form",
        OWN,
        kwargs=lambda world: {"pk": world.own_asking.pk},
        other=lambda world: {"pk": world.other.asking.pk},
        seen_by=("lxr",),
    ),
    Page(
        "own-feedback:form",
        OWN,
        method="POST",
        kwargs=lambda world: {"pk": world.own_asking.pk},
        other=lambda world: {"pk": world.other.asking.pk},
        sends=lambda world: ANSWER,
    ),
    Page(
        "own-feedback:words",
        OWN,
        kwargs=lambda world: {"key": world.own_answer.pk},
        other=lambda world: {"key": world.other.answer.pk},
        seen_by=("lxr",),
    ),
    Page(
        "own-feedback:words",
        OWN,
        method="POST",
        kwargs=lambda world: {"key": world.own_answer.pk},
        other=lambda world: {"key": world.other.answer.pk},
        sends=lambda world: {"quote_as": "role"},
    ),
]
