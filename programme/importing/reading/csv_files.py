"""CSV files: UTF-8, commas, one file a sheet."""

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from programme.importing.limits import FILE_BYTES, MEBIBYTE, ROW_BYTES
from programme.importing.problems import FileRefused
from programme.importing.reading.archives import Archive
from programme.importing.reading.tables import Cells, Table, bounded

ADVICE = "Save it as “CSV UTF-8 (comma delimited)” and send it again."
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def tables_of_archive(archive: Archive) -> Iterator[Table]:
    """The CSV files of a zip."""
    for name in archive.names:
        path = PurePosixPath(name)
        if path.name.startswith(".") or "__MACOSX" in path.parts:
            continue
        if path.suffix.lower() == ".csv":
            with archive.zip.open(name) as file:
                yield table(path.stem, file)
        else:
            yield Table(path.name, iter(()))


def tables_of_folder(folder: Path) -> Iterator[Table]:
    """The CSV files of a folder; what else lies there is nobody's business."""
    found = sorted(each for each in folder.iterdir() if each.suffix.lower() == ".csv")
    if not found:
        raise FileRefused(f"There is no CSV file in the folder {folder.resolve().name}.")
    for path in found:
        if path.stat().st_size > 10 * FILE_BYTES:
            raise FileRefused(f"{path.name} is larger than {10 * FILE_BYTES // MEBIBYTE} MB.")
        with path.open("rb") as file:
            yield table(path.stem, file)


def table(name: str, file: IO[bytes]) -> Table:
    """One CSV file as a table. Raises FileRefused, also while its rows are read."""
    return Table(name, bounded(name, _rows(name, file)))


def _rows(name: str, file: IO[bytes]) -> Iterator[tuple[int, Cells]]:
    try:
        if file.read(2) in UTF_16:
            raise FileRefused(f"{name} is in UTF-16. {ADVICE}")
        file.seek(0)
        with io.TextIOWrapper(file, encoding="utf-8-sig", newline="") as text:
            reader = csv.reader(_lines(name, text), strict=True)
            for number, row in enumerate(reader, start=1):
                if number == 1 and len(row) == 1 and any(mark in row[0] for mark in ";\t"):
                    raise FileRefused(f"{name} is not separated by commas. {ADVICE}")
                yield number, dict(enumerate(row))
    except UnicodeDecodeError as error:
        raise FileRefused(f"{name} is not in UTF-8. {ADVICE}") from error
    except csv.Error as error:
        raise FileRefused(f"{name} is not a CSV file that can be read: {error}.") from error
    except zipfile.BadZipFile as error:
        raise FileRefused(f"{name} is damaged. Save it again and send it again.") from error


def _lines(name: str, text: io.TextIOWrapper) -> Iterator[str]:
    while line := text.readline(ROW_BYTES):
        if len(line) == ROW_BYTES:
            raise FileRefused(
                f"{name} has a line of more than {ROW_BYTES // MEBIBYTE} million characters."
            )
        if "\0" in line:
            raise FileRefused(f"{name} holds characters that are no text (NUL). {ADVICE}")
        yield line
