"""Two coordinators press at the same moment; with a control that turns the lock off."""

from contextlib import suppress
from datetime import time
from importlib import import_module

import pytest
from django.db import connection, transaction

from organisation.queries import trust_settings
from reviews import operations
from reviews.eligibility import Visit, missing_rules
from reviews.models import Review, TeamMember
from reviews.operations import invitations
from reviews.waves import operations as waves
from rules import RuleBroken
from tests.factories import (
    NOW,
    ReadyReviewerFactory,
    ReviewFactory,
    TurnFactory,
    UserFactory,
    WaveFactory,
)
from tests.races import meeting_after, race, winners

pytestmark = pytest.mark.django_db(transaction=True)

EVERYONE = 200
# As in a web server, workers serve the presses: PostgreSQL takes 100 connections, and on SQLite,
# where one writes at a time, whoever waits longer than 20 seconds gives up.
WORKERS = {"sqlite": 8, "postgresql": 50}


@pytest.fixture
def by():
    return UserFactory(roles=["coordinator"])


@pytest.fixture
def ada():
    return ReadyReviewerFactory(first_name="Ada", first_visit_anywhere=True)


def inviting(review, person, by):
    return lambda: operations.invite_reviewer(review=review, reviewer=person, by=by, now=NOW)


def refusals(outcomes):
    return [str(each) for each in outcomes if isinstance(each, RuleBroken)]


def test_one_person_is_invited_once(ada, by, trust):
    review = ReviewFactory()

    with meeting_after("reviews.operations.invitations.missing_rules", patience=0.3):
        outcomes = race(*[inviting(review, ada, by)] * 2)

    assert winners(outcomes) == 1
    assert refusals(outcomes) == ["Ada has been asked already."]
    assert TeamMember.objects.count() == 1


def test_overlapping_visits_get_one_person_once(ada, by, trust):
    one, other = ReviewFactory(), ReviewFactory()

    with meeting_after("reviews.operations.invitations.missing_rules", patience=0.3):
        outcomes = race(inviting(one, ada, by), inviting(other, ada, by))

    assert winners(outcomes) == 1
    [sentence] = refusals(outcomes)
    assert sentence.startswith(
        "Ada is on another visit, asked about one, or in training at that time."
    )
    assert TeamMember.objects.live().count() == 1


def test_back_to_back_visits_both_get_the_person(ada, by, trust):
    morning = ReviewFactory(starts_at="09:00", ends_at="12:00")
    afternoon = ReviewFactory(starts_at="12:00", ends_at="15:00")
    for review in (morning, afternoon):
        review.refresh_from_db()

    outcomes = race(inviting(morning, ada, by), inviting(afternoon, ada, by))

    assert winners(outcomes) == 2


def test_of_200_presses_on_overlapping_visits_one_holds_and_one_back_to_back_with_it(
    ada, by, trust
):
    morning, afternoon = (
        ReviewFactory.create_batch(4, starts_at=starts_at, ends_at=ends_at)
        for starts_at, ends_at in ((time(9), time(12)), (time(12), time(15)))
    )
    presses = [inviting(review, ada, by) for review in [*morning, *afternoon] * 25]
    assert len(presses) == EVERYONE
    outcomes = []

    def serve():
        while presses:
            with suppress(IndexError):
                press = presses.pop()
                try:
                    outcomes.append(press())
                except RuleBroken as refused:
                    outcomes.append(refused)

    workers = race(*[serve] * WORKERS[connection.vendor], seconds=60)

    assert [each for each in workers if each is not None] == []
    assert (len(outcomes), winners(outcomes)) == (EVERYONE, 2)
    held = TeamMember.objects.live().filter(reviewer=ada).order_by("holds_from")
    assert [each.review in morning for each in held] == [True, False]
    assert held[0].holds_until == held[1].holds_from


def test_an_answer_given_twice_is_one_answer(ada, by, trust):
    member = inviting(ReviewFactory(), ada, by)()

    def say():
        return operations.answer(
            member=member, answer="accepted", how=TeamMember.How.ONLINE, by=by, now=NOW
        )

    assert winners(race(say, say)) == 2  # the second finds it said
    member.refresh_from_db()
    assert member.response == "accepted"


def test_cancelling_and_inviting_leave_no_time_held(ada, by, trust):
    review = ReviewFactory()

    race(
        inviting(review, ada, by),
        lambda: operations.cancel(review=review, by=by, now=NOW),
    )

    assert not TeamMember.objects.filter(holds_from__isnull=False).exists()


ASKS_MORE = "reviews.waves.policies.check_was_not_asked_meanwhile"


@pytest.fixture
def gap():
    """A visit that wants two, with two people in its line who may go."""
    wave = WaveFactory(review__lxrs_wanted=2)
    for person in ReadyReviewerFactory.create_batch(2, first_visit_anywhere=True):
        TurnFactory(wave=wave, reviewer=person)
    return wave.review


def pressing(gap, by):
    return lambda: waves.ask_next(review=gap, how_many=1, waiting=0, by=by, now=NOW).people


def test_two_who_press_at_once_on_the_gap_board_ask_one_person(gap, by, trust):
    with meeting_after(ASKS_MORE, patience=0.3):
        outcomes = race(*[pressing(gap, by)] * 2)

    assert winners(outcomes) == 1
    assert gap.team.count() == 1


def test_without_the_lock_two_who_press_at_once_would_ask_two(gap, by, trust, monkeypatch):
    monkeypatch.setattr(waves, "lock_review", lambda pk: Review.objects.get(pk=pk))
    monkeypatch.setattr(waves, "_ask_one", waves._ask_one.__wrapped__)

    with meeting_after(ASKS_MORE):
        race(*[pressing(gap, by)] * 2)

    assert gap.team.count() == 2


def invite_without_a_lock(review, person, by):
    """The operation's check and write, with the check outside the transaction that writes."""

    def press():
        visit = Visit(review, trust_settings())
        if invitations.missing_rules(person, visit):
            return False
        with transaction.atomic():
            invitations.ask(TeamMember(review=review, reviewer=person), trust=visit.trust, now=NOW)
        return True

    return press


@pytest.fixture
def no_constraint():
    """PostgreSQL without its second line: it would refuse what no lock has held."""
    if connection.vendor == "postgresql":
        migration = import_module("reviews.migrations.0002_no_overlap")
        with connection.schema_editor() as editor:
            migration.drop(None, editor)
        yield
        TeamMember.objects.all().delete()
        with connection.schema_editor() as editor:
            migration.add(None, editor)
    else:
        yield


@pytest.mark.usefixtures("no_constraint")
def test_without_lock_and_constraint_one_person_would_be_on_two_visits_at_once(ada, by, trust):
    visits = ReviewFactory.create_batch(2, starts_at=time(9), ends_at=time(12))
    after = ReviewFactory(starts_at=time(12), ends_at=time(15))

    with meeting_after("reviews.operations.invitations.missing_rules", parties=3):
        outcomes = race(*(invite_without_a_lock(each, ada, by) for each in [*visits, after]))

    assert winners(outcomes) == 3  # the one after them is no clash, and should be
    assert TeamMember.objects.live().filter(review__in=visits).count() == 2


def test_without_the_lock_both_visits_would_get_the_person(ada, by, trust):
    one, other = ReviewFactory(), ReviewFactory()

    with meeting_after("reviews.operations.invitations.missing_rules"):
        outcomes = race(invite_without_a_lock(one, ada, by), invite_without_a_lock(other, ada, by))

    # PostgreSQL's constraint holds even so: it refuses one, or finds both waiting for each other.
    assert winners(outcomes) == (1 if connection.vendor == "postgresql" else 2)
    assert missing_rules(ada, Visit(ReviewFactory(), trust_settings()))[0].rule.key == "free"
