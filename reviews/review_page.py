"""What a review's page shows from the floors above: each app registers its section.

An app's ``review_page.py`` is loaded when the portal starts; it calls :func:`register`. A section
is drawn by its own template from what ``context`` gives, for those who plan reviews and hold
``permission``; ``None`` means that there is nothing to show of this review yet.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.permissions import Permission
from reviews.models import Review


@dataclass(frozen=True)
class Section:
    """One part of a review's page."""

    name: str
    permission: Permission
    template: str
    context: Callable[[Review, User, datetime], dict[str, Any] | None]


SECTIONS: dict[str, Section] = {}


def register(section: Section) -> Section:
    """Make a section known. Raises ValueError for a second one of the same name."""
    if section.name in SECTIONS:
        message = f"There is already a section called {section.name}."
        raise ValueError(message)
    SECTIONS[section.name] = section
    return section


def sections_for(review: Review, *, user: User, now: datetime) -> list[dict[str, Any]]:
    """The sections this user may see, each with its template and what it is drawn from."""
    held = [each for each in SECTIONS.values() if user.may(each.permission)]
    drawn = [(each.template, each.context(review, user, now)) for each in held]
    return [
        {"template": template, "section": context}
        for template, context in drawn
        if context is not None
    ]
