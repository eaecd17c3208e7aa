"""The visit as a calendar entry."""

from datetime import UTC, date, datetime

from icalendar import Calendar

from reviews.calendar import TITLE, Writer
from reviews.feeds.queries import sequences
from tests.factories import NOW, LXROnTeamFactory


def file_of(member, trust):
    writer = Writer(trust, "https://lxr.example.org", NOW)
    return writer.calendar_of([member], sequences([member]))


def entry(member, trust):
    """The one event of the file."""
    made = file_of(member, trust)
    return Calendar.from_ical(made).walk("VEVENT")[0]


def test_summer_visit_is_an_hour_ahead_of_utc(trust):
    member = LXROnTeamFactory(review__visit_on=date(2026, 7, 8))
    event = entry(member, trust)
    assert event.decoded("dtstart") == datetime(2026, 7, 8, 8, 30, tzinfo=UTC)
    assert event.decoded("dtend") == datetime(2026, 7, 8, 14, 30, tzinfo=UTC)


def test_winter_visit_is_on_utc(trust):
    member = LXROnTeamFactory(review__visit_on=date(2026, 12, 8))
    assert entry(member, trust).decoded("dtstart") == datetime(2026, 12, 8, 9, 30, tzinfo=UTC)


def test_visit_without_times_takes_the_day(trust):
    member = LXROnTeamFactory(
        review__visit_on=date(2026, 7, 8), review__starts_at=None, review__ends_at=None
    )
    event = entry(member, trust)
    assert event.decoded("dtstart") == date(2026, 7, 8)
    assert event.decoded("dtend") == date(2026, 7, 9)


def test_entry_names_neither_service_nor_site(trust):
    member = LXROnTeamFactory()
    service = member.review.service
    service.name, service.site.name = "Northgate Prison", "Northgate"
    made = file_of(member, trust).decode()
    assert "Northgate" not in made
    assert str(entry(member, trust)["summary"]) == TITLE


def test_moved_visit_keeps_its_uid(trust):
    member = LXROnTeamFactory()
    first = entry(member, trust)["uid"]
    member.review.visit_on = date(2026, 9, 1)
    assert entry(member, trust)["uid"] == first
