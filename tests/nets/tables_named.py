"""Which tables the statements name that are sent while something happens."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

_WRITES = re.compile(r"\s*(?:INSERT|UPDATE|DELETE)\b", re.IGNORECASE)


@contextmanager
def tables_named(*, written: bool = False) -> Iterator[set[str]]:
    """The tables named in every statement, or only in those that write."""
    known = set(connection.introspection.table_names())
    named: set[str] = set()

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if _WRITES.match(sql) or not written:
            named.update(known.intersection(re.findall(r"\w+", sql)))
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield named
