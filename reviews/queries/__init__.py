"""Reads of reviews for pages and tasks, always from the user who asks."""

from reviews.queries.candidates import (
    Called,
    Candidate,
    Candidates,
    candidates_for,
    people_called,
)
from reviews.queries.reviews import (
    get_member,
    get_review,
    get_staff_place,
    in_brief,
    reviews_of,
    staff_to_choose,
    with_lxrs,
    with_team,
)
from reviews.queries.steps import steps_of
from reviews.queries.work import dropped_out, unanswered, without_lxr

__all__ = [
    "Called",
    "Candidate",
    "Candidates",
    "candidates_for",
    "dropped_out",
    "get_member",
    "get_review",
    "get_staff_place",
    "in_brief",
    "people_called",
    "reviews_of",
    "staff_to_choose",
    "steps_of",
    "unanswered",
    "with_lxrs",
    "with_team",
    "without_lxr",
]
