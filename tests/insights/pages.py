"""Who may open which page of this app."""

import uuid
from typing import Any

from tests.nets.pages import EVERYONE, Page

SEE = frozenset({"coordinator", "quality_lead", "observer"})
PUBLISH = frozenset({"quality_lead"})
PLAN = frozenset({"coordinator", "quality_lead"})


def token(world: Any) -> dict[str, Any]:
    return {"pk": world.token.pk}


def secret(world: Any) -> str:
    return str(world.token_secret)


PAGES: list[Page] = [
    Page("insights:overview", SEE, queries=10, seen_by=("coordinator", "observer")),
    Page("insights:change", SEE, queries=8, seen_by=("coordinator", "observer")),
    Page("insights:training", SEE, queries=10, seen_by=("coordinator", "observer")),
    Page("insights:forecast", SEE, queries=4, seen_by=("coordinator", "observer")),
    Page("insights:forecast-again", PLAN, method="POST"),
    Page("insights:sessions", SEE, queries=4, seen_by=("coordinator", "observer")),
    Page("insights:tokens", PUBLISH, queries=4, seen_by=("quality_lead",)),
    Page("insights:token-new", PUBLISH, seen_by=("quality_lead",)),
    Page(
        "insights:token-new",
        PUBLISH,
        method="POST",
        sends=lambda world: {"name": "Power BI", "scopes": ["coverage"], "once": uuid.uuid4()},
    ),
    Page("insights:token-revoke", PUBLISH, kwargs=token, seen_by=("quality_lead",)),
    Page("insights:token-revoke", PUBLISH, method="POST", kwargs=token),
    Page("api:coverage", EVERYONE, bearer=secret),
    Page("api:impact", EVERYONE, bearer=secret),
    Page("api:training", EVERYONE, bearer=secret),
]
