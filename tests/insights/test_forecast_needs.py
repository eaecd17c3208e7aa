"""How many people a goal takes."""

from datetime import date, timedelta

import numpy as np
import pytest

from insights.forecast.chances import Chances
from insights.forecast.needs import EVERY, LIKELY, MOST, SURE, Need, Trial, smallest
from insights.forecast.simulation import Person, Visit

CELL = (1, False)
DAY = date(2026, 6, 1)


def trial(visits=1, ready=(), *, keeps=1.0, comes=1.0, apart=1, services=(1,), count=4000):
    days = [
        Visit(DAY + timedelta(days=apart * n), services[n % len(services)], CELL)
        for n in range(visits)
    ]
    chances = Chances.certain([CELL], keeps=keeps, comes=comes, count=count)
    return Trial(days, ready, chances, visits_a_month=2, seed=1)


def test_one_visit_takes_as_many_as_the_chance_of_a_yes_says():
    """1 - 0.6^n reaches a half with 2 people and 9 of 10 with 5."""
    one = trial(keeps=0.4)
    assert one.need(LIKELY) == Need(2, 2, 1)
    assert one.need(SURE) == Need(5, 5, 1)
    assert one.need(EVERY) == Need(5, 5, 1)


def test_a_month_takes_as_many_as_people_want_visits():
    assert trial(visits=10).need(EVERY).people == 5
    assert trial(visits=10).need(SURE).people == 5  # 9 visits


def test_two_visits_of_which_9_in_10_are_both():
    assert LIKELY.visits(2) == 2
    assert LIKELY.visits(10) == 9
    assert EVERY.visits(10) == 10


def test_who_is_ready_is_not_needed_again():
    assert trial(ready=[Person(2)] * 2, keeps=0.4).need(SURE) == Need(5, 3, 1)
    assert trial(ready=[Person(2)] * 9, keeps=0.4).need(SURE) == Need(5, 0, 1)


def test_who_may_go_on_part_of_the_visits_leaves_more_to_find():
    """Six are ready for one of two services, and nobody for the other."""
    half = trial(visits=2, ready=[Person(2, frozenset({1}))] * 6, services=(1, 2), keeps=0.9)
    assert half.need(SURE).people == 2
    assert half.need(SURE).more == 2
    assert trial(visits=2, ready=[Person(2)] * 6, services=(1, 2), keeps=0.9).need(SURE).more == 0


def test_where_too_many_do_not_come_two_go():
    assert trial(comes=0.8).need(LIKELY) == Need(1, 1, 1)
    assert trial(comes=0.8).need(SURE) == Need(2, 2, 2)


def test_where_not_even_two_are_enough_no_number_is():
    assert trial(comes=0.5).need(SURE) == Need(None, None, 2)
    assert trial(keeps=0.0).need(LIKELY) == Need(None, None, 2)


def test_nobody_covers_nothing():
    assert not trial().covered(0).any()


@pytest.mark.parametrize("answer", [0, 1, 2, 3, 7, 8, 9, 40, MOST])
def test_smallest_finds_the_first_that_is_enough(answer):
    asked = []

    def is_enough(n):
        asked.append(n)
        return n >= answer

    assert smallest(is_enough) == answer
    assert max(asked) <= MOST
    assert len(asked) <= 14


def test_smallest_says_that_none_is_enough():
    assert smallest(lambda n: False) is None


def test_a_goal_asks_for_a_share_of_the_futures():
    covered = np.array([10] * 9 + [0])
    assert EVERY.is_reached(covered, 10)
    assert not EVERY.is_reached(covered[1:], 10)
    assert LIKELY.is_reached(np.array([9, 8]), 10)
    assert not LIKELY.is_reached(np.array([9, 8, 8]), 10)
