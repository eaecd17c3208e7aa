"""Tables to take away as a workbook (XLSX): numbers stay numbers, and days are days.

Rows are written to a file as they come and compressed from there, so that a long table takes a few
megabytes of memory.
"""

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.http import FileResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from tables.cells import safe_value

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_NAME = 31  # of a sheet; Excel opens no workbook with a longer one
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_WORDS = "s"


def write(file: Any, name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write the workbook with one sheet to a file that is open for bytes."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_NOT_IN_NAMES.sub(" ", name)[:LONGEST_NAME])
    sheet.freeze_panes = "A2"
    for index, heading in enumerate(header, start=1):
        width = min(max(12, len(heading) + 2), 60)
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.append([_cell(sheet, each, is_heading=True) for each in header])
    for row in rows:
        sheet.append([_cell(sheet, each) for each in row])
    book.save(file)


def _cell(sheet: Any, value: Any, *, is_heading: bool = False) -> Any:
    safe = safe_value(value)
    if isinstance(safe, str):
        cell = WriteOnlyCell(sheet, safe)
        cell.data_type = _WORDS  # "#N/A" is words too
    else:
        number: Any = safe  # a Decimal, or a day: its types know neither
        cell = WriteOnlyCell(sheet, number)
    if isinstance(safe, datetime):
        cell.number_format = "yyyy-mm-dd hh:mm:ss"
    elif isinstance(safe, date):
        cell.number_format = "yyyy-mm-dd"
    if is_heading:
        cell.font = Font(bold=True)
    return cell


def download(
    name: str, title: str, header: Sequence[str], rows: Iterable[Sequence[Any]]
) -> FileResponse:
    """The table as a file to download, sent in pieces."""
    file = io.BytesIO()
    write(file, title, header, rows)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=TYPE)
