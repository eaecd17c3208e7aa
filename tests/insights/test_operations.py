"""The stored months follow the reviews."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from insights import tasks
from insights.counting import Counts, count_all
from insights.models import MonthCounts
from insights.operations import mark_differences, refresh_counts
from insights.stored import stored_counts, stored_everything
from organisation.moving import moved
from reviews.changed import mark, mark_months
from reviews.models import ChangedMonth, Review
from tests import factories as make
from tests.factories import TODAY
from tests.insights.programmes import completed, put_on

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 12)
MAY = date(2026, 5, 1)
EVERYTHING = [(date.min, date.max)]


def test_marked_month_is_recomputed_and_its_mark_goes():
    review = completed(DAY, lxr={})
    mark(review)
    assert refresh_counts() == 1
    cell = (MAY, review.service.directorate_id, review.service.setting)
    assert stored_counts() == {
        cell: Counts(completed=1, covered=1, covered_in_person=1, assigned=1)
    }
    assert not ChangedMonth.objects.exists()

    review.team.update(attended=False)
    mark(review)
    assert refresh_counts() == 1
    assert stored_counts() == {cell: Counts(completed=1, assigned=1, missed_not_recorded=1)}


def test_month_that_lost_its_last_review_is_no_longer_stored():
    review = completed(DAY)
    mark(review)
    refresh_counts()
    Review.objects.filter(pk=review.pk).update(status="cancelled")
    mark(review)
    refresh_counts()
    assert stored_counts() == {}


def test_postponed_review_counts_at_its_new_date():
    review = completed(DAY)
    mark(review)
    refresh_counts()
    Review.objects.filter(pk=review.pk).update(visit_on=date(2026, 6, 2))
    mark_months(
        [(DAY, review.service.directorate_id), (date(2026, 6, 2), review.service.directorate_id)]
    )
    assert refresh_counts() == 2
    assert list(stored_counts()) == [
        (date(2026, 6, 1), review.service.directorate_id, review.service.setting)
    ]


def test_service_that_moves_takes_its_past_along():
    review, other = completed(DAY, lxr={}), completed(DAY)
    mark(review)
    mark(other)
    refresh_counts()
    service, was = review.service, review.service.directorate_id
    service.setting, service.directorate = "prison", other.service.directorate
    service.save()
    moved(service, was)
    assert refresh_counts() == 2
    assert stored_everything() == count_all(EVERYTHING)
    assert {cell[1:] for cell in stored_counts()} == {
        (other.service.directorate_id, "prison"),
        (other.service.directorate_id, other.service.setting),
    }


def test_month_without_a_mark_is_left_alone():
    marked, unmarked = completed(DAY), completed(date(2026, 4, 2))
    unmarked.service.directorate = marked.service.directorate
    unmarked.service.save()
    mark(marked)
    refresh_counts()
    assert list(stored_counts()) == [(MAY, marked.service.directorate_id, marked.service.setting)]


def test_refresh_takes_as_many_queries_for_many_marks_as_for_one(django_assert_num_queries):
    for month in range(1, 6):
        for _ in range(3):
            mark(completed(date(2026, month, 3), lxr={}))
    # ask, savepoint, marks, 6 counts, store, 2 that find what is stale, delete, release, ask again
    with django_assert_num_queries(15):
        assert refresh_counts() == 15


def test_nothing_to_do_costs_one_question_and_no_transaction(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert refresh_counts() == 0


def test_mark_made_again_is_one_mark():
    review = completed(DAY)
    mark(review)
    mark(review)
    assert ChangedMonth.objects.count() == 1


reviews = st.lists(
    st.tuples(
        st.sampled_from(["completed", "reported", "closed", "cancelled", "planned"]),
        st.integers(0, 100),  # days back
        st.integers(0, 2),  # which service
        st.lists(
            st.tuples(
                st.sampled_from(["lxr", "shadow"]),
                st.sampled_from(["accepted", "declined", "invited"]),
                st.sampled_from([True, False, None]),
                st.booleans(),
            ),
            max_size=2,
        ),
        st.lists(
            st.tuples(st.sampled_from(["team", "quality", "lxr"]), st.integers(0, 10)), max_size=3
        ),
        st.sampled_from(["", *Review.GapReason.values]),
    ),
    max_size=8,
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(programme=reviews)
def test_stored_months_equal_the_reviews_whatever_they_are(programme):
    with transaction.atomic():
        services = [
            make.ServiceFactory(directorate=directorate, setting=setting)
            for directorate, setting in zip(
                [make.DirectorateFactory()] * 2 + [make.DirectorateFactory()],
                ["community", "prison", "prison"],
                strict=True,
            )
        ]
        people = [make.ReviewerFactory(user=None) for _ in range(2)]
        for status, days, which, team, answers, reason in programme:
            review = make.ReviewFactory(
                status=status,
                visit_on=TODAY - timedelta(days=days),
                service=services[which],
                gap_reason=reason,
            )
            for person, (role, response, attended, is_remote) in zip(people, team, strict=False):
                put_on(
                    review,
                    reviewer=person,
                    role=role,
                    response=response,
                    attended=attended,
                    is_remote=is_remote,
                )
            for audience, rating in answers:
                ratings = (
                    {"impact": None, "support_on_visit": rating, "author": make.ReviewerFactory()}
                    if audience == "lxr"
                    else {"impact": rating}
                )
                make.AnswerFactory(review=review, audience=audience, how="imported", **ratings)
            mark(review)
        refresh_counts()
        assert stored_everything() == count_all(EVERYTHING)
        assert mark_differences() == 0
        transaction.set_rollback(True)


def test_nightly_finds_and_mends_what_nobody_marked(caplog):
    review = completed(DAY, lxr={})
    make.AnswerFactory(review=review, impact=7)
    MonthCounts.objects.create(
        month=date(2026, 1, 1),
        directorate=review.service.directorate,
        setting="community",
        completed=3,
        missed_other=3,
    )
    tasks.nightly()
    assert stored_everything() == count_all(EVERYTHING)
    assert "2 cells, now mended" in caplog.text
    caplog.clear()
    tasks.nightly()
    assert not caplog.text


@pytest.mark.parametrize(
    "values",
    [
        {"month": DAY},
        {"completed": 1, "covered": 2},
        {"completed": 2, "covered": 1, "covered_in_person": 2},
        {"completed": 1, "assigned": 2},
        {"completed": 2, "covered": 1},
        {"completed": 2, "covered": 1, "missed_other": 2},
        {"setting": "ship"},
    ],
)
def test_counts_that_cannot_be_are_refused(values):
    directorate = make.DirectorateFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        MonthCounts.objects.create(
            **{"month": MAY, "directorate": directorate, "setting": "prison", **values}
        )


def test_a_month_directorate_and_setting_is_stored_once():
    directorate = make.DirectorateFactory()
    MonthCounts.objects.create(month=MAY, directorate=directorate, setting="prison")
    MonthCounts.objects.create(month=MAY, directorate=directorate, setting="secure")
    with pytest.raises(IntegrityError), transaction.atomic():
        MonthCounts.objects.create(month=MAY, directorate=directorate, setting="prison")


@pytest.mark.skipif(
    not connection.features.has_select_for_update_skip_locked,
    reason="SQLite lets one write at a time, so marks cannot be held by two",
)
@pytest.mark.django_db(transaction=True)
def test_mark_of_a_change_that_is_not_committed_stays():
    """Another connection holds the mark: a recomputation must neither wait nor take it away."""
    review = completed(DAY)
    mark(review)
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("UPDATE reviews_changedmonth SET month = month")
        assert refresh_counts() == 0
        assert ChangedMonth.objects.count() == 1
        other.rollback()
    finally:
        other.close()
    assert refresh_counts() == 1
