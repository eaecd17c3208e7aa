"""Who may open which page of this app."""

from typing import Any

from tests.nets.pages import SIGNED_IN, Page

IMPORTERS = frozenset({"coordinator", "quality_lead", "checks_officer"})
OWN_UPLOAD = frozenset({"coordinator"})


def its_upload(world: Any) -> dict[str, Any]:
    return {"pk": world.upload.pk}


def somebody_elses_upload(world: Any) -> dict[str, Any]:
    return {"pk": world.other.upload.pk}


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
    Page("programme:access_log", frozenset({"governance"}), queries=4, seen_by=("governance",)),
]
