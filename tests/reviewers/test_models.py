"""What the database itself keeps true about people."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from reviewers.models import Exclusion, Reviewer, StageChange, TimeAway
from tests.factories import NOW, TODAY, ReviewerFactory, ServiceFactory, UserFactory


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("reviewers_reviewer_stage", {"stage": "waiting"}),
        ("reviewers_reviewer_weekdays", {"available_weekdays": 128}),
        ("reviewers_reviewer_visits_a_month", {"visits_a_month": 0}),
        ("reviewers_reviewer_visits_a_month", {"visits_a_month": 32}),
        ("reviewers_reviewer_paused_until", {"stage": "active", "paused_until": TODAY}),
    ],
)
def test_reviewer_constraints(db, constraint, values):
    with pytest.raises(IntegrityError, match=constraint):
        ReviewerFactory(**values)


def test_reference_is_unique(db):
    ReviewerFactory(reference="LXR-1")
    with pytest.raises(IntegrityError):
        ReviewerFactory(reference="LXR-1", user=None)


def test_account_belongs_to_one_person(db):
    user = UserFactory()
    ReviewerFactory(user=user)
    with pytest.raises(IntegrityError):
        ReviewerFactory(user=user)


def test_stage_change_moves(db):
    with pytest.raises(IntegrityError, match="reviewers_change_moves"):
        StageChange.objects.create(
            reviewer=ReviewerFactory(), from_stage="active", to_stage="active", at=NOW
        )


def test_exclusion_stands_once(db):
    exclusion = Exclusion.objects.create(reviewer=ReviewerFactory(), service=ServiceFactory())
    with pytest.raises(IntegrityError):
        Exclusion.objects.create(reviewer=exclusion.reviewer, service=exclusion.service)


def test_time_away_ends_on_or_after_its_first_day_and_stands_once(db):
    reviewer = ReviewerFactory()
    with pytest.raises(IntegrityError, match="reviewers_away_ends_later"), transaction.atomic():
        TimeAway.objects.create(
            reviewer=reviewer, starts_on=TODAY, ends_on=TODAY - timedelta(days=1)
        )
    TimeAway.objects.create(reviewer=reviewer, starts_on=TODAY, ends_on=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        TimeAway.objects.create(reviewer=reviewer, starts_on=TODAY, ends_on=TODAY)


def test_querysets_say_who_is_here(db):
    active, left = ReviewerFactory(), ReviewerFactory(stage="left")
    paused = ReviewerFactory(stage="paused")
    assert list(Reviewer.objects.active()) == [active]
    assert set(Reviewer.objects.still_here()) == {active, paused}
    assert left not in Reviewer.objects.still_here()
