"""Visits as calendar entries. Others may see a calendar: no service, no place, no reason.

A visit is one event for ever: its UID stays, and each later state has a higher SEQUENCE, so that
a calendar moves the event or takes it out. Times are in UTC, right across clock changes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.urls import reverse
from icalendar import Calendar, Event, vCalAddress, vText

from organisation.models import TrustSettings
from reviews.holds import hold_of
from reviews.models import Review, TeamMember

TITLE = "Visit with the quality team"
AN_HOUR = timedelta(hours=1)
CANCELLED = "CANCELLED"


@dataclass(frozen=True)
class Writer:
    """What every entry is written with. ``portal``: its address; ``now``: when it is written."""

    trust: TrustSettings
    portal: str
    now: datetime

    def calendar_of(self, members: Iterable[TeamMember], sequences: Mapping[int, int]) -> bytes:
        """The ``.ics`` file of a person's visits. ``sequences``: how often each was changed."""
        entries = [self._entry_of(member, sequences[member.pk]) for member in members]
        return self._subscribed(TITLE, entries)

    def calendar_of_team(self, reviews: Iterable[Review], sequences: Mapping[int, int]) -> bytes:
        """The ``.ics`` file of these reviews, with their references and nobody's name."""
        entries = [
            self._entry(
                f"visit-{review.pk}-team@lxr-portal", review, _status_of(review),
                sequences[review.pk],
                f"{review.reference}: {self._address(reverse('reviews:detail', args=[review.pk]))}",
            )
            for review in reviews
        ]  # fmt: skip
        return self._subscribed("Visits of the quality team", entries)

    def update_of(self, member: TeamMember, sequence: int) -> tuple[str, bytes]:
        """What a calendar is to do with a person's visit, and the file that tells it (RFC 5546).

        The method is PUBLISH, put it in or bring it up to date; or CANCEL, take it out. It asks
        for no reply: people answer in the portal, by phone or on paper.
        """
        entry = self._entry_of(member, sequence)
        organiser = vCalAddress(f"mailto:{self.trust.mailbox}")
        organiser.params["cn"] = vText(self.trust.team_name)
        entry.add("organizer", organiser)
        method = "CANCEL" if entry["status"] == CANCELLED else "PUBLISH"
        return method, _file(method, [entry])

    def _subscribed(self, name: str, entries: Iterable[Event]) -> bytes:
        return _file("PUBLISH", entries, name=name)

    def _entry_of(self, member: TeamMember, sequence: int) -> Event:
        return self._entry(
            f"visit-{member.review_id}-{member.pk}@lxr-portal", member.review, _status(member),
            sequence,
            f"Where to go, whom to meet and what to bring: {self.portal}\n"
            f"Or ring {self.trust.telephone}.",
        )  # fmt: skip

    def _entry(self, uid: str, review: Review, status: str, sequence: int, words: str) -> Event:
        entry = Event()
        entry.add("uid", uid)
        entry.add("dtstamp", self.now.astimezone(UTC))
        entry.add("summary", TITLE)
        entry.add("status", status)
        if review.starts_at is not None and review.ends_at is not None:
            starts, ends = hold_of(review)
            entry.add("dtstart", starts.astimezone(UTC))
            entry.add("dtend", ends.astimezone(UTC))
        else:
            entry.add("dtstart", review.visit_on)
            entry.add("dtend", review.visit_on + timedelta(days=1))
        entry.add("description", words)
        entry.add("sequence", sequence)
        return entry

    def _address(self, path: str) -> str:
        return self.portal.rstrip("/") + path


def _file(method: str, entries: Iterable[Event], *, name: str = "") -> bytes:
    """``name``: what a calendar that subscribes calls it; then it is read again every hour."""
    calendar = Calendar()
    calendar.add("prodid", "-//LXR Portal//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", AN_HOUR, parameters={"value": "DURATION"})
    for entry in entries:
        calendar.add_component(entry)
    return bytes(calendar.to_ical())


def _status(member: TeamMember) -> str:
    """Sure once they said yes; called off when the visit is, or when they do not come."""
    if member.review.status == Review.Status.CANCELLED or member.response not in TeamMember.LIVE:
        return CANCELLED
    return "TENTATIVE" if member.response == TeamMember.Response.INVITED else "CONFIRMED"


def _status_of(review: Review) -> str:
    """Sure once it is agreed with the service."""
    if review.status == Review.Status.CANCELLED:
        return CANCELLED
    return "TENTATIVE" if review.status == Review.Status.PLANNED else "CONFIRMED"
