"""Who may open which page of this app."""

from tests.nets.pages import Page

PLANNERS = frozenset({"coordinator", "quality_lead"})
ADMINISTRATORS = frozenset({"administrator"})

SETTINGS = {
    "team_name": "the quality team",
    "telephone": "020 7946 0100",
    "mailbox": "team@trust.example.org",
    "send_from": "08:00",
    "send_until": "20:00",
    "safeguarding_line": "020 7946 0111",
    "crisis_line": "NHS 111",
    "feedback_link_days": "60",
    "renewal_months": "36",
    "outcome_kept_months": "6",
}

PAGES: list[Page] = [
    Page("organisation:trust", ADMINISTRATORS, queries=3, seen_by=("administrator",)),
    Page("organisation:trust", ADMINISTRATORS, method="POST", sends=lambda world: dict(SETTINGS)),
    Page("organisation:services", PLANNERS, queries=5, seen_by=("coordinator",)),
    Page(
        "organisation:service",
        PLANNERS,
        kwargs=lambda world: {"pk": world.service.pk},
        queries=4,
        seen_by=("coordinator",),
    ),
    Page(
        "organisation:contact_add",
        PLANNERS,
        kwargs=lambda world: {"pk": world.service.pk},
        seen_by=("coordinator",),
    ),
    Page(
        "organisation:contact_add",
        PLANNERS,
        method="POST",
        kwargs=lambda world: {"pk": world.service.pk},
        sends=lambda world: {"name": "Jo Park", "email": "jo@trust.example.org"},
    ),
    Page(
        "organisation:contact",
        PLANNERS,
        kwargs=lambda world: {"pk": world.contact.pk},
        seen_by=("coordinator",),
    ),
    Page(
        "organisation:contact",
        PLANNERS,
        method="POST",
        kwargs=lambda world: {"pk": world.contact.pk},
        sends=lambda world: {"name": "Pat Reed", "email": "pat@trust.example.org"},
    ),
]
