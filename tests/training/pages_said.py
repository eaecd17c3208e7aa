"""Who may open which page about what attendees say."""

from typing import Any

from django.urls import reverse

from tests.nets.pages import EVERYONE, Page

RUN = frozenset({"coordinator", "quality_lead"})


def _past(world: Any) -> dict[str, Any]:
    return {"pk": world.past_session.pk}


def _open_link(world: Any) -> str:
    return reverse("said:open", args=[world.room_secret])


PAGES: list[Page] = [
    Page(
        "session-feedback:session", RUN, kwargs=lambda world: {"pk": world.session.pk},
        queries=5, seen_by=("coordinator",),
    ),
    Page("session-feedback:room", RUN, kwargs=_past, queries=3, seen_by=("coordinator",)),
    Page("session-feedback:open", RUN, method="POST", kwargs=_past),
    Page("session-feedback:close", RUN, kwargs=_past, seen_by=("coordinator",)),
    Page("session-feedback:close", RUN, method="POST", kwargs=_past),
    Page("said:open", EVERYONE, kwargs=lambda world: {"secret": world.room_secret}),
    Page("said:answer", EVERYONE, after=_open_link, seen_by=("anonymous",)),
    Page(
        "said:answer", EVERYONE, method="POST", after=_open_link,
        sends=lambda world: {"support": "8", "comment": "Good"},
    ),
    Page("said:thanks", EVERYONE, seen_by=("anonymous",)),
]  # fmt: skip
