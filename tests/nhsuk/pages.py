"""Who may open which page of this app."""

from tests.nets.pages import EVERYONE, Page

PAGES: list[Page] = [
    Page("healthz", EVERYONE),
    Page("robots", EVERYONE),
    Page("favicon", EVERYONE),
]
