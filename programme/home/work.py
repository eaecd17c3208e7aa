"""What a kind of work on home is: its heading, its first lines, and where the rest is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TypeVar

SHOWN = 5
MOST = SHOWN + 1  # one more than is shown tells that there are more

T = TypeVar("T")


@dataclass(frozen=True)
class Line:
    """One thing to do: what, where it is done, a note beside it, a tag."""

    text: str
    href: str
    note: str = ""
    tag: str = ""


@dataclass(frozen=True)
class Work:
    """A kind of work: its heading, its first lines, and where the rest is."""

    heading: str
    lines: list[Line]
    all_href: str = ""
    has_more: bool = False
    done: str = ""


def work(
    heading: str, things: Iterable[T], line: Callable[[T], Line], *, all_href: str = "", done: str
) -> Work:
    """The first lines of a kind of work, and whether there are more."""
    found = list(islice(things, MOST))
    return Work(
        heading,
        [line(each) for each in found[:SHOWN]],
        all_href=all_href,
        has_more=len(found) > SHOWN,
        done=done,
    )


def days_until(day: date, today: date) -> str:
    """How far a coming day is.

    >>> days_until(date(2026, 6, 13), date(2026, 6, 10))
    'in 3 days'
    """
    days = (day - today).days
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
