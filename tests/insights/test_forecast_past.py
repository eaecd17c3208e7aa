"""Forecasts from earlier days, beside what happened."""

from datetime import date, timedelta

from insights.forecast.chances import Answers, Tally
from insights.forecast.outlook import Range
from insights.forecast.past import Cut, hold_out
from insights.forecast.simulation import Person, Visit

ON = date(2026, 1, 1)
ALWAYS = Answers(*[Tally(5000, 5000)] * 3)


def cut(visits=4, covered=4, *, answers=ALWAYS, people=5):
    cell = (1, False)
    return Cut(
        on=ON,
        until=date(2026, 7, 1),
        answers={cell: answers},
        people=[Person(2, frozenset({1}))] * people,
        visits=[Visit(ON + timedelta(days=9 * n), 1, cell) for n in range(visits)],
        covered=[n < covered for n in range(visits)],
    )


def test_forecast_that_was_right_and_one_that_was_wrong():
    right, wrong = hold_out([cut(), cut(covered=1)])
    assert (right.forecast, right.happened, right.is_within) == (Range(4, 4, 4), 4, True)
    assert (right.directorates, right.within) == (1, 1)
    assert (wrong.forecast, wrong.happened, wrong.is_within) == (Range(4, 4, 4), 1, False)
    assert (wrong.directorates, wrong.within) == (1, 0)


def test_nobody_was_ready_and_nobody_came():
    (held,) = hold_out([cut(people=0, covered=0)])
    assert held.forecast == Range(0, 0, 0)
    assert held.is_within


def test_too_little_history_or_too_few_visits_say_nothing():
    assert hold_out([cut(visits=2), cut(answers=Answers(Tally(4, 4)))]) == []
    assert hold_out([]) == []


def test_same_cut_same_forecast():
    uncertain = cut(answers=Answers(Tally(3, 6), Tally(3, 3), Tally(2, 3)))
    assert hold_out([uncertain]) == hold_out([uncertain])
