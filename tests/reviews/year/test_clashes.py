"""What speaks against a day, and days spread over a quarter."""

from datetime import date, timedelta

import pytest

from organisation.models import Service, ServiceBlock, Site
from reviews.year.clashes import Known, bank_holiday, clashes, spread
from reviews.year.quarters import Quarter, quarter_called, quarter_of, quarters_around

TUESDAY = date(2026, 10, 6)


def service(pk: int, site: int = 1) -> Service:
    return Service(pk=pk, name=f"Ward {pk}", site=Site(pk=site, name=f"Site {site}"))


def known(*planned: tuple[Service, date], most: int = 3) -> Known:
    found = Known(most)
    for each, day in planned:
        found.add(each, day)
    return found


def test_nothing_speaks_against_a_free_working_day():
    assert clashes(service(1), TUESDAY, known()) == []


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 10, 10), "Saturday 10 October 2026 is at the weekend."),
        (date(2026, 12, 25), "Friday 25 December 2026 is a bank holiday: Christmas Day."),
        # Boxing Day is a Saturday: the Monday stands in for it
        (date(2026, 12, 28), "Monday 28 December 2026 is a bank holiday: Boxing Day (observed)."),
    ],
)
def test_days_off_are_said(day, said):
    assert clashes(service(1), day, known()) == [said]


def test_scottish_bank_holidays_are_none():
    assert bank_holiday(date(2026, 1, 2)) == ""


def test_days_that_a_service_blocked_are_said_with_its_words():
    there = known()
    there.blocks = {
        1: [ServiceBlock(first_on=date(2026, 10, 5), last_on=TUESDAY, why="Moving house")]
    }

    assert clashes(service(1), TUESDAY, there) == [
        "Ward 1 cannot be visited from 5 October 2026 to 6 October 2026: Moving house."
    ]
    assert clashes(service(1), TUESDAY + timedelta(days=1), there) == []
    assert clashes(service(2), TUESDAY, there) == []


def test_another_review_at_the_site_is_named_and_one_elsewhere_is_not():
    there = known((service(2), TUESDAY), (service(3, site=2), TUESDAY))

    assert clashes(service(1), TUESDAY, there) == [
        "Another review is at the same site that day: Ward 2."
    ]


def test_too_many_in_a_week_are_counted_from_monday_to_sunday():
    there = known(
        (service(2, site=2), date(2026, 10, 5)), (service(3, site=3), date(2026, 10, 11)), most=2
    )

    assert clashes(service(1), TUESDAY, there) == ["There are already 2 visits in that week."]
    assert clashes(service(1), date(2026, 10, 12), there) == []


def test_services_are_spread_over_the_quarter_in_their_order():
    quarter = Quarter(2026, 3)
    due = [(service(n, site=n), quarter.first) for n in (1, 2, 3)]

    proposed = spread(due, list(quarter.days), known())

    assert [day.isoformat() for day in proposed.values() if day] == [
        "2026-10-16", "2026-11-16", "2026-12-16",
    ]  # fmt: skip


def test_days_that_clash_are_gone_round():
    there = known((service(9), date(2026, 11, 16)), (service(9), date(2026, 11, 17)))

    proposed = spread([(service(1), date(2026, 10, 1))], list(Quarter(2026, 3).days), there)

    assert proposed == {1: date(2026, 11, 18)}
    assert there.visits.total() == 2  # what is known stays as it was


def test_a_site_that_wants_notice_gets_it():
    quarter = Quarter(2026, 3)

    proposed = spread([(service(1), date(2026, 12, 21))], list(quarter.days), known())

    assert proposed == {1: date(2026, 12, 21)}


def test_without_a_day_left_none_is_proposed():
    late = (service(1), date(2027, 1, 4))
    assert spread([late], list(Quarter(2026, 3).days), known()) == {1: None}


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 3, 31), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 4, 1), date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 9, 30), date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_quarters_are_those_of_the_financial_year(day, first, last):
    quarter = quarter_of(day)
    assert (quarter.first, quarter.last) == (first, last)
    assert quarter_called(quarter.key) == quarter
    assert quarter.before.after == quarter


@pytest.mark.parametrize("key", ["", "2026", "2026-q5", "1800-q1", "2026-q1 ", "²026-q1"])
def test_what_names_no_quarter_is_none(key):
    assert quarter_called(key) is None


def test_quarters_around_a_day():
    found = quarters_around(date(2026, 6, 10), before=1, after=2)
    assert [each.key for each in found] == ["2025-q4", "2026-q1", "2026-q2", "2026-q3"]
