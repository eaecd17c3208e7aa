"""Who may go: the one score of all rules against an independent count in Python."""

import random
from datetime import time, timedelta

import pytest

from reviewers.models import Exclusion, Reviewer, TimeAway
from reviews.eligibility import ONE_MISSING, RULE_BY_KEY, RULES, rules_of_score, score
from reviews.holds import hold_of
from reviews.models import Review, TeamMember
from tests.factories import (
    TODAY,
    DBSCheckFactory,
    LXROnTeamFactory,
    PlaceFactory,
    ReviewerFactory,
    ReviewFactory,
    ServiceFactory,
    SessionFactory,
)
from tests.reviews.test_eligibility import been_on_a_visit, missing, on_another_visit

pytestmark = pytest.mark.django_db


def random_world(dice):
    """A review and people who each may miss anything."""
    service = ServiceFactory(setting=dice.choice(["community", "secure"]))
    times = dice.choice([(None, None), (time(9, 30), time(15, 30))])
    review = ReviewFactory(service=service, starts_at=times[0], ends_at=times[1])
    people = []
    for _ in range(6):
        person = ReviewerFactory(
            stage=dice.choice(["active", "active", "paused", "training"]),
            role_description_signed_on=dice.choice([TODAY, None]),
            available_weekdays=dice.choice([127, 127, 3, 124]),
            visits_a_month=dice.choice([1, 2]),
            first_visit_anywhere=dice.random() < 0.3,
        )
        if dice.random() < 0.7:
            kind = dice.choice(["workshop", "pilot", "staff", "refresher"])
            PlaceFactory(reviewer=person, outcome="attended", session=SessionFactory(kind=kind))
        if dice.random() < 0.7:
            DBSCheckFactory(reviewer=person, level=dice.choice(["basic", "enhanced"]))
        if dice.random() < 0.3:
            Exclusion.objects.create(reviewer=person, service=service)
        if dice.random() < 0.3:
            day = review.visit_on + timedelta(days=dice.randint(-2, 2))
            TimeAway.objects.create(reviewer=person, starts_on=day, ends_on=day)
        if dice.random() < 0.5:
            been_on_a_visit(person, attended=dice.random() < 0.7)
        for _ in range(dice.randint(0, 2)):
            day = review.visit_on + timedelta(days=dice.choice([0, 1, 2, 40]))
            starts = dice.choice([time(7), time(15, 30), time(12)])
            taken = TeamMember.objects.filter(reviewer=person, review__visit_on=day)
            if not taken.exists():
                ends = time(starts.hour + 1, starts.minute)
                on_another_visit(person, day, starts, ends)
        people.append(person)
    if dice.random() < 0.5:
        LXROnTeamFactory(review=review, reviewer=dice.choice(people))
    return review, people


def misses(person, review):
    """What a person misses, worked out row by row in Python."""
    teams = list(TeamMember.objects.select_related("review"))
    own = [each for each in teams if each.reviewer_id == person.pk]
    others = [each for each in own if each.review_id != review.pk]
    start, end = hold_of(review)
    been = any(each.attended and each.role == "lxr" for each in own)
    company = any(
        each.review_id == review.pk
        and each.role == "lxr"
        and each.response in {"invited", "accepted"}
        and each.reviewer_id != person.pk
        for each in teams
    )
    same_month = [
        each
        for each in others
        if (each.review.visit_on.year, each.review.visit_on.month)
        == (review.visit_on.year, review.visit_on.month)
        and each.response in {"invited", "accepted"}
        and each.attended is not False
        and each.review.status != Review.Status.CANCELLED
    ]
    near = [
        each
        for each in others
        if each.review.visit_on != review.visit_on
        and abs((each.review.visit_on - review.visit_on).days) <= 1
        and each.response in {"invited", "accepted"}
        and each.attended is not False
        and each.review.status != Review.Status.CANCELLED
    ]
    kinds = {place.session.kind for place in person.places.filter(outcome="attended")}
    levels = {check.level for check in person.dbs_checks.all()}
    may_start_anywhere = been or person.first_visit_anywhere
    truth = {
        "active": person.stage == "active",
        "first visit alone": may_start_anywhere or company,
        "first visit secure": may_start_anywhere or review.service.setting == "community",
        "available": bool(person.available_weekdays >> review.visit_on.weekday() & 1)
        and not any(
            away.starts_on <= review.visit_on <= away.ends_on for away in person.times_away.all()
        ),
        "free": not any(
            each.holds_from and each.holds_from < end and each.holds_until > start
            for each in others
        ),
        "cap": len(same_month) < person.visits_a_month,
        "rest": not near,
        "signed": person.role_description_signed_on is not None,
        "trained": bool(kinds & {"workshop", "staff"}),
        "readiness": "enhanced" in levels,
        "exclusion": not person.exclusions.filter(service=review.service).exists(),
    }
    assert set(truth) == set(RULE_BY_KEY)
    return [rule.key for rule in RULES if not truth[rule.key]]


@pytest.mark.parametrize("seed", range(8))
def test_the_score_equals_an_independent_count(seed, visit_to):
    review, people = random_world(random.Random(seed))
    visit = visit_to(review)
    everyone = Reviewer.objects.filter(pk__in=[each.pk for each in people])

    scores = dict(everyone.annotate(score=score(visit)).values_list("pk", "score"))
    expected = {each.pk: misses(each, review) for each in people}

    assert {pk: [rule.key for rule in rules_of_score(n)] for pk, n in scores.items()} == expected
    assert {pk: n // ONE_MISSING for pk, n in scores.items()} == {
        pk: len(keys) for pk, keys in expected.items()
    }
    for each in people:
        assert missing(each, visit) == expected[each.pk]
