"""Two forms of a version close at the same moment; with a control that turns the lock off."""

from unittest.mock import patch

import pytest
from django.db import connection

from tests import factories as make
from tests.factories import NOW, TODAY
from tests.races import meeting_after, race
from training.models import RoomLink
from training.operations import said as operations

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def closings(trust):
    """Two sessions of three, whose forms are open."""
    version, by = make.CourseVersionFactory(), make.UserFactory(roles=["coordinator"])
    sessions = [make.SessionFactory(held_on=TODAY, version=version) for _ in range(2)]
    for session in sessions:
        make.PlaceFactory.create_batch(3, session=session, outcome="attended")
        make.SaidFactory.create_batch(3, session=session)
        operations.open_form(session=session, by=by, now=NOW)
    return [
        lambda each=each: operations.close_form(session=each, by=by, now=NOW) for each in sessions
    ]


def groups():
    return set(RoomLink.objects.values_list("read_with", flat=True))


def test_the_later_one_sees_the_other(closings):
    assert race(*closings) == [None, None]

    [group] = groups()
    assert group is not None


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one transaction writes at a time")
def test_without_the_lock_neither_would(closings):
    def unlocked(session):
        return RoomLink.objects.get(session=session)

    with (
        patch.object(operations, "_held", unlocked),
        meeting_after("training.operations.said._enough_waiting"),
    ):
        race(*closings)

    assert groups() == {None}
