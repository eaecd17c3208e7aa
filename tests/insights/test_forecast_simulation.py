"""The year played many times, against what can be worked out by hand."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insights.forecast.chances import Chances
from insights.forecast.simulation import (
    MOST_ASKED,
    Person,
    Visit,
    simulate,
    with_nobody_lacking,
)

CELL = (1, False)
DAY = date(2026, 6, 15)
COUNT = 20_000
CLOSE = 0.015  # four standard errors of a share of so many


def chances(keeps=1.0, comes=1.0, count=COUNT):
    return Chances.certain([CELL], keeps=keeps, comes=comes, count=count)


def visit(on=DAY, service=1, available=1.0):
    return Visit(on, service, CELL, available)


def shares(visits, people, chances, **more):
    return simulate(visits, people, chances, seed=3, **more).mean(axis=1)


def test_one_person_and_one_visit():
    """They say yes and keep to it, and come: p(1 - q)."""
    assert shares([visit()], [Person(2)], chances(0.6, 0.9)) == pytest.approx([0.54], abs=CLOSE)


@pytest.mark.parametrize("n", [2, 3, 5])
def test_people_are_asked_one_after_another_until_one_says_yes(n):
    expected = (1 - 0.4**n) * 0.9
    found = shares([visit()], [Person(2)] * n, chances(0.6, 0.9))
    assert found == pytest.approx([expected], abs=CLOSE)


def test_a_person_has_time_or_not():
    found = shares([visit(available=0.5)], [Person(2)], chances(0.6))
    assert found == pytest.approx([0.3], abs=CLOSE)


def test_nobody_goes_on_two_visits_on_one_day():
    found = simulate([visit(), visit()], [Person(9)], chances(count=10), seed=1)
    assert found.sum(axis=0).tolist() == [1] * 10
    apart = simulate(
        [visit(), visit(DAY + timedelta(days=1))], [Person(9)], chances(count=10), seed=1
    )
    assert apart.all()


@pytest.mark.parametrize(("rest_days", "apart"), [(0, 1), (1, 2), (3, 4)])
def test_days_of_rest_lie_between_two_visits(rest_days, apart):
    for days, is_covered in ((apart - 1, False), (apart, True)):
        pair = [visit(), visit(DAY + timedelta(days=days))]
        found = simulate(pair, [Person(9)], chances(count=4), seed=1, rest_days=rest_days)
        assert found.all(axis=1).tolist() == [True, is_covered]


def test_nobody_goes_on_more_visits_a_month_than_they_want():
    days = [DAY + timedelta(days=n) for n in (0, 1, 2)] + [date(2026, 7, 1), date(2027, 7, 2)]
    found = simulate([visit(day) for day in days], [Person(2)], chances(count=4), seed=1)
    assert found.all(axis=1).tolist() == [True, True, False, True, True]


def test_visits_happen_in_the_order_of_their_days():
    later, sooner = visit(DAY + timedelta(days=3)), visit(DAY)
    found = simulate([later, sooner], [Person(1)], chances(count=4), seed=1)
    assert found.all(axis=1).tolist() == [False, True]


def test_people_go_where_they_are_ready():
    found = simulate(
        [visit(service=1), visit(DAY + timedelta(days=1), service=2)],
        [Person(2, frozenset({2}))],
        chances(count=4),
        seed=1,
    )
    assert found.all(axis=1).tolist() == [False, True]


def test_nobody_is_ready():
    assert not simulate([visit()], [], chances(count=4), seed=1).any()
    assert simulate([], [Person(2)], chances(count=4), seed=1).shape == (0, 4)


def test_two_on_each_visit_miss_only_when_both_do_not_come():
    people = [Person(2)] * 2
    found = shares([visit()], people, chances(1, 0.7), each=2)
    assert found == pytest.approx([1 - 0.3**2], abs=CLOSE)
    alone = shares([visit()], people[:1], chances(1, 0.7), each=2)
    assert alone == pytest.approx([0.7], abs=CLOSE)


def test_no_number_of_people_does_better_than_those_who_come():
    best = with_nobody_lacking([visit()], chances(0.1, 0.7), seed=3)
    assert best.mean() == pytest.approx(0.7, abs=CLOSE)
    many = simulate([visit()], [Person(2)] * MOST_ASKED, chances(0.1, 0.7), seed=3)
    assert (best >= many).all()


def test_so_many_are_asked_and_no_more():
    found = shares([visit()], [Person(2)] * 100, chances(0.05))
    assert found == pytest.approx([1 - 0.95**MOST_ASKED], abs=CLOSE)


def test_same_seed_same_future():
    arguments = ([visit()], [Person(2)] * 3, chances(0.5, 0.5, count=200))
    first, again, other = (simulate(*arguments, seed=seed) for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


@settings(max_examples=30, deadline=None)
@given(
    days=st.lists(st.integers(0, 70), min_size=1, max_size=8),
    people=st.lists(st.integers(1, 3), max_size=6),
    joins=st.integers(1, 3),
    each=st.integers(1, 2),
    keeps=st.floats(0, 1),
)
def test_one_more_person_never_covers_fewer(days, people, joins, each, keeps):
    """In no future, for nobody's chance: more than the average is monotone."""
    visits = [visit(DAY + timedelta(days=day)) for day in days]
    there = [Person(cap) for cap in people]
    arguments = {"chances": chances(keeps, 0.8, count=50), "seed": 5, "each": each}
    before = simulate(visits, there, **arguments).sum(axis=0)
    after = simulate(visits, [*there, Person(joins)], **arguments).sum(axis=0)
    assert (after >= before).all()
    assert (after <= with_nobody_lacking(visits, **arguments).sum(axis=0)).all()
