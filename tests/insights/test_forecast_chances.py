"""Chances from answers, pooled where they are few."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insights.forecast.chances import (
    Answers,
    Chances,
    Tally,
    draw,
    draw_pooled,
    share_of_its_own,
    total,
)

HERE, THERE = (1, False), (2, True)


def pooled(*tallies, count=4000, seed=1):
    return draw_pooled(
        [Tally(*each) for each in tallies], count=count, rng=np.random.default_rng(seed)
    )


def test_one_group_with_many_answers_is_as_its_answers():
    (chances,) = pooled((900, 1000))
    assert chances.mean() == pytest.approx(0.9, abs=0.01)
    assert chances.std() == pytest.approx((0.9 * 0.1 / 1000) ** 0.5, rel=0.15)


def test_a_group_with_few_answers_borrows_and_one_with_many_does_not():
    few, many = pooled((0, 2), *[(80, 100)] * 5)[:2]
    assert few.mean() > 0.5  # alone it would be a fifth
    assert few.std() > many.std()
    assert many.mean() == pytest.approx(0.8, abs=0.05)
    small, large = share_of_its_own([Tally(0, 2), Tally(80, 100)])
    assert small < 0.2 < large


def test_groups_that_differ_are_pooled_less_than_groups_that_are_alike():
    differ = share_of_its_own([Tally(5, 50), Tally(45, 50), Tally(10, 50), Tally(40, 50)])
    alike = share_of_its_own([Tally(25, 50)] * 4)
    assert differ[0] > alike[0]


def test_without_any_answer_nothing_is_known():
    (chances,) = pooled((0, 0))
    low, high = np.quantile(chances, (0.05, 0.95))
    assert low < 0.1
    assert high > 0.9
    assert share_of_its_own([Tally(0, 0)]) == [0.0]


def test_same_seed_same_chances():
    answers = {HERE: Answers(Tally(3, 5), Tally(3, 3), Tally(2, 3))}
    first, again, other = (draw(answers, [HERE, THERE], count=50, seed=seed) for seed in (1, 1, 2))
    assert np.array_equal(first.keeps, again.keeps)
    assert np.array_equal(first.comes, again.comes)
    assert not np.array_equal(first.keeps, other.keeps)


def test_cells_nobody_was_asked_about_have_a_chance_too():
    chances = draw({HERE: Answers(Tally(3, 5))}, [THERE], count=50, seed=1)
    assert set(chances.row) == {HERE, THERE}
    assert chances.count == 50
    assert chances.asked_and_came(THERE).shape == (50,)


def test_one_who_is_asked_comes_if_they_keep_to_it_and_come():
    chances = Chances.certain([HERE], keeps=0.5, comes=0.5, count=3)
    assert chances.asked_and_came(HERE).tolist() == [0.25] * 3


def test_answers_add_up():
    one = Answers(Tally(1, 2), Tally(1, 1), Tally(0, 1))
    assert total({HERE: one, THERE: one}) == Answers(Tally(2, 4), Tally(2, 2), Tally(0, 2))
    assert total({}) == Answers()


counts = st.integers(0, 300).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@settings(max_examples=25, deadline=None)
@given(st.lists(counts, min_size=1, max_size=6))
def test_whatever_the_answers_a_chance_is_between_0_and_1(tallies):
    chances = pooled(*tallies, count=200)
    assert chances.shape == (len(tallies), 200)
    assert np.isfinite(chances).all()
    assert (chances >= 0).all()
    assert (chances <= 1).all()
    assert all(0 <= share < 1 for share in share_of_its_own([Tally(*each) for each in tallies]))
