"""What a person gets of one model: its rows about them, each field under plain words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db import models

from reviewers.models import Reviewer

Value = str | int | bool | date | datetime | time | list[str] | None

WITH_THE_CHECKS_TEAM = "With the checks team"

# Why a column is not in the file
ITS_NUMBER = "A number that means nothing outside the portal."
ABOUT_YOU = "Says that the row is about this person."
SOMEBODY_ELSE = "Is about somebody else."
A_SECRET = "Is a secret that would let others in."  # noqa: S105 - says so
INNER_WORKING = "How the portal does its work."


def _nothing_withheld(_: Any) -> Iterable[str]:
    return ()


@dataclass(frozen=True)
class Part:
    """The rows of one model about a person.

    ``fields``: a path from the row to what is said, as words. ``made``: what a path cannot say.
    ``free_text``: what somebody wrote, in which others may be named. ``left_out``: every other
    column with the reason. ``withheld``: the fields of a row that wait until an officer has told
    the person.
    """

    model: str
    title: str
    rows: Callable[[Reviewer], Iterable[Any]]
    fields: Mapping[str, str]
    left_out: Mapping[str, str] = field(default_factory=dict)
    made: Mapping[str, Callable[[Any], Value]] = field(default_factory=dict)
    free_text: frozenset[str] = frozenset()
    withheld: Callable[[Any], Iterable[str]] = _nothing_withheld

    def row(self, row: Any) -> dict[str, Value]:
        """What is said of one row, by field."""
        withheld = set(self.withheld(row))
        return {
            name: WITH_THE_CHECKS_TEAM if name in withheld else self._value(row, name)
            for name in self.fields
        }

    def columns(self) -> set[str]:
        """The model's columns that this part speaks of, or leaves out with a reason."""
        return {name.split(".")[0] for name in self.fields} | set(self.left_out)

    def _value(self, row: Any, name: str) -> Value:
        if name in self.made:
            return self.made[name](row)
        *way, last = name.split(".")
        for step in way:
            row = getattr(row, step)
            if row is None:
                return None
        column = row._meta.get_field(last)
        if column.choices:
            return str(getattr(row, f"get_{last}_display")()) or None
        value = getattr(row, last)
        if isinstance(value, models.Model):
            return str(value)
        return None if value == "" else value


def left_out(**more: str) -> dict[str, str]:
    """The reasons of columns that are left out; a row's number and person always are."""
    return {"id": ITS_NUMBER, "reviewer": ABOUT_YOU, **more}
