"""Workbooks (.xlsx), a row at a time.

openpyxl's own sheet parser is used rather than its worksheet: the worksheet fills every gap that a
file claims to have, so that one cell at the far corner costs a million empty rows.
"""

import warnings
from collections.abc import Iterator
from typing import IO, Any

from openpyxl import load_workbook
from openpyxl.worksheet._reader import WorkSheetParser

from programme.importing.kinds import NotAValue
from programme.importing.problems import FileRefused
from programme.importing.reading.archives import Archive
from programme.importing.reading.tables import Cells, Table, bounded

UNREADABLE = "The workbook cannot be read. Save it again as an .xlsx workbook and send it again."
MERGED = "no merged cells: unmerge them, so that each cell holds its own value"


def tables_of_workbook(archive: Archive, file: IO[bytes]) -> Iterator[Table]:
    """The sheets of a workbook. Raises FileRefused."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and extensions that are not read here
        try:
            book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
            sheets: list[Any] = list(book.worksheets)
        except Exception as error:  # a hostile file breaks openpyxl in ways without a common name
            raise FileRefused(UNREADABLE) from error
        for sheet in sheets:
            path = sheet._worksheet_path
            yield Table(
                sheet.title,
                bounded(sheet.title, _rows(archive, book, sheet)),
                MERGED if path in archive.with_merged_cells else "",
            )


def _rows(archive: Archive, book: Any, sheet: Any) -> Iterator[tuple[int, Cells]]:
    try:
        with archive.zip.open(sheet._worksheet_path) as source:
            parser = WorkSheetParser(
                source,
                sheet._shared_strings,
                data_only=False,
                epoch=book.epoch,
                date_formats=book._date_formats,
                timedelta_formats=book._timedelta_formats,
            )
            for number, cells in parser.parse():
                yield number, {cell["column"] - 1: _value(cell) for cell in cells}
    except Exception as error:  # as above; the limits' own refusals pass through `bounded`
        raise FileRefused(UNREADABLE) from error


def _value(cell: dict[str, Any]) -> Any:
    value, kind = cell["value"], cell["data_type"]
    if kind == "f":
        text = getattr(value, "text", value)
        return NotAValue(str(text), "a value: this is a formula; copy it and paste its value")
    if kind == "e":
        return NotAValue(str(value), "a value: the spreadsheet shows an error here")
    return value
