"""A person's story: everything dated that happened with them, from every floor, newest first.

An app's ``timeline.py`` is loaded when the portal starts; it calls :func:`register` for each kind
of thing that it can tell. A source is asked only for users who hold its ``permission``, with one
query for what was and one for what is to come, however long the story is.

Entries stand in the order of their moment, then of their source's name, then of their id. A page
of the story ends at a mark that names all three, and the next one goes on from there.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self

from django.db.models import Q
from django.utils.timezone import get_current_timezone, localdate

from accounts.models import User
from accounts.permissions import Permission
from reviewers.models import Reviewer

SHOWN = 20
COMING = 10
_LARGEST_ID = 2**63 - 1
_MARK = re.compile(r"([0-9]{1,17})-([a-z]{1,20})-([0-9]{1,18})")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def start_of(day: date) -> datetime:
    """Where something stands of which only the day is known: at the day's first moment."""
    return datetime.combine(day, time(), get_current_timezone())


@dataclass(frozen=True)
class Before:
    """How far back a source is asked: before this moment, or at it with a lower id."""

    moment: datetime
    pk: int

    def moments(self, path: str) -> Q:
        """The condition on rows that have a moment."""
        return Q(**{f"{path}__lt": self.moment}) | Q(**{path: self.moment, "pk__lt": self.pk})

    def days(self, path: str, *, by: str = "pk") -> Q:
        """The condition on rows that have only a day. ``by``: the column that numbers them."""
        day = localdate(self.moment)
        if self.moment > start_of(day):
            return Q(**{f"{path}__lte": day})
        return Q(**{f"{path}__lt": day}) | Q(**{path: day, f"{by}__lt": self.pk})

    def allows(self, moment: datetime, pk: int) -> bool:
        """The same of one thing that is loaded already."""
        return (moment, pk) < (self.moment, self.pk)


@dataclass(frozen=True)
class Entry:
    """One thing that happened, or is to come. ``link`` is the text that leads to ``href``."""

    moment: datetime
    pk: int
    words: str
    link: str = ""
    href: str = ""
    note: str = ""

    @property
    def day(self) -> date:
        """When, in London."""
        return localdate(self.moment)


def _nothing(reviewer: Reviewer, user: User, now: datetime) -> list[Entry]:
    return []


@dataclass(frozen=True)
class Source:
    """One kind of thing in the story.

    ``entries(reviewer, user, before, limit)``: the latest before there, latest first, by moment
    and then by id. ``coming(reviewer, user, now)``: what is to come, soonest first.
    """

    name: str
    permission: Permission
    entries: Callable[[Reviewer, User, Before, int], list[Entry]]
    coming: Callable[[Reviewer, User, datetime], list[Entry]] = _nothing


SOURCES: dict[str, Source] = {}


def register(source: Source) -> Source:
    """Make a source known. Raises ValueError for a second one of the same name."""
    if source.name in SOURCES:
        message = f"There is already a source called {source.name}."
        raise ValueError(message)
    SOURCES[source.name] = source
    return source


@dataclass(frozen=True)
class Mark:
    """A place in the story: the entry that the last page ended with."""

    moment: datetime
    name: str
    pk: int

    @classmethod
    def at(cls, now: datetime) -> Self:
        """The newest end: everything up to now."""
        return cls(now, "~", _LARGEST_ID)

    @classmethod
    def read(cls, words: str) -> Self | None:
        """The mark that an address names; None for anything that is no mark."""
        found = _MARK.fullmatch(words)
        if found is None:
            return None
        micros, name, pk = found.groups()
        return cls(_EPOCH + timedelta(microseconds=int(micros)), name, int(pk))

    def __str__(self) -> str:
        micros = (self.moment - _EPOCH) // timedelta(microseconds=1)
        return f"{micros}-{self.name}-{self.pk}"

    def before(self, source: Source) -> Before:
        """How far back that source is asked from here."""
        if source.name == self.name:
            return Before(self.moment, self.pk)
        return Before(self.moment, _LARGEST_ID if source.name < self.name else 0)


@dataclass(frozen=True)
class Story:
    """A page of it. ``earlier`` names the mark where the next page begins, if there is more."""

    entries: list[Entry]
    earlier: str = ""


def _sources(user: User) -> Iterable[Source]:
    return [each for each in SOURCES.values() if user.may(each.permission)]


def story_of(reviewer: Reviewer, *, user: User, mark: Mark, shown: int = SHOWN) -> Story:
    """What happened before the mark, newest first, as far as this user may know of it."""
    found = [
        (entry.moment, source.name, entry.pk, entry)
        for source in _sources(user)
        for entry in source.entries(reviewer, user, mark.before(source), shown + 1)
    ]
    found.sort(key=lambda each: each[:3], reverse=True)
    page = found[:shown]
    earlier = str(Mark(*page[-1][:3])) if len(found) > shown else ""
    return Story([entry for *_, entry in page], earlier)


def coming_for(reviewer: Reviewer, *, user: User, now: datetime) -> list[Entry]:
    """What is next for this person, soonest first, as far as this user may know of it."""
    found = [
        (entry.moment, source.name, entry.pk, entry)
        for source in _sources(user)
        for entry in source.coming(reviewer, user, now)
    ]
    found.sort(key=lambda each: each[:3])
    return [entry for *_, entry in found[:COMING]]
