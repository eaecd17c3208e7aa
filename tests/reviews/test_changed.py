"""Months marked as changed."""

from datetime import date

import pytest

from reviews.changed import mark, mark_months
from reviews.models import ChangedMonth
from tests.factories import DirectorateFactory, ReviewFactory

pytestmark = pytest.mark.django_db


def marks():
    return sorted(ChangedMonth.objects.values_list("month", "directorate_id"))


def test_a_review_marks_its_month_and_directorate_once():
    review = ReviewFactory(visit_on=date(2026, 7, 8))

    mark(review)
    mark(review)

    assert marks() == [(date(2026, 7, 1), review.service.directorate_id)]


def test_many_days_mark_each_month_once_in_one_query(django_assert_num_queries):
    directorate = DirectorateFactory()
    days = [date(2026, 7, 8), date(2026, 7, 30), date(2026, 8, 1)]

    with django_assert_num_queries(1):
        mark_months((day, directorate.pk) for day in days)

    assert marks() == [(date(2026, 7, 1), directorate.pk), (date(2026, 8, 1), directorate.pk)]
