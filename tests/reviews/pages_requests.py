"""Who may open the pages on what people would like on a visit."""

from typing import Any

from tests.nets.pages import Page

OWN = frozenset({"lxr"})
PLAN = frozenset({"coordinator", "quality_lead"})


def invitation(world: Any) -> dict[str, Any]:
    return {"pk": world.invitation.pk}


def others(world: Any) -> dict[str, Any]:
    return {"pk": world.other.invitation.pk}


def asked(world: Any) -> dict[str, Any]:
    return {"pk": world.visit_request.pk}


def invited(world: Any) -> dict[str, Any]:
    return {"pk": world.review.pk, "member": world.invitation.pk}


def elsewhere(world: Any) -> dict[str, Any]:
    """An invitation that belongs to another review than the address says."""
    return {"pk": world.review.pk, "member": world.other.invitation.pk}


PAGES: list[Page] = [
    Page("own-reviews:request", OWN, kwargs=invitation, other=others, seen_by=("lxr",)),
    Page(
        "own-reviews:request",
        OWN,
        method="POST",
        kwargs=invitation,
        other=others,
        sends=lambda world: {"kind": "companion"},
    ),
    Page("reviews:requests", PLAN, queries=3, seen_by=("coordinator",)),
    Page("reviews:request", PLAN, kwargs=asked, seen_by=("coordinator",)),
    Page(
        "reviews:request",
        PLAN,
        method="POST",
        kwargs=asked,
        sends=lambda world: {"answer": "met", "words": "Kim goes with you"},
    ),
    Page("reviews:request-for", PLAN, kwargs=invited, other=elsewhere, seen_by=("coordinator",)),
    Page(
        "reviews:request-for",
        PLAN,
        method="POST",
        kwargs=invited,
        other=elsewhere,
        sends=lambda world: {"kind": "companion", "how": "phone"},
    ),
]
