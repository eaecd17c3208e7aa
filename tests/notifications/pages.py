"""Who may open which page of this app."""

from typing import Any

from tests.nets.pages import EVERYONE, Page
from tests.notifications.letters import write_local_mail

SENDERS = frozenset({"coordinator", "quality_lead"})


def _local_mail(world: Any) -> dict[str, Any]:
    return {"name": write_local_mail("page-net.log"), "number": 1}


PAGES: list[Page] = [
    Page("notifications:list", SENDERS, queries=6, seen_by=("coordinator",)),
    Page(
        "notifications:detail",
        SENDERS,
        kwargs=lambda world: {"pk": world.failed_message.pk},
        queries=3,
        seen_by=("coordinator",),
    ),
    Page(
        "notifications:try_again",
        SENDERS,
        method="POST",
        kwargs=lambda world: {"pk": world.failed_message.pk},
        sends=lambda world: {"address": "new@example.org"},
    ),
    Page("notifications:calls", SENDERS, queries=6, seen_by=("coordinator",)),
    Page(
        "notifications:spoken",
        SENDERS,
        method="POST",
        kwargs=lambda world: {"pk": world.call.pk},
    ),
    Page(
        "notifications:no_answer",
        SENDERS,
        method="POST",
        kwargs=lambda world: {"pk": world.call.pk},
    ),
    Page("notifications:letters", SENDERS, queries=5, seen_by=("coordinator",)),
    Page(
        "notifications:posted",
        SENDERS,
        method="POST",
        kwargs=lambda world: {"pk": world.letter.pk},
    ),
    Page("notifications:sending", SENDERS, queries=3, seen_by=("coordinator",)),
    Page("notifications:switch_on", SENDERS, method="POST"),
    Page("notifications:switch_off", SENDERS, method="POST"),
    Page("notifications:local_mail", EVERYONE, seen_by=("coordinator",)),
    Page(
        "notifications:local_mail_message",
        EVERYONE,
        kwargs=_local_mail,
        seen_by=("coordinator",),
    ),
]
