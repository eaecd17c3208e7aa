"""Who may open which page of this app."""

from tests.nets.pages import Page

OFFICER = frozenset({"checks_officer"})
SECOND = frozenset({"second_approver"})
OWN = frozenset({"lxr"})

PAGES: list[Page] = [
    Page("checks:purpose", OFFICER | SECOND, seen_by=("checks_officer",)),
    Page(
        "checks:purpose",
        OFFICER | SECOND,
        method="POST",
        sends=lambda world: {"purpose": "chasing"},
    ),
    Page("checks:list", OFFICER, queries=7, seen_by=("checks_officer",)),
    Page(
        "checks:person",
        OFFICER,
        kwargs=lambda world: {"pk": world.other.reviewer.pk},
        queries=7,
        seen_by=("checks_officer",),
    ),
    *(
        Page(name, OFFICER, kwargs=kwargs, seen_by=("checks_officer",))
        for name, kwargs in (
            ("checks:application", lambda world: {"pk": world.reviewer.pk}),
            ("checks:clearance", lambda world: {"pk": world.reviewer.pk}),
            ("checks:certificate", lambda world: {"pk": world.awaiting_check.pk}),
            ("checks:decide", lambda world: {"pk": world.undecided_assessment.pk}),
            ("checks:told", lambda world: {"pk": world.decided_assessment.pk}),
        )
    ),
    *(
        Page(name, OFFICER, method="POST", kwargs=kwargs)
        for name, kwargs in (
            ("checks:application", lambda world: {"pk": world.reviewer.pk}),
            ("checks:clearance", lambda world: {"pk": world.reviewer.pk}),
            ("checks:certificate", lambda world: {"pk": world.awaiting_check.pk}),
            ("checks:decide", lambda world: {"pk": world.undecided_assessment.pk}),
            ("checks:told", lambda world: {"pk": world.decided_assessment.pk}),
        )
    ),
    Page("checks:approvals", SECOND, queries=5, seen_by=("second_approver",)),
    Page(
        "checks:approve",
        SECOND,
        method="POST",
        kwargs=lambda world: {"pk": world.decided_assessment.pk},
    ),
    Page(
        "checks:return",
        SECOND,
        method="POST",
        kwargs=lambda world: {"pk": world.decided_assessment.pk},
    ),
    Page("own-checks:list", OWN, queries=4, seen_by=("lxr",)),
]
