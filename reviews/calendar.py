"""A visit as a calendar entry. Others may see a calendar: no service, no place, no reason."""

from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from organisation.models import TrustSettings
from reviews.holds import hold_of
from reviews.models import TeamMember

TITLE = "Visit with the quality team"


def entry_for(member: TeamMember, *, trust: TrustSettings, portal: str, now: datetime) -> bytes:
    """The ``.ics`` file of a visit. Its UID stays, so that a later one replaces the earlier."""
    event = Event()
    event.add("uid", f"visit-{member.review_id}-{member.pk}@lxr-portal")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("summary", TITLE)
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
    calendar = Calendar()
    calendar.add("prodid", "-//LXR Portal//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
