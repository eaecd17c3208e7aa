"""Zip archives from strangers: everything is unpacked once and counted before it is believed."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO

from programme.importing.limits import (
    FILES_IN_ARCHIVE,
    MEBIBYTE,
    PART_BYTES,
    ROW_BYTES,
    UNPACKED_BYTES,
)
from programme.importing.problems import FileRefused

CHUNK = 64 * 1024
OVERLAP = 64  # longer than any of the marks below
ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
MERGED = re.compile(rb"<(?:\w+:)?mergeCell[\s/>]")
DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)


@dataclass
class Archive:
    """An opened zip whose every file was unpacked once and counted."""

    zip: zipfile.ZipFile
    names: list[str]
    with_merged_cells: set[str] = field(default_factory=set)

    @property
    def is_workbook(self) -> bool:
        """Whether the zip is a spreadsheet's workbook."""
        return "[Content_Types].xml" in self.names


@contextmanager
def open_archive(file: IO[bytes]) -> Iterator[Archive]:
    """The archive, when it keeps to the limits. Raises FileRefused."""
    try:
        packed = zipfile.ZipFile(file)
    except BROKEN as error:
        message = "The file is damaged and cannot be unpacked. Save it again and send it again."
        raise FileRefused(message) from error
    with packed:
        archive = _counted(packed)
        yield archive


def _counted(packed: zipfile.ZipFile) -> Archive:
    members = [each for each in packed.infolist() if not each.is_dir()]
    if len(members) > FILES_IN_ARCHIVE:
        raise FileRefused(f"The file holds more than {FILES_IN_ARCHIVE} files.")
    if any(each.flag_bits & 0x1 for each in members):
        message = "The file is protected by a password. Take the password off and send it again."
        raise FileRefused(message)
    names = [each.filename for each in members]
    if len(set(names)) != len(names):
        message = "The file holds two files of the same name."
        raise FileRefused(message)
    archive = Archive(packed, names)
    total = 0
    for member in members:
        total = _count_one(archive, member, total)
    return archive


def _count_one(archive: Archive, member: zipfile.ZipInfo, total: int) -> int:
    """Unpack one file without keeping it; the bytes so far. Sizes in the headers are not asked."""
    is_xml = archive.is_workbook and member.filename.endswith((".xml", ".rels"))
    is_sheet = is_xml and "/worksheets/" in f"/{member.filename}"
    tail = b""
    size = since_row = 0
    try:
        with archive.zip.open(member) as stream:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                if total + size > UNPACKED_BYTES:
                    raise FileRefused(
                        f"Unpacked, the file is larger than {UNPACKED_BYTES // MEBIBYTE} MB."
                    )
                seen = tail + chunk
                if is_xml and (DECLARATION.search(seen) or b"\0" in chunk):
                    message = "The workbook holds what no spreadsheet writes. Save it again."
                    raise FileRefused(message)
                if is_sheet and MERGED.search(seen):
                    archive.with_merged_cells.add(member.filename)
                since_row = 0 if is_sheet and ROW.search(seen) else since_row + len(chunk)
                if is_sheet and since_row > ROW_BYTES:
                    raise FileRefused(
                        f"A row of the workbook is larger than {ROW_BYTES // MEBIBYTE} MB."
                    )
                tail = seen[-OVERLAP:]
    except BROKEN as error:
        message = "The file is damaged and cannot be unpacked. Save it again and send it again."
        raise FileRefused(message) from error
    if is_xml and not is_sheet and size > PART_BYTES:
        raise FileRefused(
            f"A part of the workbook is larger than {PART_BYTES // MEBIBYTE} MB unpacked."
        )
    return total + size
