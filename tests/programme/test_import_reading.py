"""Wrong, huge, encrypted, renamed and hostile files: a clear refusal, and nothing more."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from programme.importing import limits
from programme.importing.problems import FileRefused
from programme.importing.reading import OLE
from tests.programme.files import STAFF, look_at, packed, problems, workbook

pytestmark = pytest.mark.django_db
STAFF_CSV = b"Name,Email\nLee Grant,lee@example.org\n"


def refused(content: bytes) -> str:
    with pytest.raises(FileRefused) as caught:
        look_at(content)
    return str(caught.value)


def test_workbook_is_read_whatever_its_name() -> None:
    assert look_at(workbook({"Staff": STAFF})).counts == {
        "Staff": {"new": 2, "changed": 0, "unchanged": 0}
    }


def test_zip_of_csv_is_read_with_and_without_a_mark_in_front() -> None:
    for content in (STAFF_CSV, b"\xef\xbb\xbf" + STAFF_CSV):
        assert look_at(packed({"folder/staff.CSV": content})).counts["Staff"]["new"] == 1


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7 hello", "neither a workbook nor a zip"),
        (OLE + b"\0" * 600, "protected by a password"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"PK" + b"\0" * (limits.FILE_BYTES + 1), "larger than 10 MB"),
    ],
)
def test_what_is_no_readable_file_is_refused(content: bytes, says: str) -> None:
    assert says in refused(content)


def test_encrypted_zip_is_refused() -> None:
    content = bytearray(packed({"Staff.csv": STAFF_CSV}))
    content[6] |= 1
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    assert "protected by a password" in refused(bytes(content))


def test_zip_bomb_is_refused_by_counting_what_it_unpacks_to() -> None:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("Staff.csv", "w") as member,
    ):
        for _ in range(101):
            member.write(b"\n" * limits.MEBIBYTE)
    assert "larger than 100 MB" in refused(out.getvalue())


def test_too_many_files_are_refused() -> None:
    assert "more than 200 files" in refused(packed({f"{n}.csv": b"" for n in range(201)}))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (STAFF_CSV.decode().encode("utf-16"), "UTF-16"),
        ("Name,Email\nZoë,\n".encode("cp1252"), "not in UTF-8"),
        (b"Name,Email\nLee\0,\n", "NUL"),
        (b"Name;Email\nLee;x\n", "not separated by commas"),
        (b'Name,Email\n"Lee,\n', "cannot be read"),
        (b"Name,Email\n" + b"x" * 40_000 + b",\n", "32,767 characters"),
        (b"Name,Email\nLee" + b"," * 70 + b"x\n", "more than 60 columns"),
    ],
)
def test_other_encodings_and_shapes_are_refused_with_advice(content: bytes, says: str) -> None:
    message = refused(packed({"Staff.csv": content}))
    assert says in message or (says == "cannot be read" and "can be read" in message)


def test_two_hundred_thousand_rows_are_refused_with_the_limit_named() -> None:
    content = b"Name,Email\n" + b"".join(b"N%d,\n" % n for n in range(200_000))
    assert "more than 100,000 rows" in refused(packed({"Staff.csv": content}))


def test_workbook_with_a_document_type_is_refused() -> None:
    files = {}
    with zipfile.ZipFile(io.BytesIO(workbook({"Staff": STAFF}))) as archive:
        for name in archive.namelist():
            files[name] = archive.read(name)
    files["xl/workbook.xml"] = b'<!DOCTYPE x [<!ENTITY a "b">]>' + files["xl/workbook.xml"]
    assert "no spreadsheet writes" in refused(packed(files))


def test_broken_workbook_is_refused() -> None:
    assert "cannot be read" in refused(packed({"[Content_Types].xml": b"<x/>"}))


def test_cell_at_the_far_corner_costs_nothing() -> None:
    book = Workbook()
    page = book.worksheets[0]
    page.title = "Staff"
    page.append(["Name"])
    page["A1048576"] = "Lee Grant"
    out = io.BytesIO()
    book.save(out)
    assert look_at(out.getvalue()).counts["Staff"]["new"] == 1


def test_formulas_errors_and_merged_cells_are_problems() -> None:
    assert problems(look_at(workbook({"Staff": [["Name"], ["=1+1"], ["#REF!"]]}))) == [
        ("Staff", 2, "Name", "=1+1"),
        ("Staff", 3, "Name", "#REF!"),
    ]
    book = Workbook()
    page = book.worksheets[0]
    page.title = "Staff"
    page.append(["Name", "Email"])
    page.merge_cells("A2:B2")
    out = io.BytesIO()
    book.save(out)
    (problem,) = look_at(out.getvalue()).batch.problems.first
    assert "unmerge" in problem.expected


def test_formula_in_a_csv_is_a_problem_too() -> None:
    content = packed({"Staff.csv": b"Name,Email\n=cmd(),\n"})
    assert problems(look_at(content)) == [("Staff", 2, "Name", "=cmd()")]


def test_spreadsheet_dates_are_dates() -> None:
    outcome = look_at(
        workbook(
            {"Training": [["Code", "Title", "Held on", "Kind"],
                          ["T1", "Workshop", date(2025, 3, 1), "Workshop"]]}
        )
    )  # fmt: skip
    (row,) = outcome.plan.sheets["Training"].new
    assert (row.values["Held on"], row.values["Kind"]) == (date(2025, 3, 1), "workshop")
