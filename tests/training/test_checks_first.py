from datetime import timedelta

import pytest

from reviewers.next_steps import next_steps
from rules import RuleBroken
from tests.factories import (
    NOW,
    TODAY,
    DBSCheckFactory,
    PlaceFactory,
    ReviewerFactory,
    SessionFactory,
    UserFactory,
)
from training import operations
from training.models import Place
from training.queries import bookable, open_sessions

pytestmark = pytest.mark.django_db

SOON = TODAY + timedelta(days=21)


@pytest.fixture
def asks(trust):
    trust.checks_before_training = True
    trust.save()


@pytest.fixture
def by():
    return UserFactory(roles=["coordinator"])


@pytest.fixture
def session():
    return SessionFactory(held_on=SOON, capacity=1, booking_opens_on=TODAY)


@pytest.fixture
def waits():
    """Somebody about whose checks something came that is not settled: nobody may learn what."""
    person = ReviewerFactory(stage="training")
    DBSCheckFactory(reviewer=person, waiting_since=TODAY)
    return person


@pytest.fixture
def ready():
    person = ReviewerFactory(stage="training")
    DBSCheckFactory(reviewer=person)
    return person


def refused(session, person, by):
    """What each way to a place says; the words are the same whatever the checks say."""
    said = []
    for do in (
        lambda: operations.book(session=session, reviewer=person, by=by, now=NOW),
        lambda: operations.invite(session=session, people=[person], answer_by=SOON, by=by, now=NOW),
        lambda: operations.book_own(session=session, reviewer=person, by=person.user, now=NOW),
    ):
        with pytest.raises(RuleBroken) as broken:
            do()
        said.append(str(broken.value))
    return said


def test_nobody_is_offered_training_before_their_checks_where_the_trust_asks(
    asks, by, session, waits, ready
):
    not_started = ReviewerFactory(stage="checks", first_name=waits.first_name, last_name="Same")
    waits.last_name = "Same"
    waits.save()

    assert list(bookable(session, today=TODAY)) == [ready]
    assert list(open_sessions(ready.user, now=NOW)) == [session]
    assert list(open_sessions(waits.user, now=NOW)) == []
    told = (
        f"{waits}’s checks are under way. Training comes after the checks here, "
        "so offer a place once they are ready."
    )
    own = "Your checks are under way. You can book training once they are ready."
    assert refused(session, waits, by) == [told, told, own]
    assert refused(session, not_started, by) == refused(session, waits, by)
    assert not Place.objects.exists()


def test_checks_and_training_go_in_parallel_where_the_trust_does_not_ask(by, session, waits):
    assert list(bookable(session, today=TODAY)) == [waits]
    assert list(open_sessions(waits.user, now=NOW)) == [session]

    place = operations.book_own(session=session, reviewer=waits, by=waits.user, now=NOW)

    assert place.outcome == "booked"


def test_the_next_step_offers_no_place_that_would_be_refused(asks, waits, ready):
    steps = next_steps([waits, ready], NOW)

    assert steps[waits.pk].what == "The checks team’s move"
    assert steps[ready.pk].what == "Your move: offer a place at training"


def test_the_next_step_is_a_place_where_the_trust_does_not_ask(trust, waits):
    assert next_steps([waits], NOW)[waits.pk].what == "Your move: offer a place at training"


def test_the_waiting_list_passes_over_who_waits_for_checks_and_keeps_their_turn(
    asks, by, session, waits, ready
):
    held = PlaceFactory(session=session, outcome="booked")
    first = PlaceFactory(session=session, reviewer=waits, outcome="waiting", booked_at=NOW)
    second = PlaceFactory(
        session=session, reviewer=ready, outcome="waiting", booked_at=NOW + timedelta(hours=1)
    )

    operations.cancel_place(place=held, by=by, now=NOW)
    second.refresh_from_db()
    assert second.outcome == "booked"

    operations.cancel_place(place=second, by=by, now=NOW)
    first.refresh_from_db()
    assert (first.outcome, operations.let_in_waiting(now=NOW)) == ("waiting", 0)

    waits.dbs_checks.update(waiting_since=None)
    assert operations.let_in_waiting(now=NOW) == 1


def test_a_place_that_was_offered_is_kept_and_a_refresher_does_not_ask(asks, by, session, waits):
    invited = PlaceFactory(session=session, reviewer=waits, outcome="invited", answer_by=SOON)
    place = operations.answer_invitation(
        place=invited, is_coming=True, how="online", by=waits.user, now=NOW
    )
    assert place.outcome == "booked"

    another_day = SOON + timedelta(days=1)
    refresher = SessionFactory(kind="refresher", held_on=another_day, booking_opens_on=TODAY)
    PlaceFactory(reviewer=waits, outcome="attended")
    assert list(open_sessions(waits.user, now=NOW)) == [refresher]
    assert operations.book_own(
        session=refresher, reviewer=waits, by=waits.user, now=NOW
    ).outcome == "booked"  # fmt: skip
