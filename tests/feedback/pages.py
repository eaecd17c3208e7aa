"""Who may open which page of this app."""

from typing import Any

from django.urls import reverse

from tests.nets.pages import EVERYONE, Page

SEE = frozenset({"coordinator", "quality_lead"})
OWN = frozenset({"lxr"})
ANSWER = {"support_on_visit": "9", "may_quote": "no"}


def _open_link(world: Any) -> str:
    return reverse("feedback:open", args=[world.secret])


PAGES: list[Page] = [
    Page("feedback:list", SEE, queries=4, seen_by=("coordinator", "quality_lead")),
    Page("feedback:waiting", SEE, queries=5, seen_by=("coordinator",)),
    Page("feedback:ask", SEE, method="POST", kwargs=lambda world: {"pk": world.completed.pk}),
    Page(
        "feedback:record",
        SEE,
        kwargs=lambda world: {"pk": world.asking.pk},
        seen_by=("coordinator",),
    ),
    Page(
        "feedback:record",
        SEE,
        method="POST",
        kwargs=lambda world: {"pk": world.asking.pk},
        sends=lambda world: {"impact": "9", "may_quote": "no", "how": "phone"},
    ),
    Page("feedback:again", SEE, method="POST", kwargs=lambda world: {"pk": world.asking.pk}),
    Page(
        "feedback:approve",
        frozenset({"quality_lead"}),
        method="POST",
        kwargs=lambda world: {"pk": world.answer.pk},
    ),
    Page(
        "feedback:withdraw",
        frozenset({"quality_lead"}),
        method="POST",
        kwargs=lambda world: {"pk": world.approved_answer.pk},
    ),
    Page("feedback:open", EVERYONE, kwargs=lambda world: {"secret": world.secret}),
    Page("feedback:answer", EVERYONE, after=_open_link, seen_by=("anonymous",)),
    Page("feedback:answer", EVERYONE, method="POST", after=_open_link),
    Page("feedback:thanks", EVERYONE, seen_by=("anonymous",)),
    Page("own-feedback:list", OWN, queries=4, seen_by=("lxr",)),
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
]
