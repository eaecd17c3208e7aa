"""Opening a file: what it is, is seen from its content, never from its name."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from programme.importing.limits import FILE_BYTES, MEBIBYTE
from programme.importing.problems import FileRefused
from programme.importing.reading.archives import Archive, open_archive
from programme.importing.reading.csv_files import tables_of_archive, tables_of_folder
from programme.importing.reading.tables import Table
from programme.importing.reading.workbooks import tables_of_workbook

OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # what old .xls and encrypted workbooks are packed in
WANTED = "Send an .xlsx workbook, or a .zip of CSV files."


@contextmanager
def opened(file: IO[bytes]) -> Iterator[Iterator[Table]]:
    """The tables of an uploaded workbook or zip, streamed. Raises FileRefused."""
    size = file.seek(0, 2)
    file.seek(0)
    start = file.read(8)
    file.seek(0)
    if not size:
        raise FileRefused(f"The file is empty. {WANTED}")
    if size > FILE_BYTES:
        raise FileRefused(f"The file is larger than {FILE_BYTES // MEBIBYTE} MB. {WANTED}")
    if start.startswith(OLE):
        message = (
            "The file is protected by a password, or is an old .xls workbook. "
            "Take the password off and save it as an .xlsx workbook."
        )
        raise FileRefused(message)
    if not start.startswith(b"PK"):
        raise FileRefused(f"The file is neither a workbook nor a zip. {WANTED}")
    with open_archive(file) as archive:
        yield _tables(archive, file)


def _tables(archive: Archive, file: IO[bytes]) -> Iterator[Table]:
    if archive.is_workbook:
        return tables_of_workbook(archive, file)
    return tables_of_archive(archive)


@contextmanager
def opened_path(path: Path) -> Iterator[Iterator[Table]]:
    """The tables of a workbook, a zip or a folder of CSV files. Raises FileRefused."""
    if path.is_dir():
        yield tables_of_folder(path)
    elif path.is_file():
        with path.open("rb") as file, opened(file) as tables:
            yield tables
    else:
        raise FileRefused(f"There is no file or folder {path.name}.")
