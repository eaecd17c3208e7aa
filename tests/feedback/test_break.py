"""Whoever takes a break, or has left, is not asked what a visit was worth, nor reminded."""

from datetime import timedelta

import pytest

from feedback import queries, tasks
from notifications.registry import KINDS
from organisation.queries import trust_settings
from tests.factories import NOW, TODAY, LXROnTeamFactory, ReviewFactory

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=8)


@pytest.fixture
def member(trust):
    """An LXR who came to a visit two days ago."""
    review = ReviewFactory(status="completed", visit_on=TODAY - timedelta(days=2))
    return LXROnTeamFactory(review=review, response="accepted", attended=True)


def is_now(member, stage):
    member.reviewer.stage = stage
    member.reviewer.save()


@pytest.mark.parametrize("stage", ["paused", "left"])
def test_nobody_on_a_break_is_asked(member, stage):
    is_now(member, stage)
    assert list(queries.still_to_ask(NOW, trust_settings())) == []

    is_now(member, "active")
    assert [who for *_, who in queries.still_to_ask(NOW, trust_settings())] == [member.reviewer]


@pytest.mark.parametrize("stage", ["paused", "left"])
def test_nobody_on_a_break_is_reminded(member, stage, time_machine):
    time_machine.move_to(NOW)
    tasks.ask()
    [asking] = queries.due_for_reminder(LATER)

    is_now(member, stage)

    assert list(queries.due_for_reminder(LATER)) == []
    for kind in ("feedback-request", "feedback-reminder"):
        assert KINDS[kind].holding({asking.pk}, LATER) == set()
