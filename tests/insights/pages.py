"""Who may open which page of this app."""

from tests.nets.pages import Page

SEE = frozenset({"coordinator", "quality_lead", "observer"})

PAGES: list[Page] = [
    Page("insights:overview", SEE, queries=9, seen_by=("coordinator", "observer")),
    Page("insights:sessions", SEE, queries=4, seen_by=("coordinator", "observer")),
]
