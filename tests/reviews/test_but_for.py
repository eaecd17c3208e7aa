"""Who misses nothing but one rule, of many visits at once: what the rules say of each alone."""

from datetime import time, timedelta
from random import Random

import pytest

from reviewers.models import Exclusion, Reviewer, TimeAway
from reviews.eligibility import ONE_MISSING, RULES, Visit, score
from reviews.models import Review
from reviews.queries import but_for
from reviews.queries.but_for import loaded_visits, missing_nothing_but
from tests.factories import (
    TODAY,
    DBSCheckFactory,
    LXROnTeamFactory,
    PlaceFactory,
    ReadyReviewerFactory,
    ReviewerFactory,
    ReviewFactory,
    ServiceFactory,
    SessionFactory,
    StaffOnTeamFactory,
)
from tests.nets.growing import held

pytestmark = pytest.mark.django_db


def fill(chance: Random) -> None:
    places = [
        ServiceFactory(setting=chance.choice(["community", "community", "secure", "prison"]))
        for _ in range(4)
    ]
    session = SessionFactory(held_on=TODAY - timedelta(days=200))
    later = SessionFactory(held_on=TODAY + timedelta(days=12))
    people = [
        ReviewerFactory(
            user=None,
            stage=chance.choice(["active"] * 5 + ["checks", "paused"]),
            role_description_signed_on=chance.choice([TODAY, TODAY, TODAY, None]),
            available_weekdays=chance.choice([127, 127, 31, 21]),
            visits_a_month=chance.choice([1, 2]),
            first_visit_anywhere=chance.random() < 0.5,
        )
        for _ in range(40)
    ]
    for person in people:
        if chance.random() < 0.8:
            outcome = {"session": chance.choice([session, session, later]), "outcome": "attended"}
            PlaceFactory(reviewer=person, **outcome)
        if chance.random() < 0.5:
            DBSCheckFactory(reviewer=person)
        if chance.random() < 0.2:
            Exclusion.objects.create(reviewer=person, service=chance.choice(places))
        if chance.random() < 0.2:
            TimeAway.objects.create(
                reviewer=person, starts_on=TODAY, ends_on=TODAY + timedelta(days=15)
            )
        if chance.random() < 0.4:
            done = ReviewFactory(status="completed", visit_on=TODAY - timedelta(days=9))
            LXROnTeamFactory(review=done, reviewer=person, response="accepted", attended=True)
    for number in range(10):
        review = ReviewFactory(
            service=chance.choice(places),
            visit_on=TODAY + timedelta(days=1 + number * 2 % 14),
            starts_at=time(chance.choice([9, 13])),
            ends_at=time(chance.choice([15, 16])),
        )
        if chance.random() < 0.5:
            StaffOnTeamFactory(review=review)
        for person in chance.sample(people, chance.choice([0, 0, 1, 2])):
            LXROnTeamFactory(review=review, reviewer=person, **held(review))


def by_the_rules(key: str, visit: Visit) -> set[int]:
    """The same, asked of one visit alone."""
    others = [rule for rule in RULES if rule.key != key]
    able = Reviewer.objects.annotate(score=score(visit, only=others)).filter(score__lt=ONE_MISSING)
    return set(able.values_list("pk", flat=True)) - visit.lxrs_on_team


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("key", ["readiness", "available"])
def test_it_says_what_the_rules_say_of_each_visit(key, seed, trust, monkeypatch):
    monkeypatch.setattr(but_for, "AT_ONCE", 3)
    fill(Random(seed))
    visits = loaded_visits(Review.objects.coming(), trust)

    found = missing_nothing_but(key, visits)

    alone = [by_the_rules(key, Visit(visit.review, trust)) for visit in visits]
    assert found == alone
    assert any(alone)


def test_its_queries_do_not_grow_with_visits_or_people(trust, django_assert_num_queries):
    for _ in range(2):
        fill(Random(1))
        visits = loaded_visits(Review.objects.coming(), trust)
        with django_assert_num_queries(len(RULES) + 1):
            missing_nothing_but("readiness", visits)


@pytest.mark.parametrize("key", ["readiness", "available"])
def test_whoever_is_asked_to_another_visit_at_that_time_is_busy_for_this_one(key, trust):
    person = ReadyReviewerFactory(first_visit_anywhere=True)
    asked, other = ReviewFactory(), ReviewFactory()
    LXROnTeamFactory(review=asked, reviewer=person, **held(asked))

    visits = loaded_visits(Review.objects.coming(), trust)

    assert [visit.review for visit in visits] == [asked, other]
    assert missing_nothing_but(key, visits) == [set(), set()]
