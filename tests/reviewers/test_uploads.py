"""What may be put into the library is told by its content, and each refusal in one sentence."""

import struct
import zipfile
from io import BytesIO

import pytest

from reviewers.uploads import MOST_BYTES, check_file
from rules import RuleBroken
from tests.factories import PDF

WHAT_FITS = "Choose a PDF, a Word document (.docx) or a picture (.png or .jpg)."
NOT_WHAT = f"This file is not what its name says. {WHAT_FITS}"
PLAIN_NAME = "Give the file a plain name, without / or \\, and choose it again."


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height)


def jpeg(width: int, height: int) -> bytes:
    before = b"\xff\xd8\xff\xe0" + struct.pack(">H", 4) + b"JF"
    return before + b"\xff\xc0" + struct.pack(">HBHH", 11, 8, height, width) + b"\x00" * 4


def word(*more: str) -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", "word/document.xml", *more):
            archive.writestr(name, "x" * 100_000)
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("Guidance.PDF", PDF, "pdf"),
        ("guidance.docx", word(), "docx"),
        ("map.png", png(5000, 10), "png"),
        ("map.jpg", jpeg(10, 5000), "jpeg"),
        ("map.jpeg", jpeg(10, 10), "jpeg"),
        ("Was tun? Ärger.pdf", PDF, "pdf"),
    ],
)
def test_what_may_be_kept(name: str, content: bytes, kind: str) -> None:
    kept = check_file(name, content)
    assert (kept.name, kept.kind, kept.content) == (name, kind, content)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("report.pdf", b"MZ\x90\x00" + b"\x00" * 100, NOT_WHAT),  # an executable, renamed
        ("report.pdf", b"\x7fELF" + PDF, NOT_WHAT),
        ("report.pdf", b"<script>alert(1)</script>%PDF-1.7 %%EOF", NOT_WHAT),
        ("report.pdf", PDF.replace(b"%%EOF", b""), NOT_WHAT),  # cut off on its way
        ("report.docx", b"PK\x03\x04 and nothing else", NOT_WHAT),
        (
            "report.pdf",
            png(10, 10),
            "The name ends in .pdf, but the file is something else. Save it again.",
        ),
        ("report.exe", PDF, f"We cannot take this kind of file. {WHAT_FITS}"),
        ("report.pdf.exe", PDF, f"We cannot take this kind of file. {WHAT_FITS}"),
        ("report.svg", b"<svg/>", f"We cannot take this kind of file. {WHAT_FITS}"),
        ("report", PDF, f"We cannot take this kind of file. {WHAT_FITS}"),
        (
            "report.docx",
            word("word/vbaProject.bin"),
            "This document holds macros. Save it as .docx without them.",
        ),
        (
            "map.png",
            png(10_000, 10_000),
            "This picture is 10,000 by 10,000 dots. Make it smaller: 5,000 at most each way.",
        ),
        (
            "map.jpg",
            jpeg(10, 5001),
            "This picture is 10 by 5,001 dots. Make it smaller: 5,000 at most each way.",
        ),
        (
            "map.png",
            b"\x89PNG\r\n\x1a\n",
            "We cannot read this picture. Save it again and choose it here.",
        ),
        (
            "map.jpg",
            b"\xff\xd8\xff\xe0\x00",
            "We cannot read this picture. Save it again and choose it here.",
        ),
        (
            "map.jpg",
            b"\xff\xd8\xff\xe0\x00\x00" * 10,
            "We cannot read this picture. Save it again and choose it here.",
        ),
        ("report.pdf", b"", "The file is empty. Choose another one."),
        (
            "report.pdf",
            PDF + b" " * (MOST_BYTES - len(PDF) + 1),
            "The file is too big. It can be 10 MB at most.",
        ),
        ("../report.pdf", PDF, PLAIN_NAME),
        ("..\\report.pdf", PDF, PLAIN_NAME),
        (".pdf", PDF, PLAIN_NAME),
        ("re\nport.pdf", PDF, PLAIN_NAME),
        ("re\u202eport.pdf", PDF, PLAIN_NAME),
        (
            "x" * 97 + ".pdf",
            PDF,
            "The file’s name is too long. Keep it to 100 letters.",
        ),
    ],
)
def test_what_is_refused(name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        check_file(name, content)
    assert str(broken.value) == sentence


def test_ten_megabytes_are_not_too_many() -> None:
    content = b"%PDF-" + b" " * (MOST_BYTES - 10) + b"%%EOF"
    assert len(check_file("a.pdf", content).content) == MOST_BYTES
