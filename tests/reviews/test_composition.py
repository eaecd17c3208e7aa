"""Whether a review has the team it needs."""

import pytest

from reviews.composition import composition_of
from reviews.models import Review, TeamMember

LXR, STAFF, LEAD, SHADOW = "lxr", "staff", "lead", "shadow"


def team(*members: tuple[str, str]) -> list[TeamMember]:
    return [TeamMember(role=role, response=response) for role, response in members]


@pytest.mark.parametrize(
    ("members", "missing"),
    [
        ([], ["a lead", "1 staff", "2 Lived Experience Reviewers"]),
        ([(LEAD, "accepted"), (STAFF, "accepted")], ["2 Lived Experience Reviewers"]),
        (
            [(LEAD, "accepted"), (STAFF, "accepted"), (LXR, "accepted"), (LXR, "invited")],
            ["1 more Lived Experience Reviewer"],
        ),
        (
            [(LEAD, "accepted"), (STAFF, "accepted"), (LXR, "accepted"), (SHADOW, "accepted")],
            ["1 more Lived Experience Reviewer"],
        ),
        ([(LEAD, "accepted"), (STAFF, "accepted"), *[(LXR, "accepted")] * 3], []),
    ],
)
def test_who_is_still_to_find(members, missing):
    review = Review(staff_wanted=1, lxrs_wanted=2)
    assert composition_of(review, team(*members)).still_to_find == missing
