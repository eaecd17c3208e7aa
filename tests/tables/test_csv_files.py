"""What is taken away as CSV opens as words and numbers, never as a formula."""

import csv
from datetime import UTC, date, datetime

import pytest

from tables.cells import safe_cell
from tables.csv_files import download, lines


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\u00a0=1", "\u3000+1",
        "\ufeff=1", "\u200b@x", "\t words", " \t-1", "\uff1d1", "\x00=1", " \x00 =1",
    ],
)  # fmt: skip
def test_what_could_be_a_formula_is_made_words(text):
    cell = safe_cell(text)
    assert cell == "'" + text.replace("\x00", "")


@pytest.mark.parametrize("text", ["Ada Lane", "", "a=b", "1-2", "'x", "O’Neil", "  words"])
def test_other_words_stay_as_they_are(text):
    assert safe_cell(text) == text


@pytest.mark.parametrize("control", ["\x00", "\x01", "\x1f", "\ufffe", "\ud800"])
def test_what_no_file_can_show_is_left_out_and_hides_no_formula(control):
    assert safe_cell(f"Ada{control} Lane") == "Ada Lane"
    assert safe_cell(f"{control}=1") == "'=1"


def test_numbers_days_and_moments_stay_what_they_are():
    assert [safe_cell(each) for each in (-5, 1.5, None, True, date(2026, 6, 10))] == [
        "-5", "1.5", "", "True", "2026-06-10",
    ]  # fmt: skip
    assert safe_cell(datetime(2026, 6, 10, 10, tzinfo=UTC)) == "2026-06-10 11:00:00"


def test_headings_are_safe_too():
    assert next(lines(("=1", "Two"), [])) == "\ufeff'=1,Two\r\n"


def test_rows_are_made_as_they_are_asked_for():
    def rows():
        yield ('a, "quoted"', "two\nlines")
        pytest.fail("more was read than was asked for")

    made = lines(("One", "Two"), rows())
    assert next(made) == "\ufeffOne,Two\r\n"
    assert next(csv.reader([next(made)])) == ['a, "quoted"', "two\nlines"]


def test_a_download_says_its_name():
    response = download("access-log", ("One",), [("x",)])
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="access-log.csv"'
    assert b"".join(response.streaming_content).decode() == "\ufeffOne\r\nx\r\n"
