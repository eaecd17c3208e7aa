"""The kinds of messages, as each app registers them in its ``reminders.py``.

A kind says whether a message of it is still true when it is about to go, and, for reminders, which
messages are due. ``due`` gives *every* message that is due by now and not too late, queued already
or not: the tick leaves out what exists, and of a series (one kind, one thing, one person) sends
only the latest.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from notifications.addressees import Addressee


@dataclass(frozen=True)
class Due:
    """One message that falls due. ``body`` may be a function, so that only new ones are written.

    ``text`` is what a text message says instead of the body; see ``operations.queue``.
    """

    key: str
    about_id: int | None
    to: Addressee
    subject: str
    body: str | Callable[[], str]
    due_at: datetime
    too_late_at: datetime | None = None
    text: str = ""


@dataclass(frozen=True)
class Attachment:
    """A file that goes with an email. It is made when the email is sent, and kept nowhere.

    ``subtype`` of text, such as ``calendar``, with its ``parameters``; ``words`` say at the end of
    the email what the file is for.
    """

    name: str
    content: str
    subtype: str
    words: str
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Kind:
    """A kind of message.

    ``still_true(about_id, now)`` is asked before each is sent; ``still_true_of(about_ids, now)``,
    where given, is asked once for many and gives the ids that still hold. ``label`` is what pages
    call it. ``attached_to(about_ids, now)`` gives the file of each that has one, as things are
    then; asked for emails alone. ``is_confined``: that there is such a message is for those it goes
    to alone; no page lists or counts it.
    """

    name: str
    still_true: Callable[[int, datetime], bool] | None = None
    due: Callable[[datetime], Iterable[Due]] | None = None
    still_true_of: Callable[[set[int], datetime], set[int]] | None = None
    label: str = ""
    is_confined: bool = False
    attached_to: Callable[[set[int], datetime], dict[int, Attachment]] | None = None

    def holding(self, about_ids: set[int], now: datetime) -> set[int]:
        """Those of ``about_ids`` for which a message of this kind is still true."""
        if self.still_true_of is not None:
            return self.still_true_of(about_ids, now) & about_ids
        if self.still_true is None:
            return about_ids
        return {each for each in about_ids if self.still_true(each, now)}


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind known. Raises ValueError for a second one of the same name."""
    if kind.name in KINDS:
        message = f"There is already a kind of message called {kind.name}."
        raise ValueError(message)
    KINDS[kind.name] = kind
    return kind


def confined() -> list[str]:
    """The names of the kinds that no page lists or counts."""
    return [kind.name for kind in KINDS.values() if kind.is_confined]


def label_of(name: str) -> str:
    """What pages call the kind: its label, or its name in words.

    >>> label_of("visit-reminder")
    'Visit reminder'
    """
    known = KINDS.get(name)
    if known is not None and known.label:
        return known.label
    return name.replace("-", " ").replace("_", " ").capitalize()
