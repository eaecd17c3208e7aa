"""Tables to take away as CSV, streamed."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import StreamingHttpResponse

from tables.cells import safe_cell

BYTE_ORDER_MARK = "\ufeff"  # else Excel takes the file for another alphabet


class _Line:
    """What csv writes a line to: it hands the line back."""

    def write(self, line: str) -> str:
        return line


def lines(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The lines of the file, made as they are asked for."""
    writer = csv.writer(_Line())
    yield BYTE_ORDER_MARK + writer.writerow([safe_cell(each) for each in header])
    for row in rows:
        yield writer.writerow([safe_cell(each) for each in row])


def download(
    name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]
) -> StreamingHttpResponse:
    """The table as a file to download."""
    response = StreamingHttpResponse(lines(header, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
