"""What the pages of a service show from the floors above: each app registers its section.

An app's ``service_page.py`` is loaded when the portal starts; it calls :func:`register`. A section
is drawn by its own template from what ``context`` gives, for those who plan reviews.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User
from organisation.models import Service


@dataclass(frozen=True)
class Section:
    """One part of the page of a service, and of the one that says when it closes."""

    name: str
    template: str
    context: Callable[[Service, User, datetime], dict[str, Any]]


SECTIONS: dict[str, Section] = {}


def register(section: Section) -> Section:
    """Make a section known. Raises ValueError for a second one of the same name."""
    if section.name in SECTIONS:
        message = f"There is already a section called {section.name}."
        raise ValueError(message)
    SECTIONS[section.name] = section
    return section


def sections_for(service: Service, *, user: User, now: datetime) -> list[dict[str, Any]]:
    """Each section with its template and what it is drawn from."""
    return [
        {"template": each.template, "section": each.context(service, user, now)}
        for each in SECTIONS.values()
    ]
