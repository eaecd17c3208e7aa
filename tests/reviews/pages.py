"""Who may open which page of this app."""

from typing import Any

from tests.nets.pages import Page
from tests.reviews import pages_asking, pages_first_visits, pages_own, pages_planner, pages_requests

PLAN = frozenset({"coordinator", "quality_lead"})
SEE = PLAN | {"visit_lead"}
LEAD = frozenset({"visit_lead"})  # who is on the team; a coordinator who is would see it, too

DETAILS = {"meet_at": "Main reception", "staff_wanted": "1", "lxrs_wanted": "2"}
TIMES = {"starts_at": "9:30am", "ends_at": "3:30pm"}
NEW_DAY = {"to_day_day": "1", "to_day_month": "9", "to_day_year": "2026"}


def coming(world: Any) -> dict[str, Any]:
    return {"pk": world.review.pk}


def invited(world: Any) -> dict[str, Any]:
    return {"pk": world.review.pk, "member": world.invitation.pk}


def elsewhere(world: Any) -> dict[str, Any]:
    """An invitation that belongs to another review than the address says."""
    return {"pk": world.review.pk, "member": world.other.invitation.pk}


def lead(world: Any) -> dict[str, Any]:
    return {"pk": world.review.pk, "member": world.review.team.get(role="lead").pk}


def details(world: Any, reference: str) -> dict[str, Any]:
    return {**DETAILS, **TIMES, "reference": reference, "service": world.service.pk}


def new_review(world: Any) -> dict[str, Any]:
    day = {"visit_on_day": "1", "visit_on_month": "9", "visit_on_year": "2026"}
    return details(world, "R-NEW") | day


PAGES: list[Page] = [
    Page("reviews:list", SEE, queries=6, seen_by=("coordinator", "visit_lead")),
    Page(
        "reviews:detail",
        SEE,
        kwargs=coming,
        queries=16,
        seen_by=("coordinator", "visit_lead"),
    ),
    Page(
        "reviews:detail",
        SEE,
        about="completed, with who was asked for feedback",
        kwargs=lambda world: {"pk": world.completed.pk},
        queries=12,
        seen_by=("coordinator",),
    ),
    Page("reviews:due", PLAN, queries=5, seen_by=("coordinator",)),
    Page("reviews:due-days", PLAN),
    Page(
        "reviews:due-days",
        PLAN,
        method="POST",
        sends=lambda world: {
            "quarter": "2026-q3",
            "service": world.due_service.pk,
            f"day_{world.due_service.pk}": "2026-10-06",
        },
    ),
    Page("reviews:month", SEE, queries=4, seen_by=("coordinator", "visit_lead")),
    Page(
        "reviews:month-of",
        SEE,
        kwargs=lambda world: {"key": f"{world.review.visit_on:%Y-%m}"},
        queries=4,
        seen_by=("coordinator", "visit_lead"),
    ),
    Page("reviews:add", PLAN, seen_by=("coordinator",)),
    Page("reviews:add", PLAN, method="POST", sends=new_review),
    Page("reviews:change", PLAN, kwargs=coming, seen_by=("coordinator",)),
    Page(
        "reviews:change",
        PLAN,
        method="POST",
        kwargs=coming,
        sends=lambda world: details(world, world.review.reference),
    ),
    Page("reviews:confirm", PLAN, method="POST", kwargs=coming),
    Page("reviews:postpone", PLAN, kwargs=coming, seen_by=("coordinator",)),
    Page(
        "reviews:postpone", PLAN, method="POST", kwargs=coming, sends=lambda world: TIMES | NEW_DAY
    ),
    Page("reviews:cancel", PLAN, kwargs=coming, seen_by=("coordinator",)),
    Page("reviews:cancel", PLAN, method="POST", kwargs=coming),
    Page(
        "reviews:invite",
        PLAN,
        method="POST",
        kwargs=coming,
        sends=lambda world: {"reviewer": world.candidate.pk},
    ),
    Page("reviews:staff", PLAN, kwargs=coming, seen_by=("coordinator",)),
    Page(
        "reviews:staff",
        PLAN,
        method="POST",
        kwargs=coming,
        sends=lambda world: {"staff": world.other_staff.pk, "role": "staff"},
    ),
    Page("reviews:cannot-come", LEAD, kwargs=coming, seen_by=("visit_lead",)),
    Page("reviews:cannot-come", LEAD, method="POST", kwargs=coming),
    Page("reviews:answer", PLAN, kwargs=invited, other=elsewhere, seen_by=("coordinator",)),
    Page(
        "reviews:answer",
        PLAN,
        method="POST",
        kwargs=invited,
        other=elsewhere,
        sends=lambda world: {"answer": "accepted", "how": "phone"},
    ),
    Page("reviews:withdraw", PLAN, kwargs=invited, other=elsewhere, seen_by=("coordinator",)),
    Page("reviews:withdraw", PLAN, method="POST", kwargs=invited, other=elsewhere),
    Page("reviews:replace", PLAN, kwargs=invited, other=elsewhere, seen_by=("coordinator",)),
    Page(
        "reviews:replace",
        PLAN,
        method="POST",
        kwargs=invited,
        other=elsewhere,
        sends=lambda world: {"reviewer": world.candidate.pk},
    ),
    Page("reviews:remove-staff", PLAN, method="POST", kwargs=lead, other=elsewhere),
    *pages_asking.PAGES,
    *pages_first_visits.PAGES,
    *pages_own.PAGES,
    *pages_planner.PAGES,
    *pages_requests.PAGES,
]
