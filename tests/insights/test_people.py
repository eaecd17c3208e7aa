"""Trained, still here, been on a review, attendees."""

from datetime import UTC, date, datetime, timedelta

import pytest

from insights.people import People, count_people, sessions_with_attendees
from insights.presenting.people import session_chart
from reviewers.models import StageChange
from tests import factories as make
from tests.insights.programmes import completed, put_on, trained

pytestmark = pytest.mark.django_db
TRAINED_ON = date(2026, 3, 10)
AS_AT = date(2026, 6, 10)


def test_nobody_is_no_denominator():
    assert count_people(AS_AT) == People(0, 0, 0)
    assert count_people(AS_AT).activation.percent is None


@pytest.mark.parametrize(("days", "counts"), [(-1, 0), (0, 0), (1, 1), (92, 1), (93, 0)])
def test_review_counts_strictly_after_the_training_and_up_to_the_day(days, counts):
    reviewer = trained(TRAINED_ON)
    put_on(completed(TRAINED_ON + timedelta(days=days)), reviewer=reviewer)
    assert count_people(AS_AT) == People(1, 1, counts)


def test_first_training_counts():
    reviewer = trained(TRAINED_ON)
    later = make.SessionFactory(held_on=AS_AT)
    make.PlaceFactory(reviewer=reviewer, session=later, outcome="attended")
    put_on(completed(AS_AT), reviewer=reviewer)
    assert count_people(AS_AT) == People(1, 1, 1)


@pytest.mark.parametrize("values", [{"role": "shadow"}, {"attended": False}, {"attended": None}])
def test_who_learned_or_stayed_away_has_not_been_on_a_review(values):
    put_on(completed(AS_AT), reviewer=trained(TRAINED_ON), **values)
    assert count_people(AS_AT).been_on_review == 0


def test_cancelled_review_activates_nobody():
    review = make.ReviewFactory(visit_on=AS_AT, status="cancelled")
    put_on(review, reviewer=trained(TRAINED_ON))
    assert count_people(AS_AT).been_on_review == 0


@pytest.mark.parametrize(
    ("kind", "outcome", "count"),
    [
        ("workshop", "attended", 1),
        ("staff", "attended", 1),
        ("pilot", "attended", 0),
        ("refresher", "attended", 0),
        ("workshop", "booked", 0),
        ("workshop", "did not attend", 0),
    ],
)
def test_attending_a_workshop_or_staff_training_makes_trained(kind, outcome, count):
    session = make.SessionFactory(held_on=TRAINED_ON, kind=kind)
    make.PlaceFactory(reviewer=make.ReviewerFactory(user=None), session=session, outcome=outcome)
    assert count_people(AS_AT).trained == count
    assert count_people(TRAINED_ON - timedelta(days=1)).trained == 0


def test_who_left_stays_trained_and_is_no_longer_here():
    reviewer = trained(TRAINED_ON, stage="left", stage_since=date(2026, 5, 1))
    put_on(completed(date(2026, 4, 1)), reviewer=reviewer)
    assert count_people(AS_AT) == People(1, 0, 1)
    assert count_people(date(2026, 4, 30)) == People(1, 1, 1)


def test_stage_of_the_day_comes_from_its_history():
    reviewer = trained(TRAINED_ON, stage="active", stage_since=date(2026, 5, 20))
    for day, before, after in ((1, "active", "left"), (20, "left", "active")):
        StageChange.objects.create(
            reviewer=reviewer,
            from_stage=before,
            to_stage=after,
            at=datetime(2026, 5, day, 22, 30, tzinfo=UTC),  # 23:30 in London
        )
    assert count_people(date(2026, 5, 1)).still_here == 0
    assert count_people(date(2026, 5, 19)).still_here == 0
    assert count_people(date(2026, 5, 20)).still_here == 1


def test_every_session_is_listed_also_without_attendees():
    empty = make.SessionFactory(held_on=AS_AT, kind="pilot")
    make.SessionFactory(held_on=AS_AT + timedelta(days=1))
    full = make.SessionFactory(held_on=TRAINED_ON)
    for outcome in ("attended", "attended", "cancelled", "booked"):
        make.PlaceFactory(session=full, outcome=outcome, reviewer=make.ReviewerFactory(user=None))
    found = sessions_with_attendees(AS_AT).order_by("held_on").values_list("pk", "attendees")
    assert list(found) == [(full.pk, 2), (empty.pk, 0)]


def test_a_pilot_is_marked_in_the_chart_of_attendees_and_once_in_its_table():
    for code, kind, title in (
        ("W1", "workshop", "LXR workshop"),
        ("P1", "pilot", "LXR workshop"),
        ("P2", "pilot", "The pilot"),
    ):
        session = make.SessionFactory(code=code, kind=kind, title=title, held_on=TRAINED_ON)
        make.PlaceFactory(session=session, outcome="attended")
    sessions = list(sessions_with_attendees(AS_AT).order_by("pk"))
    day = f"{TRAINED_ON:%-d %b %Y}"

    chart = session_chart(sessions, hidden=set())

    assert f"W1, {day}: 1; P1, {day} (pilot): 1; P2, {day} (pilot): 1" in chart.svg
    assert [row[0] for row in chart.table.rows] == [
        "W1, LXR workshop",
        "P1, LXR workshop (pilot)",
        "P2, The pilot",
    ]
    assert chart.finding == "3 attended 3 sessions, 1.0 at each on average"


def test_people_are_counted_in_one_query(django_assert_num_queries):
    for _ in range(3):
        trained(TRAINED_ON)
    with django_assert_num_queries(1):
        assert count_people(AS_AT).trained == 3
