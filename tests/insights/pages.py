"""Who may open which page of this app."""

from tests.nets.pages import Page

SEE = frozenset({"coordinator", "quality_lead", "observer"})

PAGES: list[Page] = [
    Page("insights:overview", SEE, queries=8, seen_by=("coordinator", "observer")),
    Page("insights:change", SEE, queries=6, seen_by=("coordinator", "observer")),
    Page("insights:training", SEE, queries=10, seen_by=("coordinator", "observer")),
    Page("insights:sessions", SEE, queries=4, seen_by=("coordinator", "observer")),
]
