"""What a page shows from the floors above: each app registers its section of it.

The floor that owns the page declares it in ``…_page.py`` as a :class:`Sections`. A floor above has
a module of the same name, loaded when the portal starts, that registers a :class:`Section`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from accounts.models import User
from accounts.permissions import Permission

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Section(Generic[Thing]):
    """One part of the page of a thing, for users who hold ``permission``.

    Drawn by its own template from what ``context`` gives; None: nothing to show of this thing yet.
    Lower ``place`` stands higher.
    """

    name: str
    place: int
    permission: Permission
    template: str
    context: Callable[[Thing, User, datetime], dict[str, Any] | None]


class Sections(Generic[Thing]):
    """The sections of one kind of page, by name."""

    def __init__(self) -> None:
        self._by_name: dict[str, Section[Thing]] = {}

    def register(self, section: Section[Thing]) -> None:
        """Make a section known. Raises ValueError for a second one of the same name."""
        if section.name in self._by_name:
            message = f"There is already a section called {section.name}."
            raise ValueError(message)
        self._by_name[section.name] = section

    def drawn(self, thing: Thing, *, user: User, now: datetime) -> list[dict[str, Any]]:
        """Those this user may see, each with its template, its place and what it is drawn from."""
        held = [each for each in self._by_name.values() if user.may(each.permission)]
        found = [
            (each, each.context(thing, user, now))
            for each in sorted(held, key=lambda each: each.place)
        ]
        return [
            {"template": each.template, "place": each.place, "section": section}
            for each, section in found
            if section is not None
        ]
