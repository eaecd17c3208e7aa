"""Who waits for a first visit, from one person's rows: the same as the database says of many."""

from datetime import timedelta

import pytest

from reviewers.models import Reviewer
from reviews.first_visits.queries import waiting
from reviews.of_person import is_waiting
from tests.factories import (
    TODAY,
    LXROnTeamFactory,
    PlaceFactory,
    ReviewerFactory,
    ReviewFactory,
    SessionFactory,
)

TRAINED_ON = TODAY - timedelta(days=60)


@pytest.mark.parametrize(
    ("stage", "days_after", "member", "expected"),
    [
        ("active", 30, None, True),
        ("left", 30, None, False),
        ("active", 30, {}, False),
        ("active", 0, {}, True),
        ("active", -5, {}, True),
        ("active", 30, {"role": "shadow"}, True),
        ("active", 30, {"attended": False}, True),
    ],
)
def test_one_person_reads_like_the_database_says(user_as, stage, days_after, member, expected):
    person = ReviewerFactory(stage=stage)
    session = SessionFactory(kind="workshop", held_on=TRAINED_ON)
    PlaceFactory(reviewer=person, session=session, outcome="attended")
    if member is not None:
        visit = ReviewFactory(visit_on=TRAINED_ON + timedelta(days=days_after), status="completed")
        LXROnTeamFactory(
            review=visit,
            reviewer=person,
            **{"role": "lxr", "response": "accepted", "attended": True} | member,
        )

    listed = waiting(user_as("coordinator")).filter(pk=person.pk).exists()

    assert (is_waiting(person), listed) == (expected, expected)


def test_whoever_is_not_trained_does_not_wait(user_as):
    person = ReviewerFactory()
    assert not is_waiting(Reviewer.objects.get(pk=person.pk))
    assert list(waiting(user_as("coordinator"))) == []
