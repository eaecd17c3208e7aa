"""Two coordinators press at the same moment; with a control that turns the lock off."""

import pytest
from django.db import connection, transaction

from organisation.queries import trust_settings
from reviews import operations
from reviews.eligibility import Visit, missing_rules
from reviews.models import TeamMember
from reviews.operations import invitations
from rules import RuleBroken
from tests.factories import (
    NOW,
    ReadyReviewerFactory,
    ReviewFactory,
    UserFactory,
)
from tests.races import meeting_after, race, winners

pytestmark = pytest.mark.django_db(transaction=True)


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
    assert sentence.startswith("Ada is on another visit, or asked about one, at that time.")
    assert TeamMember.objects.live().count() == 1


def test_back_to_back_visits_both_get_the_person(ada, by, trust):
    morning = ReviewFactory(starts_at="09:00", ends_at="12:00")
    afternoon = ReviewFactory(starts_at="12:00", ends_at="15:00")
    for review in (morning, afternoon):
        review.refresh_from_db()

    outcomes = race(inviting(morning, ada, by), inviting(afternoon, ada, by))

    assert winners(outcomes) == 2


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


def test_without_the_lock_both_visits_would_get_the_person(ada, by, trust):
    one, other = ReviewFactory(), ReviewFactory()

    with meeting_after("reviews.operations.invitations.missing_rules"):
        outcomes = race(invite_without_a_lock(one, ada, by), invite_without_a_lock(other, ada, by))

    # PostgreSQL's constraint holds even so: it refuses one, or finds both waiting for each other.
    assert winners(outcomes) == (1 if connection.vendor == "postgresql" else 2)
    assert missing_rules(ada, Visit(ReviewFactory(), trust_settings()))[0].rule.key == "free"
