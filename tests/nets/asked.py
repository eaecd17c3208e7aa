"""What is asked of the database while something happens, and whether the answers are the same."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection

_WRITES = re.compile(r"\s*(?:INSERT|UPDATE|DELETE)\b", re.IGNORECASE)


@cache
def tables_in(sql: str) -> frozenset[str]:
    """The tables that a statement names."""
    return _tables().intersection(re.findall(r"\w+", sql))


@cache
def _tables() -> frozenset[str]:
    return frozenset(connection.introspection.table_names())


@dataclass(frozen=True)
class Asked:
    """One statement with its values."""

    sql: str
    values: Any

    @property
    def tables(self) -> frozenset[str]:
        """The tables that it names."""
        return tables_in(self.sql)

    @property
    def writes(self) -> bool:
        """Whether it changes rows."""
        return bool(_WRITES.match(self.sql))

    def again(self) -> list[Any]:
        """What the database answers to it now."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.values)
            return cursor.fetchall()


@contextmanager
def asked() -> Iterator[list[Asked]]:
    """Every statement that is sent meanwhile."""
    sent: list[Asked] = []

    def note(execute: Callable[..., Any], sql: str, values: Any, *rest: Any) -> Any:
        sent.append(Asked(sql, values))
        return execute(sql, values, *rest)

    with connection.execute_wrapper(note):
        yield sent
