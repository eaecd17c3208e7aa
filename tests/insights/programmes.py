"""Small programmes for the tests of this app."""

from datetime import date
from typing import Any

from tests import factories as make


def completed(on: date, *, service: Any = None, lxr: dict[str, Any] | None = None) -> Any:
    """A completed review; with ``lxr`` an LXR on its team, as the values say."""
    extra = {"service": service} if service else {}
    review = make.ReviewFactory(visit_on=on, status="completed", **extra)
    if lxr is not None:
        put_on(review, **lxr)
    return review


def put_on(review: Any, **values: Any) -> Any:
    """An LXR on the team, who accepted and attended unless the values say otherwise."""
    values = {"role": "lxr", "response": "accepted", "attended": True, **values}
    if "reviewer" not in values:
        values["reviewer"] = make.ReviewerFactory(user=None)
    return make.LXROnTeamFactory(review=review, **values)


def trained(on: date, **values: Any) -> Any:
    """A person who attended a workshop on the day."""
    reviewer = make.ReviewerFactory(user=None, **values)
    make.PlaceFactory(
        reviewer=reviewer, session=make.SessionFactory(held_on=on), outcome="attended"
    )
    return reviewer
