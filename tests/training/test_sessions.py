"""Sessions that are opened for booking, changed, or called off; and who leads them."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from audit.models import Event
from insights.people import count_people, sessions_with_attendees
from notifications.models import Message
from notifications.registry import KINDS
from reviewers.story import Mark, coming_for, story_of
from rules import RuleBroken
from tests.factories import (
    NOW,
    TODAY,
    CourseVersionFactory,
    PlaceFactory,
    ReviewerFactory,
    SessionFactory,
    StaffFactory,
    UserFactory,
)
from tests.training.test_operations import SOON, details, led_by
from training import operations
from training.models import Place, Session

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to(NOW)


def change(session, coordinator, **changes):
    return operations.change_session(
        session=session,
        details=details(
            **{
                "code": session.code,
                "title": session.title,
                "held_on": session.held_on,
                "venue": session.venue,
                "capacity": session.capacity,
                **changes,
            }
        ),
        facilitators=led_by(),
        by=coordinator,
        now=NOW,
    )


def test_a_session_in_the_past_is_not_opened_for_booking(coordinator):
    session = SessionFactory(held_on=TODAY - timedelta(days=1))

    with pytest.raises(RuleBroken, match="in the past, so it cannot be opened for booking"):
        change(session, coordinator, booking_opens_on=TODAY - timedelta(days=2))

    session.refresh_from_db()
    assert session.booking_opens_on is None


def test_booking_opens_before_the_session(coordinator):
    with pytest.raises(RuleBroken, match="on the day of the session or before it"):
        operations.plan_session(
            details=details(booking_opens_on=SOON + timedelta(days=1)),
            facilitators=led_by(),
            by=coordinator,
            now=NOW,
        )


def test_a_past_session_that_was_open_can_still_be_corrected(coordinator):
    opened = TODAY - timedelta(days=30)
    session = SessionFactory(held_on=TODAY - timedelta(days=1), booking_opens_on=opened)

    changed = change(session, coordinator, booking_opens_on=opened, venue="Town Hall")

    assert changed.venue == "Town Hall"


@pytest.mark.parametrize("days", [4, -1])
def test_booking_does_not_open_after_a_session_that_moved(coordinator, days):
    opens = TODAY + timedelta(days=5)
    session = SessionFactory(held_on=SOON, booking_opens_on=opens)

    with pytest.raises(RuleBroken, match="on the day of the session or before it"):
        change(
            session,
            coordinator,
            held_on=TODAY + timedelta(days=days),
            booking_opens_on=opens,
        )

    session.refresh_from_db()
    assert session.held_on == SOON


def test_a_session_that_was_held_is_not_moved_ahead(coordinator, trust):
    """Who came would be trained on a day that has not come."""
    place = PlaceFactory(session__held_on=TODAY - timedelta(days=9), outcome="attended")

    with pytest.raises(RuleBroken, match="so this session has been held"):
        change(place.session, coordinator, held_on=TODAY + timedelta(days=1))
    corrected = change(place.session, coordinator, held_on=TODAY - timedelta(days=8))

    assert corrected.held_on == TODAY - timedelta(days=8)
    assert count_people(TODAY).trained == 1


@pytest.mark.parametrize("outcome", ["attended", "did not attend"])
def test_a_session_that_was_held_keeps_its_kind(coordinator, outcome):
    session = PlaceFactory(session__held_on=TODAY, outcome=outcome).session
    refresher = CourseVersionFactory(course__kind="refresher")
    another = CourseVersionFactory(course__name="The new workshop")

    for version, is_pilot in ((refresher, False), (another, True)):
        with pytest.raises(RuleBroken, match="recorded as workshop, and that says who is trained"):
            change(session, coordinator, version=version, is_pilot=is_pilot)

    assert change(session, coordinator, version=another).kind == "workshop"


def test_its_page_says_why_it_does_not_move(client_as):
    version = CourseVersionFactory()
    session = PlaceFactory(
        session__held_on=TODAY, session__version=version, outcome="attended"
    ).session
    sent = {
        "version": version.pk, "code": session.code, "title": session.title, "capacity": 10,
        "held_on": SOON.isoformat(),
    }  # fmt: skip

    page = client_as("coordinator").post(reverse("training:change", args=[session.pk]), sent)

    assert "Plan a new session instead." in page.content.decode()


def test_another_day_is_told_to_everyone_with_a_place(coordinator, trust):
    session = SessionFactory(held_on=SOON)
    booked = PlaceFactory(session=session)
    PlaceFactory(session=session, outcome="declined")

    change(session, coordinator, held_on=SOON + timedelta(days=1))

    message = Message.objects.get()
    assert (message.kind, message.about_id) == ("training-changed", booked.pk)
    assert "Thursday 2 July 2026" in message.body


def test_a_cancelled_session_tells_everyone_and_frees_them(coordinator, trust):
    session = SessionFactory(held_on=SOON, starts_at=time(10))
    for outcome in ("booked", "waiting", "cancelled"):
        PlaceFactory(session=session, outcome=outcome)
    PlaceFactory(session=session, outcome="invited", answer_by=SOON)

    operations.cancel_session(session=session, why="The hall is flooded.", by=coordinator, now=NOW)
    operations.cancel_session(session=session, why="Again", by=coordinator, now=NOW)

    session.refresh_from_db()
    assert (session.is_cancelled, session.cancelled_why) == (True, "The hall is flooded.")
    assert set(Place.objects.values_list("outcome", flat=True)) == {"cancelled"}
    messages = Message.objects.filter(kind="training-cancelled")
    assert messages.count() == 3
    assert "The hall is flooded." in messages[0].body
    about = set(messages.values_list("about_id", flat=True))
    assert KINDS["training-cancelled"].holding(about, NOW) == about


@pytest.mark.parametrize("capacity", [1, 2])
def test_a_session_with_a_walk_in_too_many_can_still_be_corrected(coordinator, capacity):
    session = SessionFactory(held_on=TODAY, capacity=1)
    PlaceFactory(session=session, outcome="attended")
    PlaceFactory(session=session, outcome="attended", walk_in_why="Came with a friend")

    changed = change(session, coordinator, title="The June workshop", capacity=capacity)

    assert (changed.title, changed.capacity) == ("The June workshop", capacity)


def test_places_are_not_made_fewer_than_people(coordinator):
    session = SessionFactory(held_on=SOON, capacity=3)
    PlaceFactory.create_batch(2, session=session)

    with pytest.raises(RuleBroken, match="2 people are booked or invited"):
        change(session, coordinator, capacity=1)


def test_a_session_that_is_sooner_is_answered_by_its_day_and_its_place_goes_on(coordinator, trust):
    session = SessionFactory(held_on=SOON, capacity=1)
    place = PlaceFactory(session=session, outcome="invited", answer_by=SOON)
    sooner = TODAY + timedelta(days=7)

    change(session, coordinator, held_on=sooner)

    place.refresh_from_db()
    assert place.answer_by == sooner
    assert Event.objects.get(action="moved the day to answer by").fields == ["answer_by"]
    message = Message.objects.get(kind="training-changed")
    assert "We keep a place for you until Wednesday 17 June 2026." in message.body
    assert operations.release_unanswered(now=NOW + timedelta(days=8)) == 1


def test_a_session_that_is_later_leaves_the_day_to_answer_by(coordinator, trust):
    session = SessionFactory(held_on=SOON)
    place = PlaceFactory(session=session, outcome="invited", answer_by=SOON)

    change(session, coordinator, held_on=SOON + timedelta(days=7))

    place.refresh_from_db()
    assert place.answer_by == SOON


def test_another_way_in_is_told_to_everyone_with_a_place(coordinator, trust):
    session = PlaceFactory(session__held_on=SOON).session

    change(session, coordinator, venue_access="The lift is broken.")

    assert "Getting in: The lift is broken." in Message.objects.get(kind="training-changed").body


def test_who_leads_a_session_is_told_that_it_moved_or_is_off(coordinator, trust):
    session = SessionFactory(title="LXR workshop", held_on=SOON)
    leads, left, has_place = ReviewerFactory(), ReviewerFactory(stage="left"), ReviewerFactory()
    session.co_facilitators.set([leads, left, has_place])
    PlaceFactory(session=session, reviewer=has_place)

    operations.change_session(
        session=session,
        details=details(code=session.code, title=session.title, held_on=SOON + timedelta(days=1)),
        facilitators=led_by(leads, left, has_place),
        by=coordinator,
        now=NOW,
    )
    moved = Message.objects.get(kind="training-led-changed")
    assert moved.recipient_id == leads.pk
    assert "LXR workshop, which you help to lead, has changed." in moved.body
    assert "When: Thursday 2 July 2026" in moved.body
    assert KINDS[moved.kind].holding({moved.about_id}, NOW) == {moved.about_id}

    operations.cancel_session(session=session, why="The hall is flooded.", by=coordinator, now=NOW)

    off = Message.objects.get(kind="training-led-cancelled")
    assert off.recipient_id == leads.pk
    assert "Why: The hall is flooded." in off.body
    assert Message.objects.filter(recipient_id=has_place.pk).count() == 2
    assert KINDS[moved.kind].holding({moved.about_id}, NOW) == set()
    assert KINDS[off.kind].holding({off.about_id}, NOW) == {off.about_id}
    leads.stage = "left"
    leads.save()
    assert KINDS[off.kind].holding({off.about_id}, NOW) == set()


def test_who_has_left_is_not_told_that_a_session_is_off(coordinator, trust):
    session = SessionFactory(held_on=SOON)
    left = PlaceFactory(session=session, reviewer__stage="left")
    paused = PlaceFactory(session=session, reviewer__stage="paused")

    operations.cancel_session(session=session, why="Snow", by=coordinator, now=NOW)

    assert Message.objects.get().about_id == paused.pk
    about = {left.pk, paused.pk}
    assert KINDS["training-cancelled"].holding(about, NOW) == {paused.pk}


def test_a_session_that_took_place_is_not_cancelled(coordinator):
    place = PlaceFactory(outcome="attended")

    with pytest.raises(RuleBroken, match="so this session took place"):
        operations.cancel_session(session=place.session, why="x", by=coordinator, now=NOW)


def test_a_cancelled_session_is_not_changed_booked_or_recorded(coordinator):
    session = SessionFactory(held_on=TODAY, is_cancelled=True, cancelled_why="Snow")
    person = ReviewerFactory()

    with pytest.raises(RuleBroken, match="is cancelled"):
        change(session, coordinator)
    with pytest.raises(RuleBroken, match="is cancelled"):
        operations.book(session=session, reviewer=person, by=coordinator, now=NOW)
    with pytest.raises(RuleBroken, match="was cancelled, so nobody came"):
        operations.record_attendance(session=session, marks={}, by=coordinator, now=NOW)


def test_a_cancelled_session_counts_nowhere():
    place = PlaceFactory(outcome="attended", session__held_on=TODAY)
    assert count_people(TODAY).trained == 1

    Session.objects.update(is_cancelled=True, cancelled_why="Snow")

    assert count_people(TODAY).trained == 0
    assert place.session not in sessions_with_attendees(TODAY)


def test_cancelling_on_its_page_needs_a_reason(client_as, trust):
    session = SessionFactory(held_on=SOON)
    client = client_as("coordinator")
    address = reverse("training:cancel-session", args=[session.pk])

    assert "Enter an answer" in client.post(address, {"why": " "}).content.decode()
    page = client.post(address, {"why": "Snow"}, follow=True).content.decode()

    assert "This session is cancelled." in page
    assert "Invite people" not in page


def test_several_staff_facilitate(client_as):
    version = CourseVersionFactory()
    ann, bob = StaffFactory(name="Ann Lee"), StaffFactory(name="Bob Ray")
    sent = {
        "version": version.pk, "code": "T09", "title": "LXR workshop", "held_on": "2026-09-08",
        "staff_facilitators": "bob ray, Ann Lee",
    }  # fmt: skip
    client = client_as("coordinator")

    refused = client.post(reverse("training:add"), {**sent, "staff_facilitators": "Cy Nobody"})
    client.post(reverse("training:add"), sent)

    assert "nobody on the staff list called Cy Nobody" in refused.content.decode()
    assert set(Session.objects.get().staff_facilitators.all()) == {ann, bob}


def test_helping_to_lead_is_part_of_a_persons_story():
    person, user = ReviewerFactory(), UserFactory(roles=["coordinator"])
    past = SessionFactory(title="Workshop in May", held_on=date(2026, 5, 5))
    SessionFactory(title="Snowed off", held_on=date(2026, 5, 6), is_cancelled=True,
                   cancelled_why="Snow").co_facilitators.add(person)  # fmt: skip
    past.co_facilitators.add(person)
    coming = SessionFactory(title="Workshop in July", held_on=date(2026, 7, 5))
    coming.co_facilitators.add(person)

    story = story_of(person, user=user, mark=Mark.at(NOW))
    ahead = coming_for(person, user=user, now=NOW)

    assert [(each.words, each.link) for each in story.entries if each.link] == [
        ("Helped to lead training:", "Workshop in May")
    ]
    assert [(each.words, each.link) for each in ahead] == [
        ("Helps to lead training:", "Workshop in July")
    ]
