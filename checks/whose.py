"""Whose checks something is about: nobody works on their own, nor looks at them here."""

from typing import Protocol

from reviewers.models import Reviewer


class About(Protocol):
    """A check, an assessment, a clearance: something of one person."""

    @property
    def reviewer(self) -> Reviewer:
        """The person."""
        ...  # pragma: no cover - says what there is


def person_of(thing: "Reviewer | About") -> Reviewer:
    """The person themselves, or whose it is."""
    return thing if isinstance(thing, Reviewer) else thing.reviewer
