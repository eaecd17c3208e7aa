"""Who may go: each rule by itself."""

from datetime import time, timedelta

import pytest

from reviewers.models import Exclusion, Stage, TimeAway
from reviews.eligibility import missing_rules
from reviews.holds import hold_of
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
from training.models import Session

pytestmark = pytest.mark.django_db


def experienced(**extra):
    """Ready, and has been on a visit long ago."""
    person = ReadyReviewerFactory(**extra)
    been_on_a_visit(person)
    return person


def been_on_a_visit(person, **extra):
    past = ReviewFactory(visit_on=TODAY - timedelta(days=100), status="completed")
    return LXROnTeamFactory(
        review=past, reviewer=person, **{"response": "accepted", "attended": True, **extra}
    )


def missing(person, visit):
    return [each.rule.key for each in missing_rules(person, visit)]


def on_another_visit(person, day, starts_at=time(10), ends_at=time(12), **extra):
    review = ReviewFactory(visit_on=day, starts_at=starts_at, ends_at=ends_at)
    start, end = hold_of(review)
    return LXROnTeamFactory(
        review=review, reviewer=person, holds_from=start, holds_until=end, **extra
    )


def test_ready_and_experienced_person_misses_nothing(review, visit_to):
    assert missing(experienced(), visit_to(review)) == []


@pytest.mark.parametrize("stage", [each for each in Stage.values if each != "active"])
def test_only_the_active_stage_goes(review, visit_to, stage):
    assert missing(experienced(stage=stage), visit_to(review)) == ["active"]


def test_training_after_the_visit_does_not_count(review, visit_to):
    person = ReviewerFactory()
    been_on_a_visit(person)
    DBSCheckFactory(reviewer=person)
    PlaceFactory(
        reviewer=person,
        outcome="attended",
        session=SessionFactory(held_on=review.visit_on + timedelta(days=1)),
    )

    assert missing(person, visit_to(review)) == ["trained"]


def test_refresher_is_asked_where_training_counts_no_longer(review, visit_to):
    person = experienced()
    Session.objects.update(counts_until=review.visit_on - timedelta(days=1))

    assert missing(person, visit_to(review)) == ["trained"]


def test_role_description_must_be_signed(review, visit_to):
    person = experienced(role_description_signed_on=None)

    assert missing(person, visit_to(review)) == ["signed"]


def test_delayed_checks_all_read_alike(review, visit_to):
    person = ReviewerFactory()
    been_on_a_visit(person)
    PlaceFactory(reviewer=person, outcome="attended")
    DBSCheckFactory(reviewer=person, result="disclosure")

    [one] = missing_rules(person, visit_to(review))

    assert (one.rule.key, one.sentence) == ("readiness", "Checks under way.")


def test_exclusion_is_kept(review, visit_to):
    person = experienced()
    Exclusion.objects.create(reviewer=person, service=review.service)

    assert missing(person, visit_to(review)) == ["exclusion"]
    assert missing(person, visit_to(ReviewFactory())) == []


def test_weekday_that_is_not_theirs(review, visit_to):
    person = experienced(available_weekdays=0b1111111 & ~(1 << review.visit_on.weekday()))

    assert missing(person, visit_to(review)) == ["available"]


@pytest.mark.parametrize(("days", "expected"), [(0, ["available"]), (1, [])])
def test_time_away_counts_its_last_day(review, visit_to, days, expected):
    person = experienced()
    last = review.visit_on - timedelta(days=days)
    TimeAway.objects.create(reviewer=person, starts_on=last - timedelta(days=7), ends_on=last)

    assert missing(person, visit_to(review)) == expected


def test_overlapping_visit_blocks_and_back_to_back_does_not(review, visit_to):
    busy, before = experienced(), experienced()
    on_another_visit(busy, review.visit_on, time(15), time(17))
    on_another_visit(before, review.visit_on, time(7), review.starts_at)

    assert missing(busy, visit_to(review)) == ["free"]
    assert missing(before, visit_to(review)) == []


@pytest.mark.parametrize("leads", [True, False])
def test_training_at_that_time_blocks_and_before_it_does_not(leads, review, visit_to):
    busy, before = experienced(), experienced()
    for person, starts, ends in (
        (busy, time(15), time(17)),
        (before, time(7), review.starts_at),
    ):
        session = SessionFactory(held_on=review.visit_on, starts_at=starts, ends_at=ends)
        if leads:
            session.co_facilitators.add(person)
        else:
            PlaceFactory(session=session, reviewer=person)
            PlaceFactory(session=session, reviewer=experienced(), outcome="cancelled")

    assert missing(busy, visit_to(review)) == ["free"]
    assert missing(before, visit_to(review)) == []


def test_visit_without_times_takes_the_whole_day(visit_to):
    review = ReviewFactory(starts_at=None, ends_at=None)
    person = experienced()
    on_another_visit(person, review.visit_on, time(6), time(7))

    assert missing(person, visit_to(review)) == ["free"]


def test_monthly_cap_counts_the_calendar_month(visit_to):
    review = ReviewFactory(visit_on=TODAY.replace(month=7, day=8))
    full, next_month, elsewhere = (experienced(visits_a_month=1) for _ in range(3))
    on_another_visit(full, review.visit_on.replace(day=31))
    on_another_visit(next_month, review.visit_on.replace(month=8, day=1))
    on_another_visit(elsewhere, review.visit_on.replace(day=2)).review.__class__.objects.filter(
        team__reviewer=elsewhere, status="planned"
    ).update(status="cancelled")

    assert missing(full, visit_to(review)) == ["cap"]
    assert missing(next_month, visit_to(review)) == []
    assert missing(elsewhere, visit_to(review)) == []


@pytest.mark.parametrize(
    ("rest_days", "away", "expected"),
    [
        (1, 1, ["rest"]),
        (1, -1, ["rest"]),
        (1, 2, []),
        (2, 2, ["rest"]),
        (2, -3, []),
        (0, 1, []),
    ],
)
def test_rest_lies_between_two_days_with_a_visit(rest_days, away, expected, visit_to, trust):
    trust.rest_days = rest_days
    trust.save()
    review = ReviewFactory(visit_on=TODAY.replace(month=7, day=15))
    person = experienced(visits_a_month=5)
    on_another_visit(person, review.visit_on + timedelta(days=away))

    assert missing(person, visit_to(review)) == expected


def test_two_visits_of_one_day_are_one_day_out(review, visit_to, trust):
    trust.rest_days = 5
    trust.save()
    person = experienced(visits_a_month=5)
    on_another_visit(person, review.visit_on, time(7), review.starts_at)

    assert missing(person, visit_to(review)) == []


def test_a_visit_that_came_to_nothing_asks_for_no_rest(review, visit_to):
    person = experienced(visits_a_month=5)
    LXROnTeamFactory(
        review=ReviewFactory(visit_on=review.visit_on + timedelta(days=1)),
        reviewer=person,
        response="declined",
    )
    LXROnTeamFactory(
        review=ReviewFactory(visit_on=review.visit_on - timedelta(days=1), status="cancelled"),
        reviewer=person,
    )

    assert missing(person, visit_to(review)) == []


def test_not_having_come_does_not_use_up_the_month(visit_to):
    review = ReviewFactory(visit_on=TODAY + timedelta(days=1))
    person = experienced(visits_a_month=1)
    past = ReviewFactory(visit_on=TODAY - timedelta(days=1), status="completed")
    LXROnTeamFactory(review=past, reviewer=person, response="accepted", attended=False)

    assert missing(person, visit_to(review)) == []


def test_first_visit_needs_company_or_a_wish(review, visit_to):
    new, wishes = ReadyReviewerFactory(), ReadyReviewerFactory(first_visit_anywhere=True)

    assert missing(new, visit_to(review)) == ["first visit alone"]
    assert missing(wishes, visit_to(review)) == []

    LXROnTeamFactory(review=review)
    assert missing(new, visit_to(review)) == []


@pytest.mark.parametrize("answer", ["declined", "withdrawn", "expired"])
def test_who_does_not_come_is_no_company(review, visit_to, answer):
    LXROnTeamFactory(review=review, response=answer)

    assert missing(ReadyReviewerFactory(), visit_to(review)) == ["first visit alone"]


def test_a_shadow_or_the_person_themselves_is_no_company(review, visit_to):
    LXROnTeamFactory(review=review, role="shadow")
    StaffOnTeamFactory(review=review)
    alone = LXROnTeamFactory(review=review).reviewer

    assert missing(alone, visit_to(review)) == ["first visit alone"]


@pytest.mark.parametrize("setting", ["secure", "prison"])
def test_first_visit_is_not_to_a_secure_place_unless_wished(visit_to, setting):
    review = ReviewFactory(service=ServiceFactory(setting=setting))
    LXROnTeamFactory(review=review)

    assert missing(ReadyReviewerFactory(), visit_to(review)) == ["first visit secure"]
    assert missing(ReadyReviewerFactory(first_visit_anywhere=True), visit_to(review)) == []
    assert missing(experienced(), visit_to(review)) == []


def test_not_having_come_is_no_experience(review, visit_to):
    person = ReadyReviewerFactory()
    been_on_a_visit(person, attended=False)

    assert missing(person, visit_to(review)) == ["first visit alone"]


def test_sentences_name_the_person(review, visit_to):
    person = experienced(first_name="Ada", role_description_signed_on=None)

    [one] = missing_rules(person, visit_to(review))

    assert one.sentence == "Ada has not signed the role description."
    assert one.next_step == "Send Ada the role description and record when they sign."
    assert one.whose_move == "you"


def test_paused_person_is_taking_a_break(review, visit_to):
    [one] = missing_rules(experienced(first_name="Ada", stage="paused"), visit_to(review))

    assert one.sentence == "Ada is taking a break."
