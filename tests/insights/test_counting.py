"""What counts as covered, assigned, asked and rated."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from feedback.models import Asking
from insights.counting import (
    Counts,
    Reason,
    Spread,
    count_all,
    count_cells,
    count_coverage,
    missed_by_reason,
    total,
)
from insights.numbers import Rating, Share
from reviews.models import Review
from tests import factories as make
from tests.insights.programmes import completed, put_on

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 12)
SPAN = [(date(2026, 5, 1), date(2026, 6, 1))]


def counted():
    return total(count_cells(SPAN).values())


def test_nothing_counts_without_a_review():
    assert count_cells(SPAN) == {}
    assert count_cells([]) == {}
    assert counted().coverage.percent is None


@pytest.mark.parametrize("status", ["completed", "reported", "closed"])
def test_review_at_which_an_lxr_attended_is_covered(status):
    review = completed(DAY, lxr={})
    review.status = status
    review.save()
    assert counted() == Counts(completed=1, covered=1, covered_in_person=1, assigned=1)


@pytest.mark.parametrize("status", ["planned", "confirmed", "cancelled"])
def test_review_that_did_not_happen_counts_nowhere(status):
    review = make.ReviewFactory(visit_on=DAY, status=status)
    put_on(review)
    make.AnswerFactory(review=review, how="imported")
    assert count_cells(SPAN) == {}


def test_lxr_who_said_yes_and_was_not_there_counts_as_assigned_alone():
    completed(DAY, lxr={"attended": False})
    assert counted() == Counts(completed=1, assigned=1, missed_not_recorded=1)


def test_shadow_does_not_count():
    completed(DAY, lxr={"role": "shadow"})
    assert counted() == Counts(completed=1, missed_not_recorded=1)


def test_remote_contribution_covers_and_is_told_apart():
    review = completed(DAY, lxr={"is_remote": True})
    assert counted() == Counts(completed=1, covered=1, covered_in_person=0, assigned=1)
    put_on(review)
    assert counted() == Counts(completed=1, covered=1, covered_in_person=1, assigned=1)


def test_review_with_two_lxrs_counts_once():
    review = completed(DAY, lxr={})
    put_on(review)
    assert counted() == Counts(completed=1, covered=1, covered_in_person=1, assigned=1)


def test_period_takes_its_first_and_leaves_the_day_after_its_last():
    for day in (SPAN[0][0] - timedelta(days=1), SPAN[0][0], SPAN[0][1] - timedelta(days=1)):
        completed(day)
    completed(SPAN[0][1])
    assert counted().completed == 2


def test_response_rate_is_received_of_asked_and_an_imported_answer_was_asked_for():
    review = completed(DAY)
    contact = make.ContactFactory(service=review.service)
    at = datetime(2026, 5, 13, 9, tzinfo=ZoneInfo("Europe/London"))
    Asking.objects.create(review=review, audience="team", contact=contact, asked_at=at)
    Asking.objects.create(review=review, audience="quality", staff=make.StaffFactory(), asked_at=at)
    make.AnswerFactory(review=review, impact=7, how="online")
    make.AnswerFactory(review=completed(DAY), impact=None, how="imported")
    make.AnswerFactory(
        review=completed(DAY), impact=10, how="imported", received_on=date(2027, 1, 1)
    )
    overall = counted()
    assert (overall.team_asked, overall.team_received) == (3, 3)
    assert (overall.team_impact_sum, overall.team_rated) == (17, 2)
    assert (overall.quality_asked, overall.quality_received) == (1, 0)
    assert overall.quality.mean is None


def lxr_answer(review, **ratings):
    author = make.ReviewerFactory(user=None)
    return make.AnswerFactory(review=review, audience="lxr", author=author, impact=None, **ratings)


def test_an_lxrs_own_answer_rates_support_and_no_impact():
    review = completed(DAY, lxr={})
    lxr_answer(review, support_in_training=7, support_on_visit=10, how="imported")
    lxr_answer(review, support_on_visit=9)
    overall = counted()
    assert (overall.lxr_asked, overall.lxr_received) == (1, 2)
    assert overall.rating("on_visit") == Rating(19, 2, 1, 2)
    assert overall.rating("in_training") == Rating(7, 1, 1, 2)
    assert overall.rating("after_visit").mean is None
    assert overall.team.mean is overall.quality.mean is None


def test_how_many_gave_each_rating():
    review = completed(DAY)
    for impact in (0, 8, 8, 10, None):
        make.AnswerFactory(review=review, impact=impact)
    lxr_answer(review, support_after_visit=3)
    ratings = count_all(SPAN).ratings
    cell = (SPAN[0][0], review.service.directorate_id, review.service.setting)
    assert ratings == {
        (cell, "team"): Spread((1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1)),
        (cell, "after_visit"): Spread((0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0)),
    }
    spread = ratings[cell, "team"]
    assert (spread.n, spread.total) == (4, 26) == (counted().team.n, counted().team.total)


@pytest.mark.parametrize(
    ("reason", "counts_as"),
    [*((reason, reason) for reason in Reason), ("", "not recorded"), ("of old", "not recorded")],
)
def test_each_miss_counts_under_its_reason(reason, counts_as):
    review = completed(DAY)
    Review.objects.filter(pk=review.pk).update(gap_reason=reason)
    found = {str(each): n for each, n in missed_by_reason(counted()).items() if n}
    assert found == {counts_as: 1}
    assert counted().missed == Share(1, 1)


def test_reason_of_a_review_that_an_lxr_attended_counts_nowhere():
    review = completed(DAY, lxr={})
    Review.objects.filter(pk=review.pk).update(gap_reason="declined")
    assert counted() == Counts(completed=1, covered=1, covered_in_person=1, assigned=1)


def test_settings_of_one_directorate_are_told_apart():
    ward = make.ServiceFactory(setting="inpatient")
    prison = make.ServiceFactory(setting="prison", directorate=ward.directorate)
    completed(DAY, service=ward, lxr={})
    completed(DAY, service=prison)
    month = SPAN[0][0]
    assert {cell: c.coverage for cell, c in count_cells(SPAN).items()} == {
        (month, ward.directorate_id, "inpatient"): Share(1, 1),
        (month, ward.directorate_id, "prison"): Share(0, 1),
    }


def test_coverage_alone_is_the_same():
    for lxr in ({}, None, {"attended": False}, {"is_remote": True}):
        completed(DAY, lxr=lxr)
    everything = count_cells(SPAN)
    assert len(count_coverage(SPAN)) == len(everything) == 4
    assert count_coverage(SPAN) == {cell[:2]: c.coverage for cell, c in everything.items()}
    ward = make.ServiceFactory(setting="inpatient")
    prison = make.ServiceFactory(setting="prison", directorate=ward.directorate)
    completed(DAY, service=ward, lxr={})
    completed(DAY, service=prison)
    assert count_coverage(SPAN)[SPAN[0][0], ward.directorate_id] == Share(1, 2)
    assert count_coverage([]) == {}


def test_count_takes_six_queries_however_much_there_is(django_assert_num_queries):
    for month in range(1, 7):
        completed(date(2026, month, 3), lxr={})
    spans = [(date(2026, m, 1), date(2026, m, 20)) for m in range(1, 7)]
    with django_assert_num_queries(6):
        cells = count_cells(spans)
    assert len(cells) == 6
    with django_assert_num_queries(1 if connection.vendor == "sqlite" else 2):
        assert len(count_coverage(spans)) == 6


def test_many_spans_are_read_as_one():
    completed(DAY)
    spans = [(date(1900 + y, 5, 1), date(1900 + y, 6, 1)) for y in range(127)]
    assert total(count_cells(spans).values()).completed == 1
