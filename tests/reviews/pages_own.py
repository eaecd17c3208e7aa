"""Who may open an LXR's own visits, and the pages of a visit that is over."""

from typing import Any

from reviews.feeds.addresses import secret_of
from tests.nets.pages import EVERYONE, Page

OWN = frozenset({"lxr"})
PLAN = frozenset({"coordinator", "quality_lead"})
ADMINISTRATORS = frozenset({"administrator"})
RECORD = PLAN | {"visit_lead"}


def invitation(world: Any) -> dict[str, Any]:
    return {"pk": world.invitation.pk}


def declined(world: Any) -> dict[str, Any]:
    return {"pk": world.declined.pk}


def others(world: Any) -> dict[str, Any]:
    return {"pk": world.other.invitation.pk}


def to_record(world: Any) -> dict[str, Any]:
    return {"pk": world.to_record.pk}


def everyone_came(world: Any) -> dict[str, Any]:
    return {f"member_{member.pk}": "came" for member in world.to_record.team.all()}


def question(world: Any) -> dict[str, Any]:
    return {"pk": world.question.pk}


PAGES: list[Page] = [
    Page("own-reviews:next", OWN, queries=12, seen_by=("lxr",)),
    Page("own-reviews:visits", OWN, queries=6, seen_by=("lxr",)),
    Page("own-reviews:visit", OWN, kwargs=invitation, other=others, queries=9, seen_by=("lxr",)),
    Page(
        "own-reviews:answer",
        OWN,
        method="POST",
        kwargs=invitation,
        other=others,
        sends=lambda world: {"answer": "accepted"},
    ),
    Page("own-reviews:why-not", OWN, kwargs=declined, other=others, seen_by=("lxr",)),
    Page(
        "own-reviews:why-not",
        OWN,
        method="POST",
        kwargs=declined,
        other=others,
        sends=lambda world: {"why": "day"},
    ),
    Page("own-reviews:question", OWN, kwargs=invitation, other=others, seen_by=("lxr",)),
    Page(
        "own-reviews:question",
        OWN,
        method="POST",
        kwargs=invitation,
        other=others,
        sends=lambda world: {"words": "Is there parking?"},
    ),
    Page("own-reviews:calendar", OWN, kwargs=invitation, other=others),
    Page(
        "own-reviews:to-ask",
        OWN,
        kwargs=lambda world: {"pk": world.membership.pk},
        other=lambda world: {"pk": world.other.membership.pk},
        queries=9,
        seen_by=("lxr",),
    ),
    Page("own-reviews:feed", OWN, queries=4, seen_by=("lxr",)),
    Page("own-reviews:feed", OWN, method="POST", sends=lambda world: {"to": "make"}),
    Page("reviews:feed", RECORD, queries=4, seen_by=("coordinator", "visit_lead")),
    Page("reviews:feed", RECORD, method="POST", sends=lambda world: {"to": "stop"}),
    Page("calendar", EVERYONE, kwargs=lambda world: {"secret": secret_of(world.feed)}),
    Page(
        "calendar",
        EVERYONE,
        kwargs=lambda world: {"secret": secret_of(world.team_feed)},
        about="of the team",
    ),
    Page("reviews:team-feed", ADMINISTRATORS, queries=3, seen_by=("administrator",)),
    Page("reviews:team-feed", ADMINISTRATORS, method="POST", sends=lambda world: {"to": "off"}),
    Page("reviews:questions", PLAN, queries=5, seen_by=("coordinator",)),
    Page(
        "reviews:questions",
        PLAN,
        method="POST",
        sends=lambda world: {"review": [world.other.review.pk]},
    ),
    Page(
        "reviews:to-ask",
        RECORD,
        kwargs=to_record,
        queries=12,
        seen_by=("coordinator", "visit_lead"),
    ),
    Page(
        "reviews:to-ask",
        PLAN,
        method="POST",
        kwargs=to_record,
        sends=lambda world: {"question_set": world.question_set.pk},
    ),
    Page("reviews:record", RECORD, kwargs=to_record, seen_by=("visit_lead", "coordinator")),
    Page("reviews:record", RECORD, method="POST", kwargs=to_record, sends=everyone_came),
    Page(
        "reviews:wind-up",
        PLAN,
        method="POST",
        kwargs=lambda world: {"pk": world.closed.pk},
        sends=lambda world: {"to": "closed"},
    ),
    Page("reviews:question", PLAN, kwargs=question, seen_by=("coordinator",)),
    Page("reviews:close-question", PLAN, method="POST", kwargs=question),
]
