"""A workbook holds numbers as numbers, days as days, and no formula."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from tables.workbooks import download, write


def sheet_of(header, rows, name="Table"):
    file = io.BytesIO()
    write(file, name, header, rows)
    return load_workbook(io.BytesIO(file.getvalue())).worksheets[0]


def test_numbers_and_days_stay_what_they_are():
    sheet = sheet_of(
        ("Month", "Reviews", "%", "At", "Nothing"),
        [(date(2026, 5, 1), 17, Decimal("81.0"), datetime(2026, 6, 10, 10, tzinfo=UTC), None)],
    )
    month, reviews, percent, moment, nothing = sheet[2]
    assert (month.value.isoformat(), month.is_date) == ("2026-05-01T00:00:00", True)
    assert (reviews.value, reviews.data_type) == (17, "n")
    assert (percent.value, percent.data_type) == (81, "n")
    assert moment.value.isoformat() == "2026-06-10T11:00:00"
    assert nothing.value is None
    assert [cell.font.bold for cell in sheet[1]] == [True] * 5


@pytest.mark.parametrize(
    "text", ["=1+1", " =1+1", "+1", "-1", "@x", "\t1", "\x00=1", "\x01=1", "#N/A", "12"]
)
def test_words_are_words(text):
    sheet = sheet_of((text,), [(text,)])
    for cell in (sheet["A1"], sheet["A2"]):
        assert cell.data_type == "s"
        assert not str(cell.value).startswith(("=", "+", "-", "@", "\t"))


def test_what_a_workbook_cannot_hold_is_left_out():
    assert sheet_of(("One",), [("a\x01b\x0bc\ud800",)])["A2"].value == "abc"


def test_name_of_the_sheet_is_one_that_excel_opens():
    assert sheet_of(("One",), [], name="Why? [Community: a/b] " * 3).title == (
        "Why   Community  a b  Why   Com"
    )


def test_a_download_says_its_name():
    response = download("missed", "Missed", ("One",), [("x",)])
    assert response["Content-Disposition"] == 'attachment; filename="missed.xlsx"'
    assert load_workbook(io.BytesIO(b"".join(response))).worksheets[0]["A2"].value == "x"
