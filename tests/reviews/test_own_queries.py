"""Which visits are whose, and which comes next."""

from datetime import timedelta

import pytest

from reviews import own_queries
from tests.factories import (
    TODAY,
    LXROnTeamFactory,
    ReadyReviewerFactory,
    ReviewFactory,
    StaffOnTeamFactory,
)


@pytest.fixture
def me(db):
    """The person who is signed in."""
    return ReadyReviewerFactory()


def member(me, days, response="accepted", **review):
    """The person's place on a visit so many days from today."""
    made = ReviewFactory(visit_on=TODAY + timedelta(days=days), **review)
    return LXROnTeamFactory(review=made, reviewer=me, response=response)


def test_next_visit_is_the_soonest_asked_or_accepted(me):
    member(me, 20)
    soonest = member(me, 5, "invited")
    member(me, 3, "declined")
    member(me, 2, "withdrawn")
    member(me, 1, status="cancelled")
    member(ReadyReviewerFactory(), 1)
    member(me, -1)
    assert next(iter(own_queries.coming(me.user, today=TODAY))) == soonest


def test_visit_of_today_is_still_the_next(me):
    today = member(me, 0)
    assert list(own_queries.coming(me.user, today=TODAY)) == [today]


def test_nobody_asked_means_no_next_visit(me):
    assert list(own_queries.coming(me.user, today=TODAY)) == []


def test_past_visits_are_those_the_person_said_yes_to(me):
    older = member(me, -20, status="completed")
    newer = member(me, -3)
    member(me, -2, "declined", status="completed")
    member(me, -1, status="cancelled")
    member(me, 3)
    assert list(own_queries.past(me.user, today=TODAY)) == [newer, older]


def test_somebody_elses_place_is_not_there(me):
    others = member(ReadyReviewerFactory(), 3)
    mine = member(me, 3)
    assert own_queries.get_own(me.user, others.pk) is None
    assert own_queries.get_own(me.user, mine.pk) == mine


def test_lead_is_named_when_there_is_one(me):
    review = member(me, 3).review
    assert own_queries.lead_of(review) == ""
    lead = StaffOnTeamFactory(review=review)
    StaffOnTeamFactory(review=review, role="staff")
    assert own_queries.lead_of(review) == lead.staff.name
