"""What attendees said, as far as it may be read.

Answers are read in groups of at least five people, once their forms are closed: one session's, or
those of several smaller sessions of one version. Which ones are read together is written down when
the last of them closes (``operations.said``). A group never changes, and no two overlap, so the
difference between what is shown on two days, or of a version and of a session, is always a whole
group.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from training.models import CourseVersion, Place, RoomLink, Said, Session
from training.said_links import opens, session_named
from training.said_policies import AT_LEAST, is_open


@dataclass(frozen=True)
class Rated:
    """One question's mean, and how many people rated it."""

    mean: float
    answers: int


@dataclass
class Group:
    """Answers that are read together. A question that fewer than five of them rated has no sum."""

    sessions: list[int]
    codes: list[str]
    version: int | None
    held_on: date
    answers: int = 0
    sums: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The sessions' codes."""
        return " and ".join(self.codes)

    @property
    def ratings(self) -> dict[str, Rated]:
        """The means that may be read."""
        return rated([self])


def rated(groups: Iterable[Group]) -> dict[str, Rated]:
    """The mean of each question over these groups."""
    totals: dict[str, tuple[int, int]] = {}
    for group in groups:
        for question, (total, count) in group.sums.items():
            if count >= AT_LEAST:
                before = totals.get(question, (0, 0))
                totals[question] = (before[0] + total, before[1] + count)
    return {
        question: Rated(round(total / count, 2), count)
        for question, (total, count) in totals.items()
    }


def open_link(secret: str, *, today: date) -> RoomLink | None:
    """The link that this secret opens today; None, whatever the reason. One query."""
    link = (
        RoomLink.objects.select_related("session__version__course")
        .filter(session=session_named(secret))
        .first()
    )
    fits = opens(link or RoomLink(session_id=0, nonce=""), secret)
    return link if link is not None and fits and is_open(link, link.session, today=today) else None


def get_session(pk: int) -> Session | None:
    """The session with its version and its form."""
    return Session.objects.select_related("version__course", "room_link").filter(pk=pk).first()


def attended(session: Session) -> int:
    """How many are recorded as there."""
    return session.places.filter(outcome=Place.Outcome.ATTENDED).count()


def is_recorded(session: Session) -> bool:
    """Whether it is written down who came."""
    return session.places.filter(outcome__in=Place.RECORDED).exists()


def link_of(session: Session) -> RoomLink | None:
    """The session's form, open or closed; None before it is opened."""
    try:
        return session.room_link
    except RoomLink.DoesNotExist:
        return None


def open_link_of(session: Session, *, today: date) -> RoomLink | None:
    """The link to show in the room; None while the form is not open."""
    link = link_of(session)
    return link if link is not None and is_open(link, session, today=today) else None


def readable(of: Q, *, as_at: date | None = None) -> list[Group]:
    """The groups of answers that may be read, by day. ``of``: which sessions. One query.

    ``as_at``: those that could be read at the end of that day.
    """
    rows: QuerySet[Any, Any] = Said.objects.filter(of, session__room_link__read_with__isnull=False)
    if as_at is not None:
        rows = rows.filter(session__room_link__read_with__closed_at__date__lte=as_at)
    rows = (
        rows.order_by()
        .values(
            "session",
            "session__code",
            "session__version",
            "session__held_on",
            "session__room_link__read_with",
        )
        .annotate(
            answers=Count("key"),
            **{f"{name}_sum": Sum(name) for name in Said.RATINGS},
            **{f"{name}_count": Count(name) for name in Said.RATINGS},
        )
    )
    groups: dict[int, Group] = {}
    for row in sorted(rows, key=lambda row: (row["session__held_on"], row["session"])):
        pk, group = row["session__room_link__read_with"], _group(row)
        groups[pk] = _together(groups[pk], group) if pk in groups else group
    return sorted(groups.values(), key=lambda group: (group.held_on, group.sessions))


def _group(row: dict[str, Any]) -> Group:
    return Group(
        sessions=[row["session"]],
        codes=[row["session__code"]],
        version=row["session__version"],
        held_on=row["session__held_on"],
        answers=row["answers"],
        sums={name: (row[f"{name}_sum"] or 0, row[f"{name}_count"]) for name in Said.RATINGS},
    )


def _together(one: Group, other: Group) -> Group:
    return Group(
        sessions=one.sessions + other.sessions,
        codes=one.codes + other.codes,
        version=one.version,
        held_on=max(one.held_on, other.held_on),
        answers=one.answers + other.answers,
        sums={
            name: (one.sums[name][0] + other.sums[name][0], one.sums[name][1] + other.sums[name][1])
            for name in Said.RATINGS
        },
    )


def said_of_session(session: Session) -> Group | None:
    """The group that a session's answers are read in; None while they may not be read."""
    link = link_of(session)
    if link is None or link.read_with_id is None:
        return None
    groups = readable(Q(session__room_link__read_with=link.read_with_id))
    return groups[0] if groups else None


def said_of_versions(
    versions: Iterable[CourseVersion], *, as_at: date | None = None
) -> dict[int, list[Group]]:
    """The groups of each version's answers that may be read, by day. One query."""
    found: dict[int, list[Group]] = {version.pk: [] for version in versions}
    for group in readable(Q(session__version__in=list(found)), as_at=as_at):
        assert group.version is not None  # noqa: S101 - asked for by version
        found[group.version].append(group)
    return found


def comments(groups: Iterable[Group]) -> list[str]:
    """The words of these groups, in an order that says nothing."""
    sessions = [pk for group in groups for pk in group.sessions]
    return list(
        Said.objects.filter(session__in=sessions)
        .exclude(comment="")
        .order_by("key")
        .values_list("comment", flat=True)
    )
