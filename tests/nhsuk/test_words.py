"""Dates and times as the NHS writes them."""

import re
from datetime import UTC, date, datetime, time

import pytest

from nhsuk.converters import IdConverter
from nhsuk.words import in_words, nhs_date, nhs_day, nhs_hours, nhs_moment, nhs_time, with_phones


def test_dates() -> None:
    assert nhs_date(date(2026, 6, 1)) == "1 June 2026"
    assert nhs_day(date(2026, 6, 10)) == "Wednesday 10 June 2026"
    assert nhs_date(None) == nhs_day(None) == ""


@pytest.mark.parametrize(
    ("clock", "words"),
    [
        (time(9, 30), "9:30am"), (time(17), "5pm"), (time(0, 5), "12:05am"),
        (time(12), "midday"), (time(0), "midnight"), (time(12, 1), "12:01pm"), (None, ""),
    ],
)  # fmt: skip
def test_times(clock: time | None, words: str) -> None:
    assert nhs_time(clock) == words


def test_moments_are_told_by_the_clock_of_london() -> None:
    assert nhs_moment(datetime(2026, 6, 10, 23, 30, tzinfo=UTC)) == "12:30am on 11 June 2026"
    assert nhs_date(datetime(2026, 6, 10, 23, 30, tzinfo=UTC)) == "11 June 2026"
    assert nhs_moment(None) == ""


def test_hours_of_a_visit() -> None:
    assert nhs_hours(time(9, 30), time(15, 30)) == "9:30am to 3:30pm"
    assert nhs_hours(None, None) == "all day"
    assert nhs_hours(time(9), None) == "from 9am"


def test_lists() -> None:
    assert [in_words(x) for x in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == [
        "", "A", "A and B", "A, B and C",
    ]  # fmt: skip


def test_ids_in_addresses_are_bounded() -> None:
    assert IdConverter().to_python(str(2**63 - 1)) == 2**63 - 1
    with pytest.raises(ValueError, match="9223372036854775808"):
        IdConverter().to_python(str(2**63))


@pytest.mark.parametrize(
    ("words", "rings"),
    [
        ("the safeguarding team on 020 7946 0111", ["tel:02079460111"]),
        ("NHS 111, and choose option 2", ["tel:111"]),
        ("Samaritans (116 123) or +44 (0)191 555-0100.", ["tel:116123", "tel:+441915550100"]),
        ("None of 3 people in 2026", []),
    ],
)
def test_a_telephone_number_in_a_sentence_can_be_pressed(words: str, rings: list[str]) -> None:
    shown = with_phones(words)
    assert re.findall('href="(.*?)"', shown) == rings
    assert re.sub("<.*?>", "", shown) == words


def test_what_somebody_typed_beside_a_number_stays_words() -> None:
    assert with_phones("<b>020 7946 0111</b>").startswith("&lt;b&gt;<a ")
