"""Which messages about visits fall due when, and which are still true."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from notifications import falling_due
from notifications.models import Message
from reviews import reminders
from reviews.reminders import due_in_a_week, due_tomorrow, due_unanswered
from tests.factories import NOW, TODAY, LXROnTeamFactory, ReviewFactory, StaffOnTeamFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
LONDON = ZoneInfo("Europe/London")
KINDS = {kind.name: kind for kind in reminders.KINDS}


@pytest.fixture(autouse=True)
def _sending(trust):
    """Sending is switched on."""


def on(days, response="accepted", **extra):
    review = ReviewFactory(visit_on=TODAY + timedelta(days=days))
    return LXROnTeamFactory(review=review, response=response, **extra)


def keys(due):
    return [each.key for each in due]


def london(day, hour=0):
    return datetime(2026, 6, day, hour, tzinfo=LONDON)


def test_invitation_is_reminded_of_once_after_three_days():
    ends = london(18)  # midnight at the end of 17 June
    member = on(28, "invited", invited_at=NOW, answer_by=ends)
    [key] = [f"visit-unanswered:{member.pk}:20260610100000"]

    assert keys(due_unanswered(london(13, 8) - timedelta(seconds=1))) == []
    assert keys(due_unanswered(london(13, 8))) == [key]
    assert keys(due_unanswered(ends - timedelta(seconds=1))) == [key]
    assert keys(due_unanswered(ends)) == []


def test_reminder_says_until_when():
    on(28, "invited", invited_at=NOW, answer_by=london(18))

    [due] = due_unanswered(london(13, 8))

    assert "please tell us by Wednesday 17 June 2026 if you can come" in due.body()


@pytest.mark.parametrize(
    ("ends", "due"), [(london(13), london(12, 8)), (london(12), london(11, 8)), (london(11), None)]
)
def test_short_time_to_answer_is_reminded_of_after_a_night_or_not_at_all(ends, due):
    on(28, "invited", invited_at=NOW, answer_by=ends)

    found = {each.due_at for hour in range(72) for each in due_unanswered(NOW + hour * HOUR)}
    assert found == ({due} if due else set())


def test_invitation_without_an_end_is_reminded_of_until_the_visit():
    on(28, "invited", invited_at=NOW)

    [due] = due_unanswered(NOW + 27 * DAY)

    assert due.due_at == london(13, 8)
    assert keys(due_unanswered(NOW + 28 * DAY)) == []


def test_shadows_are_reminded_too():
    on(28, "invited", role="shadow", invited_at=NOW, answer_by=london(18))

    assert len(keys(due_unanswered(london(13, 8)))) == 1


@pytest.mark.parametrize("response", ["accepted", "declined", "withdrawn", "expired"])
def test_who_answered_is_not_reminded(response):
    on(28, response, invited_at=NOW - 9 * DAY)

    assert keys(due_unanswered(NOW)) == []


def test_nobody_is_reminded_to_answer_once_the_visit_has_begun():
    on(0, "invited", invited_at=NOW - 9 * DAY)  # from 09:30 in London; now it is 11:00

    assert keys(due_unanswered(NOW)) == []


def test_imported_invitation_is_not_reminded():
    on(28, "invited", invited_at=None)

    assert keys(due_unanswered(NOW)) == []


def test_visit_in_a_week_from_eight_in_london():
    week, early = on(7), datetime(2026, 6, 10, 6, 59, tzinfo=UTC)  # 07:59 in London

    assert keys(due_in_a_week(early)) == []
    [due] = due_in_a_week(NOW)
    assert due.key == f"visit-in-a-week:{week.pk}:2026-06-17"
    assert due.due_at == datetime(2026, 6, 10, 7, tzinfo=UTC)


def test_visit_tomorrow_until_it_begins():
    tomorrow, early = on(1), datetime(2026, 6, 10, 6, 59, tzinfo=UTC)  # 07:59 in London

    assert keys(due_tomorrow(early)) == []
    [due] = due_tomorrow(NOW)
    assert due.key == f"visit-tomorrow:{tomorrow.pk}:2026-06-11"
    assert due.too_late_at == datetime(2026, 6, 11, 8, 30, tzinfo=UTC)


def test_missed_reminder_is_caught_up_until_tomorrows_takes_over():
    member = on(7)

    assert keys(due_in_a_week(NOW + 5 * DAY)) == [f"visit-in-a-week:{member.pk}:2026-06-17"]
    assert keys(due_in_a_week(NOW + 6 * DAY)) == []


def test_who_says_yes_within_the_week_is_reminded_of_tomorrow_alone():
    on(3, answered_at=NOW - timedelta(hours=1))

    assert keys(due_in_a_week(NOW)) == []
    assert len(keys(due_tomorrow(NOW + 2 * DAY))) == 1


@pytest.mark.parametrize("response", ["invited", "declined", "withdrawn"])
def test_only_who_comes_is_reminded(response):
    on(7, response)
    on(1, response)

    assert keys(due_in_a_week(NOW)) == keys(due_tomorrow(NOW)) == []


def test_nobody_is_reminded_of_a_visit_that_is_off_or_while_taking_a_break():
    LXROnTeamFactory(
        review=ReviewFactory(visit_on=TODAY + DAY, status="cancelled"), response="accepted"
    )
    on(1, reviewer__stage="paused")
    on(28, "invited", invited_at=NOW - 9 * DAY, reviewer__stage="paused")

    assert keys(due_tomorrow(NOW)) == keys(due_unanswered(NOW)) == []


def test_reminder_says_where_and_whom_to_meet_and_its_subject_does_not():
    member = on(1)
    StaffOnTeamFactory(review=member.review, staff__name="Lee Grant")

    [due] = due_tomorrow(NOW)

    body = due.body()
    assert due.subject == "Your visit with the quality team is tomorrow, Thursday 11 June 2026"
    assert "Thursday 11 June 2026, 9:30am to 3:30pm" in body
    assert "Where to meet: Main reception\nWho to meet: Lee Grant\n" in body
    assert member.review.service.name in body
    assert member.review.service.name not in due.subject


@pytest.mark.parametrize(
    ("days", "due", "at", "how_soon"),
    [
        (7, due_in_a_week, NOW, "in 7 days, Wednesday 17 June 2026"),
        (7, due_in_a_week, NOW + 4 * DAY, "in 3 days, Wednesday 17 June 2026"),
        (1, due_tomorrow, NOW, "tomorrow, Thursday 11 June 2026"),
        # 21:00: it goes out the next morning
        (1, due_tomorrow, NOW + timedelta(hours=10), "today, Thursday 11 June 2026"),
        (1, due_tomorrow, NOW + timedelta(hours=22), "today, Thursday 11 June 2026"),
    ],
)
def test_a_reminder_that_comes_late_says_what_is_true_when_it_goes(days, due, at, how_soon):
    on(days)

    [reminder] = due(at)

    assert reminder.subject == f"Your visit with the quality team is {how_soon}"
    assert f"Your visit with the quality team is {how_soon}." in reminder.body()


def test_two_ticks_queue_one_message():
    on(1)

    falling_due.queue_due(now=NOW)
    falling_due.queue_due(now=NOW)

    assert [m.kind for m in Message.objects.all()] == ["visit-tomorrow"]


@pytest.mark.parametrize(
    ("kind", "true_for"),
    [
        ("visit-invitation", {"invited"}),
        ("visit-unanswered", {"invited"}),
        ("visit-in-a-week", {"accepted"}),
        ("visit-tomorrow", {"accepted"}),
        ("visit-changed", {"invited", "accepted"}),
        ("visit-postponed", {"invited", "accepted"}),
        ("visit-cancelled", {"cancelled"}),
        ("visit-not-needed", {"taken back"}),
        ("visit-filled", {"taken back"}),
        ("visit-staff-off", {"taken back"}),
    ],
)
def test_what_is_no_longer_true_is_not_sent(kind, true_for):
    members = {
        response: on(1, response)
        for response in ("invited", "accepted", "declined", "withdrawn", "expired")
    }
    members["taken back"] = on(1, "withdrawn", taken_back="filled")
    members["cancelled"] = on(1)
    members["cancelled"].review.status = "cancelled"
    members["cancelled"].review.save()
    members["past"] = on(-1)
    ids = {member.pk: name for name, member in members.items()}

    assert {ids[pk] for pk in KINDS[kind].holding(set(ids), NOW)} == true_for


def test_a_break_stops_what_asks_and_not_what_relieves():
    paused = on(1, "accepted", reviewer__stage="paused")
    withdrawn = on(1, "withdrawn", taken_back="plans", reviewer__stage="paused")
    ids = {paused.pk, withdrawn.pk}

    true = {name for name, kind in KINDS.items() if kind.holding(ids, NOW)}
    true -= {"visit-dropped-out"}  # about a review, for the team
    assert true == {"visit-not-needed", "visit-filled", "visit-staff-off"}


def test_who_was_let_go_hears_it_also_when_the_visit_is_called_off_since():
    member = on(1, "withdrawn", taken_back="plans", review__status="cancelled")
    assert KINDS["visit-not-needed"].holding({member.pk}, NOW) == {member.pk}


def test_staff_hear_of_changes_too():
    member = StaffOnTeamFactory()

    assert KINDS["visit-changed"].holding({member.pk}, NOW) == {member.pk}


def test_reminders_cost_the_same_for_one_and_for_many(django_assert_num_queries):
    on(1)
    with django_assert_num_queries(3):
        keys(due_tomorrow(NOW))
    for _ in range(4):
        on(1)
    with django_assert_num_queries(3):
        keys(due_tomorrow(NOW))
