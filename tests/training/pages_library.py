"""Who may open which page of the library."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import PDF
from tests.nets.pages import Page

RUN = frozenset({"coordinator", "quality_lead"})
OWN = frozenset({"lxr"})
DETAILS = {"title": "Keeping well", "about": "What helps.", "must_read": "trained"}


def _document(world: Any) -> dict[str, Any]:
    return {"pk": world.document.pk}


def _reader(world: Any) -> dict[str, Any]:
    return {"pk": world.document.pk, "person": world.candidate.pk}


def _with_file(**given: str) -> Any:
    return lambda world: {**given, "file": SimpleUploadedFile("a.pdf", PDF)}


PAGES: list[Page] = [
    Page("library:list", RUN, queries=6, seen_by=("coordinator",)),
    Page("library:add", RUN, seen_by=("coordinator",)),
    Page("library:add", RUN, method="POST", sends=_with_file(**DETAILS)),
    Page("library:detail", RUN, kwargs=_document, queries=11, seen_by=("coordinator",)),
    Page("library:change", RUN, kwargs=_document, seen_by=("coordinator",)),
    Page("library:change", RUN, method="POST", kwargs=_document, sends=lambda world: DETAILS),
    Page("library:publish", RUN, kwargs=_document, seen_by=("coordinator",)),
    Page(
        "library:publish", RUN, method="POST", kwargs=_document,
        sends=_with_file(what_changed="Whom to ring"),
    ),
    Page("library:add-format", RUN, kwargs=_document, seen_by=("coordinator",)),
    Page(
        "library:add-format", RUN, method="POST", kwargs=_document,
        sends=_with_file(kind="easy read"),
    ),
    Page("library:withdraw", RUN, method="POST", kwargs=_document),
    Page("library:record", RUN, kwargs=_reader, seen_by=("coordinator",)),
    Page(
        "library:record", RUN, method="POST", kwargs=_reader,
        sends=lambda world: {
            "read_on_day": "10", "read_on_month": "6", "read_on_year": "2026", "how": "phone",
        },
    ),
    Page("library:file", RUN, kwargs=lambda world: {"pk": world.file.pk}),
    Page("own-library:list", OWN, queries=10, seen_by=("lxr",)),
    Page("own-library:detail", OWN, kwargs=_document, queries=10, seen_by=("lxr",)),
    Page(
        "own-library:detail", OWN, method="POST", kwargs=_document,
        sends=lambda world: {"version": "2"},
    ),
    Page(
        "own-library:file", OWN, kwargs=lambda world: {"pk": world.file.pk},
        other=lambda world: {"pk": world.withdrawn_file.pk},
    ),
]  # fmt: skip
