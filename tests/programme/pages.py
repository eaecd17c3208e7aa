"""Who may open which page of this app."""

from tests.nets.pages import SIGNED_IN, Page

PAGES: list[Page] = [
    Page(
        "home",
        SIGNED_IN,
        seen_by=(
            "coordinator",
            "visit_lead",
            "checks_officer",
            "second_approver",
            "quality_lead",
            "observer",
            "administrator",
            "governance",
        ),
    ),
    Page("programme:access_log", frozenset({"governance"}), queries=5, seen_by=("governance",)),
]
