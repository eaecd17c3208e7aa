"""Who may open which page of this app."""

from tests.nets.pages import Page

PAGES: list[Page] = [
    Page(
        "jobs:detail",
        frozenset({"coordinator"}),  # who asked for it
        kwargs=lambda world: {"pk": world.job.pk},
        other=lambda world: {"pk": world.other.job.pk},
        queries=3,
        seen_by=("coordinator",),
    ),
]
