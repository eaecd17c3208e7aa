"""Files to bring in, made in memory: a workbook or a zip of a few rows."""

import io
import zipfile
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from programme.importing.reading import opened
from programme.importing.running import Outcome, carry_out, read_and_compare
from programme.importing.taking import Taking
from tests.factories import NOW

DEMO = Path(__file__).parent.parent.parent / "programme" / "demo"

SERVICES = [
    ["Directorate", "Service", "Site", "Setting", "Clearance", "Contact name", "Contact email"],
    ["Community", "Elm Team", "Mill House", "community", "enhanced", "Pat", "pat@example.org"],
    ["Forensic", "Gate Clinic", "HMP Gate", "prison", "prison", "", ""],
]
STAFF = [["Name", "Email"], ["Lee Grant", "lee@example.org"], ["Kim Shaw", ""]]
REVIEWERS = [
    [
        "Reference",
        "First name",
        "Last name",
        "Email",
        "Phone",
        "Joined on",
        "Stage",
        "Not to visit",
    ],
    [
        "L-1",
        "Ada",
        "Reid",
        "ada@example.org",
        "07700 900001",
        "2025-01-10",
        "active",
        "Gate Clinic",
    ],
    ["L-2", "Bo", "Hall", "", "07700 900002", "10/02/2025", "training", ""],
]  # fmt: skip
CHECKS = [
    ["Reference", "DBS level", "DBS applied on", "DBS issued on", "DBS result", "Risk assessment",
     "Risk assessed on"],
    ["L-1", "enhanced", "2025-01-12", "2025-02-12", "clear", "not needed", ""],
    ["L-2", "enhanced", "2025-02-12", "2025-03-12", "disclosure", "not approved", "2025-04-01"],
]  # fmt: skip
TRAINING = [
    ["Code", "Title", "Held on", "Kind", "Staff facilitator", "Co-facilitators"],
    ["T1", "Workshop", "2025-03-01", "workshop", "Lee Grant", "L-1"],
    ["T9", "Workshop", "2027-03-01", "workshop", "", ""],
]
ATTENDANCE = [["Session", "Reviewer", "Outcome"], ["T1", "L-1", "attended"]]
REVIEWS = [
    ["Reference", "Service", "Visit on", "Status", "Lead", "Start", "End"],
    ["R-1", "Elm Team", "2025-06-01", "completed", "Lee Grant", "09:30", "15:30"],
    ["R-2", "Elm Team", "2026-07-01", "planned", "Lee Grant", "09:30", "15:30"],
    ["R-3", "Elm Team", "2026-07-01", "planned", "Kim Shaw", "15:30", "17:00"],
]
TEAMS = [
    ["Review", "Member", "Role", "Response", "Attended"],
    ["R-1", "Lee Grant", "lead", "accepted", "yes"],
    ["R-1", "L-1", "lxr", "accepted", "yes"],
    ["R-2", "L-1", "lxr", "invited", ""],
]
FEEDBACK = [
    ["Review", "From", "Author", "Impact", "Supported on the visit", "Comment", "May quote",
     "Received on"],
    ["R-1", "team", "", "8", "", "Kind words", "yes", "2025-06-10"],
    ["R-1", "lxr", "L-1", "", "9", "", "", "2025-06-10"],
]  # fmt: skip


def sheets(**changed: Any) -> dict[str, list[list[Any]]]:
    """The small programme, with some sheets changed; None takes one out."""
    every = {
        "Services": SERVICES, "Staff": STAFF, "Reviewers": REVIEWERS, "Training": TRAINING,
        "Attendance": ATTENDANCE, "Reviews": REVIEWS, "Teams": TEAMS, "Feedback": FEEDBACK,
    } | changed  # fmt: skip
    return {name: rows for name, rows in every.items() if rows is not None}


def workbook(tables: dict[str, list[list[Any]]]) -> bytes:
    """An .xlsx with these sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in tables.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append([None if cell == "" else cell for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def packed(files: dict[str, bytes]) -> bytes:
    """A zip of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_cell(rows: list[list[Any]], row: int, column: str, value: Any) -> list[list[Any]]:
    """The rows with one cell changed; the row is counted as in the file, the headings being 1."""
    copy = [list(each) for each in rows]
    copy[row - 1][copy[0].index(column)] = value
    return copy


def bring_in(
    content: bytes, *, taking: Taking = Taking.ALL, by: Any = None, **extra: Any
) -> Outcome:
    """Carry an import out."""
    return carry_out(lambda: opened(io.BytesIO(content)), taking=taking, by=by, now=NOW, **extra)


def look_at(content: bytes, *, taking: Taking = Taking.ALL, leave_out: Any = ()) -> Outcome:
    """Read, check and compare, and store nothing."""
    outcome, _ = read_and_compare(
        lambda: opened(io.BytesIO(content)), taking=taking, by=None, leave_out=leave_out, now=NOW
    )
    return outcome


def problems(outcome: Outcome) -> list[tuple[str, int | None, str, str]]:
    """Where each problem stands and what stands there."""
    return [(p.sheet, p.row, p.column, p.value) for p in outcome.batch.problems.first]
