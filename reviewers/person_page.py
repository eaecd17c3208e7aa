"""What a person's page shows from the floors above: each app registers its section.

An app's ``person_page.py`` is loaded when the portal starts; it calls :func:`register`. A section
is drawn by its own template from what ``context`` gives, and only for users who hold
``permission``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.permissions import Permission
from reviewers.models import Reviewer

FIRST = 10


@dataclass(frozen=True)
class Section:
    """One part of a person's page. Lower ``place`` stands higher; below FIRST, before all else."""

    name: str
    place: int
    permission: Permission
    template: str
    context: Callable[[Reviewer, User, datetime], dict[str, Any]]


SECTIONS: dict[str, Section] = {}


def register(section: Section) -> Section:
    """Make a section known. Raises ValueError for a second one of the same name."""
    if section.name in SECTIONS:
        message = f"There is already a section called {section.name}."
        raise ValueError(message)
    SECTIONS[section.name] = section
    return section


def sections_for(reviewer: Reviewer, *, user: User, now: datetime) -> list[dict[str, Any]]:
    """The sections this user may see, each with its template and what it is drawn from."""
    held = [each for each in SECTIONS.values() if user.may(each.permission)]
    return [
        {
            "template": each.template,
            "section": each.context(reviewer, user, now),
            "is_first": each.place < FIRST,
        }
        for each in sorted(held, key=lambda each: each.place)
    ]
