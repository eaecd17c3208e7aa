"""Tables to take away as CSV: streamed, and safe to open in a spreadsheet program."""

import csv
import string
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.timezone import localtime

# What a spreadsheet program takes for the start of a formula, also as it is typed in East Asia.
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"
BYTE_ORDER_MARK = "\ufeff"  # else Excel takes the file for another alphabet


def safe_cell(value: Any) -> str:
    """The value as text that no spreadsheet program takes for a formula; without NUL.

    >>> safe_cell(" =1+1")
    "' =1+1"
    """
    if isinstance(value, datetime):
        return f"{localtime(value):%Y-%m-%d %H:%M:%S}"
    if value is None or isinstance(value, (bool, int, float, date)):
        return "" if value is None else str(value)
    text = str(value).replace("\x00", "")
    begins = text.lstrip(string.whitespace + "\u00a0\u3000" + _INVISIBLE)
    is_formula = begins.startswith(_FORMULA) or text.startswith(("\t", "\r", "\n"))
    return f"'{text}" if is_formula else text


class _Line:
    """What csv writes a line to: it hands the line back."""

    def write(self, line: str) -> str:
        return line


def lines(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The lines of the file, made as they are asked for."""
    writer = csv.writer(_Line())
    yield BYTE_ORDER_MARK + writer.writerow(header)
    for row in rows:
        yield writer.writerow([safe_cell(each) for each in row])


def download(
    name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]
) -> StreamingHttpResponse:
    """The table as a file to download."""
    response = StreamingHttpResponse(lines(header, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
