"""Which files we keep for people to read: told by content, not by name. Pure."""

import struct
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

from rules import RuleBroken

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 5_000  # each way
NAME_LENGTH = 100
ENDINGS = {"pdf": "pdf", "docx": "docx", "png": "png", "jpg": "jpeg", "jpeg": "jpeg"}
MACROS = "word/vbaProject.bin"
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "png": "image/png",
    "jpeg": "image/jpeg",
}
_WHAT_FITS = "Choose a PDF, a Word document (.docx) or a picture (.png or .jpg)."


@dataclass(frozen=True)
class Checked:
    """A file that may be kept: its name, what it is, its bytes."""

    name: str
    kind: str
    content: bytes

    def columns(self) -> dict[str, Any]:
        """What a row keeps of it."""
        size = len(self.content)
        return {"name": self.name, "kind": self.kind, "size": size, "content": self.content}


def check_format(*, is_newest: bool, is_there: bool) -> None:
    """A format that the newest version of something to read does not have. Raises RuleBroken."""
    if not is_newest:
        message = "There is a newer version by now. Add the format to that one."
        raise RuleBroken(message)
    if is_there:
        message = (
            "This version has that format already. A file never changes: publish a new version."
        )
        raise RuleBroken(message)


def check_file(name: str, content: bytes) -> Checked:
    """The file, once it is what its name says and small enough. Raises RuleBroken."""
    ending = _check_name(name)
    if not content:
        raise RuleBroken("The file is empty. Choose another one.")
    if len(content) > MOST_BYTES:
        raise RuleBroken("The file is too big. It can be 10 MB at most.")
    kind = kind_of(content)
    if kind is None:
        raise RuleBroken(f"This file is not what its name says. {_WHAT_FITS}")
    if kind != ENDINGS[ending]:
        message = f"The name ends in .{ending}, but the file is something else. Save it again."
        raise RuleBroken(message)
    if kind in ("png", "jpeg"):
        _check_picture(kind, content)
    return Checked(name, kind, content)


def _check_name(name: str) -> str:
    """The ending of the name, in small letters."""
    if not name.isprintable() or "/" in name or "\\" in name or name.startswith("."):
        raise RuleBroken("Give the file a plain name, without / or \\, and choose it again.")
    if len(name) > NAME_LENGTH:
        raise RuleBroken(f"The file’s name is too long. Keep it to {NAME_LENGTH} letters.")
    ending = PurePosixPath(name).suffix[1:].lower()
    if ending not in ENDINGS:
        raise RuleBroken(f"We cannot take this kind of file. {_WHAT_FITS}")
    return ending


def kind_of(content: bytes) -> str | None:
    """What the content is: pdf, docx, png or jpeg; None for anything else."""
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-1024:]:
        return "pdf"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_zip(content)
    return None


def _kind_of_zip(content: bytes) -> str | None:
    """Read from the list of its parts; nothing is unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if MACROS in names:
        raise RuleBroken("This document holds macros. Save it as .docx without them.")
    return "docx" if {"[Content_Types].xml", "word/document.xml"} <= names else None


def _check_picture(kind: str, content: bytes) -> None:
    size = _png_size(content) if kind == "png" else _jpeg_size(content)
    if size is None:
        raise RuleBroken("We cannot read this picture. Save it again and choose it here.")
    if max(size) > MOST_PIXELS:
        width, height = size
        message = (
            f"This picture is {width:,} by {height:,} dots. "
            f"Make it smaller: {MOST_PIXELS:,} at most each way."
        )
        raise RuleBroken(message)


def _png_size(content: bytes) -> tuple[int, int] | None:
    if content[12:16] != b"IHDR" or len(content) < 24:
        return None
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    """From the frame's header; a picture is never unpacked here."""
    at = 2
    while at + 9 <= len(content):
        if content[at] != 0xFF:
            return None
        marker = content[at + 1]
        if marker == 0xFF:  # padding
            at += 1
        elif 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        elif 0xD0 <= marker <= 0xD9 or marker == 0x01:  # without a length
            at += 2
        else:
            at += 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
    return None
