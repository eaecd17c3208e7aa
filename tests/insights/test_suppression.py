"""What could single out a person is hidden."""

import pytest

from insights.numbers import Rating, Share, Tally
from insights.people import People
from insights.suppression import (
    ShownPeople,
    hidden_sessions,
    shown,
    shown_people,
    shows_share,
)


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown"),
    [
        (15, 36, True),
        (5, 10, True),
        (4, 36, False),
        (32, 36, False),
        (36, 36, True),
        (0, 36, False),
    ],
)
def test_share_is_hidden_when_either_side_is_small(numerator, denominator, shown):
    assert shows_share(Share(numerator, denominator)) is shown


def test_small_numbers_of_people_are_hidden_from_observers_alone():
    few = People(trained=4, still_here=3, been_on_review=1)
    assert shown_people(few, hides_small=True) == ShownPeople(None, None, None)
    assert shown_people(few, hides_small=False) == ShownPeople(4, Share(3, 4), Share(1, 4))
    many = People(trained=36, still_here=35, been_on_review=15)
    assert shown_people(many, hides_small=True) == ShownPeople(36, None, Share(15, 36))


@pytest.mark.parametrize(
    ("value", "is_about_people", "is_shown"),
    [
        (Share(1, 40), False, True),
        (Share(1, 40), True, False),
        (Share(12, 40), True, True),
        (Tally(4), True, False),
        (Tally(None), True, False),
        (Tally(5), True, True),
        (Tally(1), False, True),
        (Rating(30, 4, 9, 4), False, False),
        (Rating(0, 0, 9, 0), False, True),
        (Rating(40, 5, 9, 5), True, True),
    ],
)
def test_value_is_shown_unless_it_could_single_out_a_person(value, is_about_people, is_shown):
    assert shown(value, is_about_people=is_about_people, hides_small=False) == value
    found = shown(value, is_about_people=is_about_people, hides_small=True)
    assert found == (value if is_shown else None)


def test_small_sessions_are_hidden():
    counts = [(1, "workshop", 4), (2, "workshop", 3), (3, "workshop", 6), (4, "pilot", 0)]
    assert hidden_sessions(counts) == {1, 2, 4}


def test_a_single_small_session_takes_the_next_with_it():
    counts = [(1, "workshop", 4), (2, "workshop", 9), (3, "staff", 6), (4, "pilot", 5)]
    assert hidden_sessions(counts) == {1, 3}


def test_nothing_small_hides_nothing():
    assert hidden_sessions([(1, "workshop", 5), (2, "staff", 6)]) == set()
