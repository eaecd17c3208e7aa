"""Who may open which page of this app."""

from tests.nets.pages import Page

PLANNERS = frozenset({"coordinator", "quality_lead"})
OFFICERS = frozenset({"checks_officer"})
ADMINISTRATORS = frozenset({"administrator"})

SETTINGS = {
    "team_name": "the quality team",
    "telephone": "020 7946 0100",
    "mailbox": "team@trust.example.org",
    "send_from": "08:00",
    "send_until": "20:00",
    "safeguarding_line": "020 7946 0111",
    "crisis_line": "NHS 111",
    "answer_days": "7",
    "reserve_answer_hours": "4",
    "rest_days": "1",
    "feedback_link_days": "60",
    "review_every_months": "12",
    "most_visits_a_week": "3",
    "renewal_months": "36",
    "status_check_months": "12",
    "outcome_kept_months": "6",
}

VARIANT = {
    "name": "Ward visitor",
    "activity": "Talks with patients, with staff nearby.",
    "level": "enhanced",
    "workforce": "adult",
    "legal_basis": "Rehabilitation of Offenders Act 1974 (Exceptions) Order 1975",
}
SITE = {"asks": "vetting", "notice_days": "14", "form_lines": "Two references"}

PAGES: list[Page] = [
    Page("organisation:trust", ADMINISTRATORS, queries=3, seen_by=("administrator",)),
    Page("organisation:trust", ADMINISTRATORS, method="POST", sends=lambda world: dict(SETTINGS)),
    Page("organisation:services", PLANNERS, queries=5, seen_by=("coordinator",)),
    Page(
        "organisation:service",
        PLANNERS,
        kwargs=lambda world: {"pk": world.service.pk},
        queries=6,
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
        "organisation:block_add",
        PLANNERS,
        kwargs=lambda world: {"pk": world.service.pk},
        seen_by=("coordinator",),
    ),
    Page(
        "organisation:block_add",
        PLANNERS,
        method="POST",
        kwargs=lambda world: {"pk": world.service.pk},
        sends=lambda world: {"first_on": "2026-12-01", "last_on": "2026-12-04", "why": "A move"},
    ),
    Page(
        "organisation:block_remove",
        PLANNERS,
        method="POST",
        kwargs=lambda world: {"pk": world.block.pk},
    ),
    Page(
        "organisation:closing",
        PLANNERS,
        kwargs=lambda world: {"pk": world.service.pk},
        seen_by=("coordinator",),
    ),
    Page(
        "organisation:closing",
        PLANNERS,
        method="POST",
        kwargs=lambda world: {"pk": world.service.pk},
        sends=lambda world: {"closed_on": "2027-12-01"},
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
    Page("organisation:variants", OFFICERS, queries=4, seen_by=("checks_officer",)),
    Page("organisation:variant_add", OFFICERS, seen_by=("checks_officer",)),
    Page("organisation:variant_add", OFFICERS, method="POST", sends=lambda world: dict(VARIANT)),
    Page(
        "organisation:variant",
        OFFICERS,
        kwargs=lambda world: {"pk": world.variant.pk},
        seen_by=("checks_officer",),
    ),
    Page(
        "organisation:variant",
        OFFICERS,
        method="POST",
        kwargs=lambda world: {"pk": world.variant.pk},
        sends=lambda world: dict(VARIANT),
    ),
    Page(
        "organisation:service_variant",
        PLANNERS,
        kwargs=lambda world: {"pk": world.service.pk},
        seen_by=("coordinator",),
    ),
    Page(
        "organisation:service_variant",
        PLANNERS,
        method="POST",
        kwargs=lambda world: {"pk": world.service.pk},
        sends=lambda world: {"variant": world.variant.pk},
    ),
    Page("organisation:sites", PLANNERS | OFFICERS, queries=4, seen_by=("coordinator",)),
    Page(
        "organisation:site",
        PLANNERS | OFFICERS,
        kwargs=lambda world: {"pk": world.prison_site.pk},
        seen_by=("coordinator", "checks_officer"),
    ),
    Page(
        "organisation:site",
        PLANNERS | OFFICERS,
        method="POST",
        kwargs=lambda world: {"pk": world.prison_site.pk},
        sends=lambda world: dict(SITE),
    ),
]
