"""The coming year, directorate by directorate."""

from datetime import date, timedelta

import numpy as np

from insights.forecast.chances import Answers, Tally
from insights.forecast.outlook import Outlook, Programme, Range, look_ahead
from insights.forecast.simulation import Person, Visit

DAY = date(2026, 6, 15)
MOSTLY_YES = Answers(Tally(90, 100), Tally(88, 90), Tally(86, 88))


def visits(directorate, count=3, service=None, *, is_secure=False):
    return [
        Visit(DAY + timedelta(days=20 * n), service or directorate, (directorate, is_secure))
        for n in range(count)
    ]


def programme(*groups, people=(), answers=None):
    return Programme(
        answers={(1, False): MOSTLY_YES} if answers is None else answers,
        visits=[visit for group in groups for visit in group],
        people=people,
        visits_a_month=2,
    )


def test_a_range_leaves_out_the_ends():
    assert Range.of(np.arange(101)) == Range(5, 50, 95)
    assert 5 in Range(5, 50, 95)
    assert 96 not in Range(5, 50, 95)


def test_no_visit_to_come():
    nothing = Outlook(0, 0, Range(0, 0, 0), [])
    assert look_ahead(programme(people=[Person(2, frozenset({1}))])) == nothing
    assert look_ahead(programme(answers={})) == nothing


def test_directorate_with_nobody_has_nobody():
    (one,) = look_ahead(programme(visits(1))).directorates
    assert (one.ready, one.ready_everywhere, one.covered) == (0, 0, Range(0, 0, 0))
    assert one.needs["sure"].people == one.needs["sure"].more
    assert one.needs["sure"].more > 0
    assert one.visit_days == [DAY, DAY + timedelta(days=20), DAY + timedelta(days=40)]


def test_people_count_where_they_are_ready():
    people = [Person(2, frozenset({1, 2}))] * 3 + [Person(2, frozenset({2}))] * 2
    first, second = look_ahead(programme(visits(1), visits(2), people=people)).directorates
    assert (first.ready, second.ready) == (3, 5)
    partly = look_ahead(programme(visits(1, service=7) + visits(1, service=8), people=[
        Person(2, frozenset({7})), Person(2, frozenset({7, 8})),
    ])).directorates[0]  # fmt: skip
    assert (partly.ready, partly.ready_everywhere) == (2, 1)


def test_people_share_their_time_between_directorates():
    """Each directorate alone has somebody for all its visits; together they want too many."""
    people = [Person(1, frozenset({1, 2}))]
    sure = {(d, False): Answers(*[Tally(5000, 5000)] * 3) for d in (1, 2)}
    found = look_ahead(programme(visits(1, 1), visits(2, 1), people=people, answers=sure))
    assert [each.covered.middle for each in found.directorates] == [1, 1]
    assert found.covered == Range(1, 1, 1)
    assert found.ready == 1


def test_without_history_the_range_is_as_wide_as_can_be():
    (one,) = look_ahead(
        programme(visits(1), people=[Person(2, frozenset({1}))] * 9, answers={})
    ).directorates
    assert (one.covered.low, one.covered.high) == (0, 3)


def test_secure_services_of_a_directorate_have_chances_of_their_own():
    answers = {(1, False): MOSTLY_YES, (1, True): Answers(Tally(5, 100), Tally(5, 5), Tally(5, 5))}
    found = look_ahead(programme(visits(1, is_secure=True), answers=answers)).directorates[0]
    assert found.comes.middle < 20
    assert found.answers == 100
    both = programme(visits(1), visits(1, is_secure=True), answers=answers)
    assert look_ahead(both).directorates[0].answers == 200


def test_same_programme_same_outlook_and_progress_is_told():
    one = programme(visits(1), visits(2), people=[Person(2, frozenset({1}))])
    told = []
    assert look_ahead(one) == look_ahead(one, progress=lambda done, of: told.append((done, of)))
    assert told == [(0, 2), (1, 2)]
