"""Who may plan, keep lines and ask from a plan."""

from typing import Any

from tests.nets.pages import Page

PLAN = frozenset({"coordinator", "quality_lead"})
OWN_PLAN = frozenset({"coordinator"})  # who had it worked out


def unasked(world: Any) -> dict[str, Any]:
    return {"pk": world.unasked.pk}


PAGES: list[Page] = [
    Page("reviews:plan", PLAN, queries=40, seen_by=("coordinator",)),
    Page("reviews:plan-work-out", PLAN, method="POST"),
    Page(
        "reviews:plan-made",
        OWN_PLAN,
        kwargs=lambda world: {"pk": world.plan_made.pk},
        other=lambda world: {"pk": world.other.plan_made.pk},
        queries=9,
        seen_by=("coordinator",),
    ),
    Page(
        "reviews:plan-ask",
        PLAN,
        method="POST",
        sends=lambda world: {"line": [f"{world.other.review.pk}-{world.candidate.pk}"]},
    ),
    Page(
        "reviews:plan-asked",
        OWN_PLAN,
        kwargs=lambda world: {"pk": world.plan_asked.pk},
        other=lambda world: {"pk": world.other.plan_asked.pk},
        queries=5,
        seen_by=("coordinator",),
    ),
    Page(
        "reviews:plan-keep",
        PLAN,
        method="POST",
        sends=lambda world: {"review": world.unasked.pk, "person": world.candidate.pk},
    ),
    Page("reviews:plan-let-go", PLAN, method="POST", kwargs=lambda world: {"pk": world.kept.pk}),
    Page("reviews:plan-change", PLAN, kwargs=unasked, queries=38, seen_by=("coordinator",)),
]
