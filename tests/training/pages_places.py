"""Who may open which page of invitations, the day itself and what follows it."""

from typing import Any

from tests.nets.pages import Page

RUN = frozenset({"coordinator", "quality_lead"})
OWN = frozenset({"lxr"})
ANSWER_BY = {"answer_by_day": "20", "answer_by_month": "6", "answer_by_year": "2026"}
IN_TOUCH = {"on_day": "10", "on_month": "6", "on_year": "2026"}


def coming(world: Any) -> dict[str, Any]:
    return {"pk": world.coming_session.pk}


def past(world: Any) -> dict[str, Any]:
    return {"pk": world.past_session.pk}


def opened(world: Any) -> dict[str, Any]:
    return {"pk": world.open_session.pk}


def invited(world: Any) -> dict[str, Any]:
    return {"pk": world.invited_place.pk}


def own_invited(world: Any) -> dict[str, Any]:
    return {"pk": world.own_invited_place.pk}


def no_show(world: Any) -> dict[str, Any]:
    return {"pk": world.no_show.pk}


def doubted(world: Any) -> dict[str, Any]:
    return {"pk": world.place_in_doubt.pk}


def walked_in(world: Any) -> dict[str, Any]:
    return {"pk": world.walk_in.pk}


def attended(world: Any) -> dict[str, Any]:
    return {"pk": world.place.pk}


def somebody_elses(world: Any) -> dict[str, Any]:
    return {"pk": world.session.places.get(reviewer=world.other.reviewer).pk}


PLACES: list[Page] = [
    Page("training:refreshers", RUN, queries=7, seen_by=("coordinator",)),
    Page("training:certificate", RUN, kwargs=attended),
    Page("training:certificates", RUN, kwargs=lambda world: {"pk": world.session.pk}),
    Page("own-training:certificate", OWN, kwargs=attended, other=somebody_elses),
    Page("training:say-version", RUN, kwargs=past, seen_by=("coordinator",)),
    Page(
        "training:say-version",
        RUN,
        method="POST",
        kwargs=past,
        sends=lambda world: {"version": world.version.pk},
    ),
    Page("training:cancel-session", RUN, kwargs=coming, seen_by=("coordinator",)),
    Page(
        "training:cancel-session",
        RUN,
        method="POST",
        kwargs=coming,
        sends=lambda world: {"why": "The hall is flooded."},
    ),
    Page("training:invite", RUN, kwargs=coming, queries=7, seen_by=("coordinator",)),
    Page(
        "training:invite",
        RUN,
        method="POST",
        kwargs=coming,
        sends=lambda world: {"people": [world.candidate.pk], **ANSWER_BY},
    ),
    Page("training:answer", RUN, kwargs=invited, seen_by=("coordinator",)),
    Page(
        "training:answer",
        RUN,
        method="POST",
        kwargs=invited,
        sends=lambda world: {"answer": "yes", "how": "phone"},
    ),
    Page("training:register", RUN, kwargs=coming, queries=5, seen_by=("coordinator",)),
    Page("training:walk-in", RUN, kwargs=past, seen_by=("coordinator",)),
    Page(
        "training:walk-in",
        RUN,
        method="POST",
        kwargs=past,
        sends=lambda world: {"person": world.candidate.pk, "why": "A chair was free."},
    ),
    Page("training:to-confirm", RUN, queries=4, seen_by=("coordinator",)),
    Page("training:decide", RUN, kwargs=doubted, seen_by=("coordinator",)),
    Page(
        "training:decide",
        RUN,
        method="POST",
        kwargs=doubted,
        sends=lambda world: {"keeps": "no", "seen": "x"},
    ),
    Page("training:take-back", RUN, kwargs=walked_in, seen_by=("coordinator",)),
    Page(
        "training:take-back",
        RUN,
        method="POST",
        kwargs=walked_in,
        sends=lambda world: {"why": "Somebody else came."},
    ),
    Page("training:no-shows", RUN, queries=5, seen_by=("coordinator",)),
    Page("training:follow-up", RUN, kwargs=no_show, seen_by=("coordinator",)),
    Page("training:follow-up", RUN, method="POST", kwargs=no_show, sends=lambda world: IN_TOUCH),
    Page("own-training:book", OWN, method="POST", kwargs=opened),
    Page(
        "own-training:answer",
        OWN,
        method="POST",
        kwargs=own_invited,
        other=invited,
        sends=lambda world: {"answer": "yes"},
    ),
]
