"""Small numbers of people, hidden from observers and from anything published.

A number under 5 could single out a person, and so could what remains when it is taken from a total
that is shown. Counts of reviews are not of people, and are shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from insights.numbers import Rating, Share, Value
from insights.people import People
from training.models import Session

FEWEST = 5
Shown = TypeVar("Shown", bound=Value)
NOT_SHOWN = "not shown"


def is_small(number: int) -> bool:
    """Whether the number could single out a person."""
    return number < FEWEST


def shows_share(share: Share) -> bool:
    """Whether neither the part nor the rest is small. A rest of nobody singles nobody out."""
    return not is_small(share.numerator) and (share.rest == 0 or not is_small(share.rest))


@dataclass(frozen=True)
class ShownPeople:
    """The figures about people as this user may see them; None where hidden."""

    trained: int | None
    here: Share | None
    activation: Share | None


def shown_people(people: People, *, hides_small: bool) -> ShownPeople:
    """The figures about people, small ones left out."""
    if not hides_small:
        return ShownPeople(people.trained, people.here, people.activation)
    return ShownPeople(
        None if is_small(people.trained) else people.trained,
        people.here if shows_share(people.here) else None,
        people.activation if shows_share(people.activation) else None,
    )


def shown(value: Shown, *, is_about_people: bool, hides_small: bool) -> Shown | None:
    """The value as this user may see it; None where hidden. Counts of reviews always show.

    Ratings are those of people, whatever they are about: a mean of fewer than 5 is hidden.
    """
    if not hides_small:
        return value
    if isinstance(value, Rating):
        return None if 0 < value.n < FEWEST else value
    if not is_about_people:
        return value
    if isinstance(value, Share):
        return value if shows_share(value) else None
    return None if value.number is None or is_small(value.number) else value


def hidden_sessions(counts: Sequence[tuple[int, str, int]]) -> set[int]:
    """Which sessions' attendees are hidden, of (id, kind, attendees) of every session.

    All small ones; and where only one that trains is small, the next smallest too, because the
    number of trained people would give it away.
    """
    hidden = {pk for pk, _, attendees in counts if is_small(attendees)}
    training = sorted(
        (attendees, pk) for pk, kind, attendees in counts if kind in Session.CONFERRING
    )
    small = [pk for _, pk in training if pk in hidden]
    if len(small) == 1 and len(training) > 1:
        hidden.add(training[1][1])
    return hidden
