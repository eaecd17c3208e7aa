"""Visits as calendar entries. Others may see a calendar: no service, no place, no reason.

A visit is one event for ever: its UID stays, and each later state has a higher SEQUENCE, so that
a calendar moves the event or takes it out. Times are in UTC, right across clock changes.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from organisation.models import TrustSettings
from reviews.holds import hold_of
from reviews.models import Review, TeamMember

TITLE = "Visit with the quality team"
AN_HOUR = timedelta(hours=1)


def calendar_of(
    members: Iterable[TeamMember],
    *,
    sequences: Mapping[int, int],
    trust: TrustSettings,
    portal: str,
    now: datetime,
) -> bytes:
    """The ``.ics`` file of these visits. ``sequences``: how often each was changed."""
    calendar = Calendar()
    calendar.add("prodid", "-//LXR Portal//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", TITLE)
    calendar.add("refresh-interval", AN_HOUR, parameters={"value": "DURATION"})
    for member in members:
        event = _event(member, trust, portal, now)
        event.add("sequence", sequences[member.pk])
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(member: TeamMember, trust: TrustSettings, portal: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"visit-{member.review_id}-{member.pk}@lxr-portal")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("summary", TITLE)
    event.add("status", _status(member))
    review = member.review
    if review.starts_at is not None and review.ends_at is not None:
        starts, ends = hold_of(review)
        event.add("dtstart", starts.astimezone(UTC))
        event.add("dtend", ends.astimezone(UTC))
    else:
        event.add("dtstart", review.visit_on)
        event.add("dtend", review.visit_on + timedelta(days=1))
    event.add(
        "description",
        f"Where to go, whom to meet and what to bring: {portal}\nOr ring {trust.telephone}.",
    )
    return event


def _status(member: TeamMember) -> str:
    """Sure once they said yes; called off when the visit is, or when they do not come."""
    if member.review.status == Review.Status.CANCELLED or member.response not in TeamMember.LIVE:
        return "CANCELLED"
    return "TENTATIVE" if member.response == TeamMember.Response.INVITED else "CONFIRMED"
