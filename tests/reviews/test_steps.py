"""One step away: whose move, since when, and how long the step usually takes here."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache

from checks.models import DBSCheck
from organisation.queries import trust_settings
from reviewers.models import RoleDescription, RoleSignature, StageChange
from reviews.eligibility import RULE_BY_KEY, in_words_of
from reviews.queries.steps import Step, Usual, steps_of, usual_steps
from tests.factories import (
    NOW,
    TODAY,
    DBSCheckFactory,
    PlaceFactory,
    ReadyReviewerFactory,
    ReviewerFactory,
    ReviewFactory,
)

pytestmark = pytest.mark.django_db


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def step(person, rule: str, on: date = TODAY) -> Step:
    missing = in_words_of(RULE_BY_KEY[rule], person)
    return steps_of([(person, missing)], on=on, today=TODAY, trust=trust_settings())[person.pk]


def checked(days: int) -> None:
    """Somebody whose check took so many days."""
    applied = date(2026, 1, 5)
    DBSCheckFactory(
        reviewer=ReviewerFactory(), applied_on=applied, issued_on=applied + timedelta(days=days),
        result="clear",
    )  # fmt: skip


def test_a_check_says_since_when_and_how_long_checks_take_for_all_alike(trust):
    for days in (10, 20, 60):
        checked(days)
    waiting = ReviewerFactory(stage="active")
    DBSCheckFactory(
        reviewer=waiting, applied_on=date(2026, 5, 4), issued_on=None, result="awaiting"
    )

    assert step(waiting, "readiness") == Step("the checks team", date(2026, 5, 4), Usual(20, 3))


def test_how_long_checks_take_moves_by_nothing_that_was_settled_lately(trust):
    for days in (10, 20, 60):
        checked(days)
    renewed = DBSCheck.objects.order_by("pk").first().reviewer
    for who, applied, issued in (
        (ReviewerFactory(), TODAY - timedelta(days=300), TODAY - timedelta(days=89)),
        (renewed, date(2026, 1, 8), date(2026, 2, 8)),
    ):
        DBSCheckFactory(reviewer=who, applied_on=applied, issued_on=issued, result="clear")

    assert usual_steps(TODAY)["readiness"] == Usual(20, 3)


def test_a_median_of_fewer_than_three_is_not_said(trust):
    checked(10)
    checked(20)

    assert step(ReviewerFactory(stage="active"), "readiness").usual is None


def test_a_stage_says_since_when_and_how_long_it_is_from_there(trust):
    for days in (7, 9, 30):
        person = ReviewerFactory(stage="active")
        began = date(2026, 2, 2)
        for earlier, later, day in (
            ("interview", "checks", began),
            ("checks", "active", began + timedelta(days=days)),
        ):
            StageChange.objects.create(
                reviewer=person, from_stage=earlier, to_stage=later, at=at(day)
            )
    waiting = ReviewerFactory(stage="checks", stage_since=date(2026, 5, 1))

    assert step(waiting, "active") == Step("you", date(2026, 5, 1), Usual(9, 3))
    enquirer = ReviewerFactory(stage="enquiry", stage_since=date(2026, 6, 1))
    assert step(enquirer, "active") == Step("you", date(2026, 6, 1), None)


def test_a_signature_is_awaited_since_the_newest_version(trust):
    RoleDescription.objects.create(
        number=1, words="Words", published_at=at(date(2026, 3, 2)), needed_from=date(2026, 3, 2)
    )
    for days in (1, 2, 3):
        RoleSignature.objects.create(
            reviewer=ReviewerFactory(joined_on=date(2026, 1, 1)), version=1,
            signed_on=date(2026, 3, 2) + timedelta(days=days), how="online",
        )  # fmt: skip
    waiting = ReviewerFactory(stage="active", joined_on=date(2026, 1, 1))

    assert step(waiting, "signed") == Step("you", date(2026, 3, 2), Usual(2, 3))


def test_a_signature_is_awaited_since_the_version_that_the_day_of_the_visit_needs(trust):
    for number, published, needed in (
        (1, date(2026, 3, 2), date(2026, 3, 2)),
        (2, date(2026, 6, 1), date(2026, 9, 1)),
    ):
        RoleDescription.objects.create(
            number=number, words="Words", published_at=at(published), needed_from=needed
        )
    waiting = ReviewerFactory(stage="active", joined_on=date(2026, 1, 1))

    assert step(waiting, "signed", on=date(2026, 8, 31)).since == date(2026, 3, 2)
    assert step(waiting, "signed", on=date(2026, 9, 1)).since == date(2026, 6, 1)


def test_who_was_never_trained_waits_since_their_stage_of_training_began(trust):
    person = ReviewerFactory(stage="active")
    assert step(person, "trained").since is None
    for day in (date(2026, 2, 2), date(2026, 4, 1)):  # one step back, and there again
        StageChange.objects.create(
            reviewer=person, from_stage="checks", to_stage="training", at=at(day)
        )
    assert step(person, "trained").since == date(2026, 4, 1)


def test_training_that_lapsed_says_since_when(trust):
    person = ReviewerFactory(stage="active")
    PlaceFactory(
        reviewer=person, outcome="attended", session__kind="workshop",
        session__held_on=date(2025, 3, 3), session__counts_until=date(2026, 3, 3),
    )  # fmt: skip

    found = step(person, "trained")
    assert (found.whose_move, found.since) == ("whoever runs training", date(2026, 3, 3))


def test_training_that_runs_out_before_the_visit_is_lacking_since_no_day_yet(trust):
    person = ReviewerFactory(stage="active")
    StageChange.objects.create(
        reviewer=person, from_stage="checks", to_stage="training", at=at(date(2025, 2, 3))
    )
    PlaceFactory(
        reviewer=person, outcome="attended", session__kind="workshop",
        session__held_on=date(2025, 3, 3), session__counts_until=TODAY + timedelta(days=20),
    )  # fmt: skip

    assert step(person, "trained", on=TODAY + timedelta(days=30)).since is None


def test_what_is_no_waiting_has_no_day(trust):
    assert step(ReviewerFactory(stage="active"), "cap") == Step("the person", None, None)


def test_usual_days_are_counted_once_a_day(trust, django_assert_num_queries):
    cache.clear()
    usual_steps(TODAY)
    with django_assert_num_queries(0):
        usual_steps(TODAY)


@time_machine.travel(NOW)
def test_the_page_says_it(client_as, trust):
    review = ReviewFactory(visit_on=TODAY + timedelta(days=30), lxrs_wanted=2)
    for days in (10, 20, 60):
        checked(days)
    person = ReadyReviewerFactory(first_visit_anywhere=True, first_name="Ada")
    person.dbs_checks.all().delete()
    DBSCheckFactory(reviewer=person, applied_on=date(2026, 5, 4), issued_on=None, result="awaiting")

    page = " ".join(client_as("coordinator").get(f"/reviews/{review.pk}/").content.decode().split())

    assert "One step away: with the checks team" in page
    assert page.count("This usually takes 20 days here (median of 3).") == 1
    assert "With the checks team since 4 May 2026." in page
