"""How long a visit keeps a person busy."""

from datetime import UTC, date, datetime, time, timedelta

from reviews.holds import hold_of
from reviews.models import Review


def test_a_visit_with_times_holds_those_times_in_london():
    held = hold_of(Review(visit_on=date(2026, 7, 8), starts_at=time(9, 30), ends_at=time(15, 30)))

    assert held == (
        datetime(2026, 7, 8, 8, 30, tzinfo=UTC),
        datetime(2026, 7, 8, 14, 30, tzinfo=UTC),
    )


def test_a_visit_without_times_holds_the_whole_local_day():
    held = hold_of(Review(visit_on=date(2026, 1, 8)))

    assert held == (datetime(2026, 1, 8, tzinfo=UTC), datetime(2026, 1, 9, tzinfo=UTC))


def test_the_day_the_clocks_go_forward_has_23_hours():
    start, end = (each.astimezone(UTC) for each in hold_of(Review(visit_on=date(2026, 3, 29))))

    assert end - start == timedelta(hours=23)
