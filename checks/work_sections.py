"""Links on top of the checks team's work list to what the floors above make of it.

An app's ``checks_work.py`` is loaded when the portal starts; it calls :func:`register`.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class WorkLink:
    """A line on top of the work list: its words, and the name of the page it leads to."""

    title: str
    url_name: str


LINKS: dict[str, WorkLink] = {}


def register(link: WorkLink) -> WorkLink:
    """Make a link known. Raises ValueError for a second one to the same page."""
    if link.url_name in LINKS:
        message = f"There is already a link to {link.url_name}."
        raise ValueError(message)
    LINKS[link.url_name] = link
    return link
