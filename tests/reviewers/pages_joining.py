"""Who may open which page of the way to active."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import PDF
from tests.nets.pages import EVERYONE, Page

EDIT = frozenset({"coordinator", "quality_lead"})
OWN = frozenset({"lxr"})

STRANGER = {"name": "Fay Hill", "contact": "07700 900777", "needs": "Ring after 5pm"}
STRANGER["token"] = "3f2b8a52-6a0e-4c58-9d0e-0f1f6f1f2a11"
DETAILS = {"first_name": "Fay", "last_name": "Hill", "phone": "1", "preferred_contact": "phone"}
TALK = {
    "held_on_day": "20",
    "held_on_month": "6",
    "held_on_year": "2026",
    "interviewers": "Sam Carter",
    "outcome": "planned",
}
VERSION = {
    "words": "You visit with us.",
    "what_changed": "All of it.",
    "needed_from_day": "1",
    "needed_from_month": "7",
    "needed_from_year": "2026",
}
SIGNED = {
    "version": "1",
    "signed_on_day": "1",
    "signed_on_month": "6",
    "signed_on_year": "2026",
    "how": "paper",
}


def person(world: Any) -> dict[str, Any]:
    return {"pk": world.enquirer.pk}


def enquiry(world: Any) -> dict[str, Any]:
    return {"pk": world.enquiry.pk}


def interview(world: Any) -> dict[str, Any]:
    return {"pk": world.enquirer.pk, "interview": world.interview.pk}


def somebody_elses(world: Any) -> dict[str, Any]:
    return {"pk": world.reviewer.pk, "interview": world.interview.pk}


def ticked(world: Any) -> dict[str, Any]:
    return {"person": [world.enquirer.pk, world.reviewer.pk]}


def moved(world: Any) -> dict[str, Any]:
    return {"start": "enquiry", "to": "interview", "person": [world.enquirer.pk]}


def role_file(world: Any) -> dict[str, Any]:
    return {"pk": world.role_file.pk}


JOINING: list[Page] = [
    Page("interested", EVERYONE, seen_by=("anonymous",)),
    Page("interested", EVERYONE, method="POST", sends=lambda world: STRANGER),
    Page("interested-thanks", EVERYONE, seen_by=("anonymous",)),
    Page("reviewers:board", EDIT, queries=6, seen_by=("coordinator",)),
    Page("reviewers:move-on", EDIT),
    Page("reviewers:move-on", EDIT, method="POST", sends=moved),
    Page("reviewers:sign-in-together", EDIT),
    Page("reviewers:sign-in-together", EDIT, method="POST", sends=ticked),
    Page("reviewers:remind-together", EDIT),
    Page("reviewers:remind-together", EDIT, method="POST", sends=ticked),
    Page("reviewers:enquiries", EDIT, queries=5, seen_by=("coordinator",)),
    Page("reviewers:add-from-enquiry", EDIT, kwargs=enquiry, seen_by=("coordinator",)),
    Page(
        "reviewers:add-from-enquiry",
        EDIT,
        method="POST",
        kwargs=enquiry,
        sends=lambda world: DETAILS | {"source": "themselves"},
    ),
    Page("reviewers:close-enquiry", EDIT, method="POST", kwargs=enquiry),
    Page("reviewers:add-interview", EDIT, kwargs=person, seen_by=("coordinator",)),
    Page(
        "reviewers:add-interview", EDIT, method="POST", kwargs=person, sends=lambda world: TALK
    ),
    Page(
        "reviewers:interview", EDIT, kwargs=interview, other=somebody_elses,
        seen_by=("coordinator",),
    ),
    Page(
        "reviewers:interview", EDIT, method="POST", kwargs=interview, other=somebody_elses,
        sends=lambda world: TALK,
    ),
    Page("reviewers:versions", EDIT, queries=4, seen_by=("coordinator",)),
    Page("reviewers:publish-version", EDIT, seen_by=("coordinator",)),
    Page("reviewers:publish-version", EDIT, method="POST", sends=lambda world: VERSION),
    Page(
        "reviewers:version", EDIT, kwargs=lambda world: {"number": 1}, queries=4,
        seen_by=("coordinator",),
    ),
    Page("reviewers:add-role-format", EDIT, seen_by=("coordinator",)),
    Page(
        "reviewers:add-role-format", EDIT, method="POST",
        sends=lambda world: {"kind": "easy read", "file": SimpleUploadedFile("a.pdf", PDF)},
    ),
    Page("reviewers:role-file", EDIT, kwargs=role_file),
    Page("reviewers:role-description", EDIT, kwargs=person, seen_by=("coordinator",)),
    Page(
        "reviewers:role-description", EDIT, method="POST", kwargs=person,
        sends=lambda world: SIGNED,
    ),
    Page("own-reviewers:role-description", OWN, queries=7, seen_by=("lxr",)),
    Page(
        "own-reviewers:role-description", OWN, method="POST",
        sends=lambda world: {"version": "1", "agrees": "on"},
    ),
    Page("own-reviewers:role-file", OWN, kwargs=role_file),
    Page(
        "own-reviewers:version", OWN, kwargs=lambda world: {"number": 1}, seen_by=("lxr",)
    ),
]  # fmt: skip
