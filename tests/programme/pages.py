"""Who may open which page of this app."""

from typing import Any

from programme.models import LegalHold
from programme.retention.clocks import CLOCKS
from tests.factories import NOW
from tests.nets.canaries import CANARIES
from tests.nets.pages import SIGNED_IN, Page
from tests.programme.pages_requests import PAGES as REQUEST_PAGES
from tests.programme.pages_work import PAGES as WORK_PAGES

IMPORTERS = frozenset({"coordinator", "quality_lead", "checks_officer"})
OWN_UPLOAD = frozenset({"coordinator"})
GOVERNANCE = frozenset({"governance"})


def its_upload(world: Any) -> dict[str, Any]:
    return {"pk": world.upload.pk}


def somebody_elses_upload(world: Any) -> dict[str, Any]:
    return {"pk": world.other.upload.pk}


def its_hold(world: Any) -> dict[str, Any]:
    """Placed when a page asks for it: a hold in the world would stop what others let go."""
    hold, _ = LegalHold.objects.get_or_create(
        reviewer=world.paused,
        lifted_at=None,
        defaults={
            "reason": CANARIES["hold"],
            "placed_by": world.governance,
            "placed_at": NOW,
        },
    )
    return {"pk": hold.pk}


def with_a_hold(world: Any) -> dict[str, Any]:
    """The list has no argument, and shows one."""
    its_hold(world)
    return {}


IMPORT_PAGES: list[Page] = [
    Page("programme:import", IMPORTERS, seen_by=("coordinator", "checks_officer")),
    Page("programme:import", IMPORTERS, method="POST"),
    Page("programme:import_template", IMPORTERS),
    Page(
        "programme:import_preview",
        OWN_UPLOAD,
        kwargs=its_upload,
        other=somebody_elses_upload,
        queries=3,
        seen_by=("coordinator",),
    ),
    *(
        Page(
            f"programme:import_{step}",
            OWN_UPLOAD,
            method="POST",
            kwargs=its_upload,
            other=somebody_elses_upload,
        )
        for step in ("leave_out", "confirm", "abandon")
    ),
]

PAGES: list[Page] = [
    *IMPORT_PAGES,
    *WORK_PAGES,
    *REQUEST_PAGES,
    Page(
        "home",
        SIGNED_IN,
        queries=35,
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
    Page("programme:access_log", GOVERNANCE, queries=4, seen_by=("governance",)),
    Page("programme:access_log_export", GOVERNANCE),
    # A query for each clock
    Page("programme:retention", GOVERNANCE, queries=4 + len(CLOCKS), seen_by=("governance",)),
    Page("programme:holds", GOVERNANCE, kwargs=with_a_hold, queries=4, seen_by=("governance",)),
    Page("programme:place_hold", GOVERNANCE, seen_by=("governance",)),
    Page(
        "programme:place_hold",
        GOVERNANCE,
        method="POST",
        sends=lambda world: {"reference": world.candidate.reference, "reason": "A claim"},
    ),
    Page("programme:lift_hold", GOVERNANCE, method="POST", kwargs=its_hold),
]
