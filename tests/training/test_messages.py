from datetime import UTC, datetime, timedelta

import pytest

from notifications.falling_due import queue_due
from notifications.models import Message
from notifications.registry import KINDS
from programme.home.training import given_up
from tests.factories import NOW, TODAY, PlaceFactory, SessionFactory, UserFactory
from training import operations
from training.reminders import due_answers, due_went_ahead

pytestmark = pytest.mark.django_db

HELD = TODAY + timedelta(days=21)
ANSWER_BY = TODAY + timedelta(days=7)
TWO_DAYS_BEFORE = datetime(2026, 6, 15, 7, 0, tzinfo=UTC)  # 08:00 in London
DAY_AFTER = datetime(2026, 7, 2, 7, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _sending(trust):
    """Messages fall due from the trust's settings on."""


@pytest.fixture
def session():
    return SessionFactory(title="LXR workshop", held_on=HELD, capacity=2)


def invited(session, **place):
    given = {"answer_by": ANSWER_BY, "booked_at": NOW} | place
    return PlaceFactory(session=session, outcome="invited", **given)


def told(kind, *times):
    for now in times:
        queue_due(now=now)
    return list(Message.objects.filter(kind=kind).values_list("about_id", flat=True))


def test_an_invitation_is_reminded_of_once_two_days_before_it_runs_out(session):
    place = invited(session)
    asked_later = invited(session, booked_at=TWO_DAYS_BEFORE + timedelta(minutes=1))
    paused = invited(session, reviewer__stage="paused")
    last = datetime(2026, 6, 17, 20, 0, tzinfo=UTC)

    assert list(due_answers(TWO_DAYS_BEFORE - timedelta(seconds=1))) == []
    assert told("training-answer-by", TWO_DAYS_BEFORE, last) == [place.pk]
    assert list(due_answers(last + timedelta(days=1))) == []
    assert KINDS["training-answer-by"].holding({place.pk, asked_later.pk, paused.pk}, last) == {
        place.pk,
        asked_later.pk,
    }
    assert "until Wednesday 17 June 2026" in Message.objects.get().body


def test_whose_invitation_ran_out_is_told_once_and_not_after_the_session(session):
    place = invited(session)
    over = SessionFactory(held_on=ANSWER_BY)
    invited(over)
    now = NOW + timedelta(days=8)

    assert [operations.release_unanswered(now=now) for _ in range(2)] == [2, 0]

    message = Message.objects.get()
    assert (message.kind, message.about_id) == ("training-invitation-expired", place.pk)
    assert "if you would still like to come, ring us" in message.body
    assert KINDS[message.kind].holding({place.pk}, now) == {place.pk}
    operations.book(session=session, reviewer=place.reviewer, by=UserFactory(), now=now)
    assert KINDS[message.kind].holding({place.pk}, now) == set()


def test_whoever_still_waited_hears_the_day_after_that_the_session_went_ahead(session):
    place = PlaceFactory(session=session, outcome="waiting")
    PlaceFactory(session=session, outcome="did not attend")
    has_another = PlaceFactory(session=session, outcome="waiting").reviewer
    PlaceFactory(
        session=SessionFactory(held_on=HELD + timedelta(days=30)),
        reviewer=has_another,
        outcome="booked",
    )
    caught_up = DAY_AFTER + timedelta(days=5)

    assert list(due_went_ahead(DAY_AFTER - timedelta(seconds=1))) == []
    assert told("training-went-ahead", caught_up, caught_up) == [place.pk]
    assert list(due_went_ahead(DAY_AFTER + timedelta(days=14))) == []

    message = Message.objects.get(kind="training-went-ahead")
    assert "went ahead without you" in message.body
    place.outcome = "attended"
    place.save()
    assert KINDS["training-went-ahead"].holding({place.pk}, caught_up) == set()


def test_when_a_place_was_given_up_is_known_until_it_is_taken_again(session):
    place = PlaceFactory(session=session, outcome="booked")

    place = operations.cancel_place(place=place, by=UserFactory(), now=NOW)
    assert place.cancelled_at == NOW

    again = operations.book(session=session, reviewer=place.reviewer, by=UserFactory(), now=NOW)
    assert (again.pk, again.outcome, again.cancelled_at) == (place.pk, "booked", None)

    operations.cancel_session(session=session, why="Snow", by=UserFactory(), now=NOW)
    place.refresh_from_db()
    assert place.cancelled_at == NOW


def test_home_says_where_a_place_came_free_late_and_never_whose(trust):
    user = UserFactory(roles=["coordinator"])
    soon = TODAY + timedelta(days=2)
    open_again = SessionFactory(title="Workshop", held_on=soon, capacity=2)
    PlaceFactory(session=open_again, outcome="booked")
    filled = SessionFactory(held_on=soon, capacity=1)
    PlaceFactory(session=filled, outcome="booked")
    early = SessionFactory(held_on=soon, capacity=2)
    later = SessionFactory(held_on=TODAY + timedelta(days=4), capacity=2)
    for session, ago in ((open_again, 0), (filled, 0), (early, 2), (later, 0)):
        PlaceFactory(session=session, outcome="cancelled", cancelled_at=NOW - timedelta(days=ago))

    lines = [(line.text, line.note) for line in given_up(user, NOW).lines]

    assert lines == [("Workshop, 12 June 2026", "1 place was given up. 1 free now.")]
