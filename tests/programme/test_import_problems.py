"""Each problem a row can have: where it stands, what stands there; nothing is stored."""

from typing import Any

import pytest

from programme.importing.taking import Taking
from programme.models import ImportedRow
from reviewers.models import Reviewer
from tests.programme import files
from tests.programme.files import bring_in, look_at, problems, sheets, with_cell, workbook

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value"),
    [
        ("Services", 2, "Setting", "castle"),
        ("Services", 2, "Contact email", "pat at example"),
        ("Reviewers", 2, "Joined on", "2025-02-29"),
        ("Reviewers", 2, "Joined on", "31/31/2025"),
        ("Reviewers", 2, "Joined on", "1066-10-14"),
        ("Reviewers", 2, "Stage", "gone"),
        ("Reviewers", 2, "First name", "x" * 81),
        ("Reviewers", 2, "Not to visit", "Nowhere"),
        ("Training", 2, "Staff facilitator", "Nobody"),
        ("Training", 2, "Co-facilitators", "L-9"),
        ("Attendance", 2, "Session", "T8"),
        ("Attendance", 2, "Reviewer", "L-9"),
        ("Reviews", 2, "Service", "Nowhere"),
        ("Reviews", 3, "Lead", "Nobody"),
        ("Reviews", 2, "Start", "25:00"),
        ("Reviews", 2, "End", "09:00"),
        ("Reviews", 3, "Status", "completed"),
        ("Teams", 3, "Member", "L-9"),
        ("Teams", 3, "Role", "staff"),
        ("Teams", 4, "Attended", "yes"),
        ("Teams", 4, "Attended", "perhaps"),
        ("Feedback", 2, "Impact", "11"),
        ("Feedback", 2, "Impact", "-1"),
        ("Feedback", 2, "Impact", "9" * 40),
        ("Feedback", 2, "Author", "L-1"),
        ("Feedback", 3, "Impact", "8"),
        ("Feedback", 2, "Received on", "2027-01-01"),
        ("Feedback", 2, "Review", "R-2"),
    ],
)
def test_a_bad_cell_is_the_rows_problem(sheet: str, row: int, column: str, value: str) -> None:
    rows = with_cell(getattr(files, sheet.upper()), row, column, value)
    outcome = bring_in(workbook(sheets(**{sheet: rows})))
    where = [(p.sheet, p.row) for p in outcome.batch.problems.first]
    assert where == [(sheet, row)]
    assert Reviewer.objects.count() == ImportedRow.objects.count() == 0


def test_control_characters_and_surrogates_are_problems() -> None:
    content = files.packed({"Staff.csv": b"Name,Email\nLee\x07Grant,\n"})
    assert [p.expected for p in look_at(content).batch.problems.first] == [
        "plain text without control characters"
    ]


def test_attendance_at_a_session_that_has_not_happened() -> None:
    rows = [*files.ATTENDANCE, ["T9", "L-2", "attended"]]
    assert problems(look_at(workbook(sheets(Attendance=rows)))) == [
        ("Attendance", 3, "Outcome", "attended")
    ]


def test_repeated_key_blank_and_unheaded_value() -> None:
    rows = [
        ["Name", "Email"],
        ["Lee Grant", ""],
        ["LEE GRANT", ""],
        ["", "a@b.org"],
        ["Kim", "", 7],
    ]
    assert problems(look_at(workbook({"Staff": rows}))) == [
        ("Staff", 3, "Name", "LEE GRANT"),
        ("Staff", 4, "Name", ""),
        ("Staff", 5, "", "7"),
    ]


def test_headings_in_any_case_and_order() -> None:
    assert look_at(workbook({"STAFF ": [[" email", "NAME "], ["", "Lee"]]})).is_good


def test_unknown_sheet_and_column_can_be_left_out() -> None:
    content = workbook({"Staff": [["Name", "Shoe size"], ["Lee", "9"]], "Notes": [["x"]]})
    outcome = look_at(content)
    assert [p.can_leave_out for p in outcome.batch.problems.first] == ["Staff: Shoe size", "Notes"]
    assert look_at(content, leave_out=["staff: shoe size", "NOTES"]).is_good
    assert look_at(content, leave_out=["Shoe size", "Notes"]).is_good


def test_missing_column_and_repeated_heading() -> None:
    assert problems(look_at(workbook({"Staff": [["Email"], ["a@b.org"]]}))) == [
        ("Staff", 1, "Name", "")
    ]
    assert problems(look_at(workbook({"Staff": [["Name", "name"], ["Lee", "Lee"]]}))) == [
        ("Staff", 1, "Name", "name")
    ]


def test_file_without_a_known_sheet() -> None:
    outcome = look_at(workbook({"Notes": [["x"]]}), leave_out=["Notes"])
    assert [p.sheet for p in outcome.batch.problems.first] == ["The file"]


def test_second_lead_and_overlapping_visits() -> None:
    teams = [*files.TEAMS, ["R-1", "Kim Shaw", "lead", "accepted", "yes"]]
    assert problems(look_at(workbook(sheets(Teams=teams)))) == [("Teams", 5, "Role", "lead")]
    reviews = with_cell(files.REVIEWS, 4, "Start", "15:00")
    teams = [*files.TEAMS, ["R-3", "L-1", "lxr", "accepted", ""]]
    assert look_at(workbook(sheets(Teams=teams))).is_good
    assert problems(look_at(workbook(sheets(Teams=teams, Reviews=reviews)))) == [
        ("Teams", 5, "Member", "L-1")
    ]


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        (2, "DBS level", "none"),
        (2, "DBS issued on", "2024-01-01"),
        (2, "DBS issued on", ""),
        (2, "DBS applied on", ""),
        (2, "Risk assessment", "approved"),
        (3, "Risk assessment", "not needed"),
        (3, "Risk assessed on", ""),
    ],
)
def test_check_columns_must_be_whole(row: int, column: str, value: Any) -> None:
    bring_in(workbook(sheets()))
    content = workbook({"Reviewers": with_cell(files.CHECKS, row, column, value)})
    outcome = look_at(content, taking=Taking.CHECKS)
    assert {(p.sheet, p.row) for p in outcome.batch.problems.first} == {("Reviewers", row)}


def test_every_problem_is_counted_and_the_first_five_hundred_kept() -> None:
    content = workbook({"Staff": [["Name", "Email"], *([f"N{n}", "x"] for n in range(600))]})
    found = look_at(content).batch.problems
    assert (found.total, len(found.first)) == (600, 500)
