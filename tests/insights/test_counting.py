"""What counts as covered, assigned, asked and rated."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from feedback.models import Asking
from insights.counting import Counts, count_cells, total
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
    assert counted() == Counts(completed=1, assigned=1)


def test_shadow_does_not_count():
    completed(DAY, lxr={"role": "shadow"})
    assert counted() == Counts(completed=1)


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


def test_an_lxrs_own_answer_is_no_impact_rating():
    review = completed(DAY)
    author = make.ReviewerFactory(user=None)
    make.AnswerFactory(review=review, audience="lxr", author=author, impact=None)
    assert counted() == Counts(completed=1)


def test_count_takes_three_queries_however_much_there_is(django_assert_num_queries):
    for month in range(1, 7):
        completed(date(2026, month, 3), lxr={})
    with django_assert_num_queries(3):
        cells = count_cells([(date(2026, m, 1), date(2026, m, 20)) for m in range(1, 7)])
    assert len(cells) == 6


def test_many_spans_are_read_as_one():
    completed(DAY)
    spans = [(date(1900 + y, 5, 1), date(1900 + y, 6, 1)) for y in range(127)]
    assert total(count_cells(spans).values()).completed == 1
