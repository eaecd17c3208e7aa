"""Snapshots keep what a month showed first, and each time it was revised."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback.models import Answer
from insights import tasks
from insights.counting import count_cells, total
from insights.figures import COVERAGE, MONTHLY_FIGURES, PEOPLE_FIGURES
from insights.models import Snapshot
from insights.operations import refresh_counts, take_missing_snapshots, take_snapshots
from insights.operations import snapshots as module
from insights.people import count_people
from insights.periods import add_months
from reviews.changed import mark
from reviews.models import Review
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.insights.programmes import completed, trained

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 12)
MAY = date(2026, 5, 1)
LATER = NOW + timedelta(days=1)
FIGURES = {each.key: each for each in (*MONTHLY_FIGURES, *PEOPLE_FIGURES)}


def take(now: Any = NOW, today: date = TODAY) -> int:
    refresh_counts()
    return take_snapshots(now=now, today=today)


def kept(figure: str, directorate: Any = None, month: date = MAY) -> list[tuple[Any, ...]]:
    """Number, parts, when taken and replaced, in the order they were taken."""
    rows = Snapshot.objects.filter(figure=figure, month=month, directorate=directorate)
    return list(
        rows.order_by("number").values_list(
            "number", "numerator", "denominator", "taken_at", "replaced_at"
        )
    )


def test_every_figure_of_an_ended_month_is_stored_once() -> None:
    review = completed(DAY, lxr={"reviewer": trained(date(2026, 4, 1))})
    make.AnswerFactory(review=review, impact=8, how="imported")
    mark(review)
    # May of all and of the directorate, and people
    assert take() == 2 * len(MONTHLY_FIGURES) + len(PEOPLE_FIGURES)
    assert take(LATER) == 0
    assert kept("activation") == [(1, 1, 1, NOW, None)]
    assert kept("trained") == [(1, 1, None, NOW, None)]
    for directorate in (None, review.service.directorate_id):
        assert kept("coverage", directorate) == [(1, 1, 1, NOW, None)]
        assert kept("impact_team", directorate) == [(1, 8, 1, NOW, None)]
        assert kept("impact_quality", directorate) == [(1, 0, 0, NOW, None)]


def test_late_feedback_and_a_correction_follow_what_was_first_reported() -> None:
    review = completed(DAY, lxr={})
    mark(review)
    take()
    make.AnswerFactory(review=review, impact=6)
    review.team.update(attended=False)
    mark(review)
    assert take(LATER) > 0
    assert kept("impact_team") == [(1, 0, 0, NOW, LATER), (2, 6, 1, LATER, None)]
    assert kept("coverage") == [(1, 1, 1, NOW, LATER), (2, 0, 1, LATER, None)]
    Answer.objects.update(impact=9)
    mark(review)
    again = LATER + timedelta(days=1)
    take(again)
    assert kept("impact_team", review.service.directorate_id)[1:] == [
        (2, 6, 1, LATER, again),
        (3, 9, 1, again, None),
    ]


def test_month_that_lost_its_last_review_is_revised_to_nothing() -> None:
    review = completed(DAY, lxr={})
    mark(review)
    take()
    Review.objects.filter(pk=review.pk).update(status="cancelled")
    mark(review)
    take(LATER)
    assert kept("coverage", review.service.directorate_id)[-1] == (2, 0, 0, LATER, None)


def test_figures_of_people_are_revised_too() -> None:
    person = trained(date(2026, 4, 1))
    take()
    place = person.places.get()
    place.outcome = "did not attend"
    place.save()
    take(LATER)
    assert kept("trained") == [(1, 1, None, NOW, LATER), (2, 0, None, LATER, None)]


def test_months_go_back_to_the_first_with_a_review_and_end_with_the_last_that_ended() -> None:
    mark(completed(date(2023, 11, 3)))
    mark(completed(TODAY))
    take()
    months = list(
        Snapshot.objects.filter(figure="coverage", directorate=None).values_list("month", flat=True)
    )
    assert (min(months), max(months), len(months)) == (date(2023, 11, 1), MAY, 31)


def test_a_slip_in_a_date_makes_no_snapshots_of_centuries() -> None:
    mark(completed(date(1926, 5, 12)))
    take()
    assert Snapshot.objects.filter(figure="coverage", directorate=None).count() == 240


def test_a_changed_definition_begins_anew_and_leaves_what_was_reported(monkeypatch: Any) -> None:
    review = completed(DAY, lxr={})
    mark(review)
    take()
    changed = tuple(
        type(each)(**{**vars(each), "version": 2}) if each is COVERAGE else each
        for each in MONTHLY_FIGURES
    )
    monkeypatch.setattr(module, "MONTHLY_FIGURES", changed)
    review.team.update(attended=False)
    mark(review)
    take(LATER)
    rows = Snapshot.objects.filter(figure="coverage", month=MAY, directorate=None)
    assert list(rows.order_by("definition").values_list("definition", "numerator", "number")) == [
        (1, 1, 1),
        (2, 0, 1),
    ]


def test_the_tick_takes_a_month_that_has_ended_and_asks_once_after_that(
    django_assert_num_queries: Any,
) -> None:
    mark(completed(DAY))
    refresh_counts()
    assert take_missing_snapshots(now=NOW, today=TODAY) > 0
    with django_assert_num_queries(1):
        assert take_missing_snapshots(now=LATER, today=TODAY) == 0
    assert take_missing_snapshots(now=LATER, today=date(2026, 7, 1)) > 0


def test_task_run_twice_stores_one_of_each() -> None:
    with time_machine.travel(NOW, tick=False):
        mark(completed(DAY))
        tasks.nightly()
        stored = Snapshot.objects.count()
        tasks.nightly()
        tasks.refresh()
    assert Snapshot.objects.count() == stored > 0


def test_as_many_queries_for_many_months_as_for_one(django_assert_num_queries: Any) -> None:
    for month in range(1, 6):
        mark(completed(date(2026, month, 3), lxr={"reviewer": trained(date(2025, month, 3))}))
    take()
    # the first of each, the newest, 4 of people, the counts; a savepoint with nothing in it
    with django_assert_num_queries(10):
        assert take_snapshots(now=LATER, today=TODAY) == 0


changes = st.lists(
    st.tuples(
        st.sampled_from(["covered", "missed", "answer", "trained", "left"]), st.integers(1, 4)
    ),
    max_size=6,
)


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rounds=st.lists(changes, min_size=1, max_size=3))
def test_everything_recomputed_from_the_rows_equals_the_newest_snapshots(
    rounds: list[list[tuple[str, int]]],
) -> None:
    with transaction.atomic():
        services = [make.ServiceFactory() for _ in range(2)]
        people = [trained(date(2026, 1, 5))]
        for number, happened in enumerate(rounds):
            for what, month in happened:
                day = date(2026, month, 7)
                if what == "trained":
                    people.append(trained(day))
                elif what == "left":
                    type(people[-1]).objects.filter(pk=people[-1].pk).update(
                        stage="left", stage_since=day
                    )
                else:
                    review = completed(
                        day,
                        service=services[month % 2],
                        lxr={"reviewer": people[0]} if what == "covered" else None,
                    )
                    if what == "answer":
                        make.AnswerFactory(review=review, impact=month)
                    mark(review)
            take(NOW + timedelta(days=number))
        newest = {
            (row.figure, row.month, row.directorate_id): (row.numerator, row.denominator)
            for row in Snapshot.objects.filter(replaced_at=None)
        }
        assert newest == recomputed({key[1:] for key in newest})
        transaction.set_rollback(True)


def recomputed(keys: set[tuple[date, int | None]]) -> dict[Any, Any]:
    """Every figure of these months and directorates, counted from the rows themselves."""
    found = {}
    for month, directorate in keys:
        end = add_months(month, 1)
        cells = count_cells([(month, end)])
        counts = total(c for (_, d, _), c in cells.items() if directorate in {None, d})
        values = [(each, each.value_of(counts)) for each in MONTHLY_FIGURES]
        if directorate is None:
            people = count_people(end - timedelta(days=1))
            values += [(each, each.value_of(people)) for each in PEOPLE_FIGURES]
        for figure, value in values:
            found[figure.key, month, directorate] = (value.numerator, value.denominator)
    return found


@pytest.mark.parametrize("of_directorate", [True, False])
@pytest.mark.parametrize("second", [{"number": 1, "replaced_at": LATER}, {"number": 2}])
def test_each_is_stored_once_and_one_is_the_newest(of_directorate: bool, second: Any) -> None:
    values = {
        "figure": "coverage",
        "definition": 1,
        "month": MAY,
        "directorate": make.DirectorateFactory() if of_directorate else None,
        "numerator": 1,
        "denominator": 1,
        "taken_at": NOW,
    }
    Snapshot.objects.create(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        Snapshot.objects.create(**values | second)
