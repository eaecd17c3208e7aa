"""Who may open which page of this app."""

from tests.nets.pages import SIGNED_IN, Page

PAGES: list[Page] = [
    Page(
        "jobs:detail",
        SIGNED_IN,
        kwargs=lambda world: {"pk": world.job.pk},
        other=lambda world: {"pk": world.other.job.pk},
        seen_by=("coordinator",),
    ),
]
