"""Who may open the pages about people's data: copies of them, and erasing them."""

from datetime import timedelta
from typing import Any

from programme.models import Erasure, SubjectRequest
from reviewers.models import Enquiry
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.nets.pages import Page

LXR = frozenset({"lxr"})
PLANNERS = frozenset({"coordinator", "quality_lead"})
OFFICERS = frozenset({"checks_officer"})


def once(world: Any, name: str, made: Any) -> Any:
    """What ``made`` gives, made once for a world."""
    if not hasattr(world, name):
        setattr(world, name, made())
    return getattr(world, name)


def copy_of(reviewer: Any, way: str) -> SubjectRequest:
    return SubjectRequest.objects.create(
        reviewer=reviewer, way=way, asked_by=reviewer.user, asked_at=NOW, state="ready",
        document=b"%PDF-", data=b"{}", made_at=NOW,
    )  # fmt: skip


def its_own(world: Any) -> dict[str, Any]:
    """An own page has no argument, and shows the copy of who is signed in."""
    once(world, "own_copy", lambda: copy_of(world.reviewer, "online"))
    return {}


def its_request(world: Any) -> dict[str, Any]:
    return {"pk": once(world, "request", lambda: copy_of(world.enquirer, "post")).pk}


def an_own_copy(world: Any) -> dict[str, Any]:
    """A copy that its person downloads is nobody else's to open."""
    its_own(world)
    return {"pk": world.own_copy.pk}


def somebody_who_left(world: Any) -> dict[str, Any]:
    def leave() -> Any:
        since = TODAY - timedelta(days=30)
        return make.ReviewerFactory(
            reference="LXR-W9", first_name="Fay", last_name="Hill", stage="left", stage_since=since
        )

    return {"pk": once(world, "leaver", leave).pk}


def its_erasure(world: Any) -> dict[str, Any]:
    somebody_who_left(world)

    def ask() -> Erasure:
        return Erasure.objects.create(
            reviewer=world.leaver, reason="they asked", asked_by=world.quality_lead, asked_at=NOW
        )

    return {"pk": once(world, "erasure", ask).pk}


def asked_to_erase(world: Any) -> dict[str, Any]:
    its_erasure(world)
    return {"pk": world.leaver.pk}


def its_enquiry(world: Any) -> dict[str, Any]:
    return {"pk": world.enquiry.pk}


def of_who_was_added(world: Any) -> dict[str, Any]:
    """What somebody sent who is a person here by now is found on their own page."""

    def add() -> Any:
        return Enquiry.objects.create(
            name="Gil Day", contact="gil@example.org", received_at=NOW, outcome="added",
            closed_at=NOW, reviewer=world.reviewer,
        )  # fmt: skip

    return {"pk": once(world, "added_enquiry", add).pk}


def its_enquiry_to_erase(world: Any) -> dict[str, Any]:
    def ask() -> Erasure:
        return Erasure.objects.create(
            enquiry=world.enquiry.pk, reason="they asked", asked_by=world.quality_lead,
            asked_at=NOW,
        )  # fmt: skip

    return {"pk": once(world, "enquiry_erasure", ask).pk}


def enquiry_asked_to_erase(world: Any) -> dict[str, Any]:
    its_enquiry_to_erase(world)
    return its_enquiry(world)


def one_of_each(world: Any) -> dict[str, Any]:
    """The list has no argument, and shows one of each."""
    its_request(world)
    its_erasure(world)
    its_enquiry_to_erase(world)
    return {}


PAGES: list[Page] = [
    Page("own-programme:everything", LXR, kwargs=its_own, queries=5, seen_by=("lxr",)),
    Page("own-programme:everything", LXR, method="POST", kwargs=its_own),
    Page("own-programme:everything_pdf", LXR, kwargs=its_own),
    Page("own-programme:everything_json", LXR, kwargs=its_own),
    Page(
        "programme:requests",
        PLANNERS | OFFICERS,
        kwargs=one_of_each,
        queries=7,
        seen_by=("coordinator", "checks_officer"),
    ),
    Page(
        "programme:copy",
        PLANNERS | OFFICERS,
        kwargs=lambda world: {"pk": world.enquirer.pk},
        queries=4,
        seen_by=("coordinator", "checks_officer"),
    ),
    Page(
        "programme:copy",
        PLANNERS | OFFICERS,
        method="POST",
        kwargs=lambda world: {"pk": world.enquirer.pk},
    ),
    Page(
        "programme:request",
        OFFICERS,
        kwargs=its_request,
        other=an_own_copy,
        queries=3,
        seen_by=("checks_officer",),
    ),
    *(
        Page(f"programme:request_{step}", OFFICERS, method="POST", kwargs=its_request)
        for step in ("make", "posted")
    ),
    *(
        Page(f"programme:request_{kind}", OFFICERS, kwargs=its_request, other=an_own_copy)
        for kind in ("pdf", "json")
    ),
    Page(
        "programme:erase",
        PLANNERS,
        kwargs=asked_to_erase,
        queries=7,
        seen_by=("coordinator", "quality_lead"),
    ),
    Page(
        "programme:erase",
        PLANNERS,
        method="POST",
        kwargs=somebody_who_left,
        sends=lambda world: {"reason": "they asked"},
    ),
    Page(
        "programme:enquiry",
        PLANNERS,
        kwargs=enquiry_asked_to_erase,
        other=of_who_was_added,
        queries=5,
        seen_by=("coordinator", "quality_lead"),
    ),
    Page(
        "programme:enquiry",
        PLANNERS,
        method="POST",
        kwargs=its_enquiry,
        sends=lambda world: {"reason": "they asked"},
    ),
    *(
        Page(f"programme:enquiry_{kind}", PLANNERS, kwargs=its_enquiry, other=of_who_was_added)
        for kind in ("pdf", "json")
    ),
    Page("programme:enquiry_confirm", PLANNERS, method="POST", kwargs=its_enquiry_to_erase),
    Page("programme:enquiry_call_off", PLANNERS, method="POST", kwargs=its_enquiry_to_erase),
    Page("programme:erase_confirm", PLANNERS, method="POST", kwargs=its_erasure),
    Page("programme:erase_call_off", PLANNERS, method="POST", kwargs=its_erasure),
]
