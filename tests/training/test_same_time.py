"""Booking until a session begins, and one session at a time."""

from datetime import time, timedelta

import pytest
from django.urls import reverse

from reviews.holds import hold_of
from rules import RuleBroken
from tests.factories import (
    NOW,
    TODAY,
    CourseVersionFactory,
    LXROnTeamFactory,
    PlaceFactory,
    ReviewerFactory,
    ReviewFactory,
    SessionFactory,
)
from training import operations

pytestmark = pytest.mark.django_db

SOON = TODAY + timedelta(days=21)


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to(NOW)


def open_to_all(**changes):
    return SessionFactory(**{"held_on": SOON, "booking_opens_on": TODAY, **changes})


def say(place, answer, by):
    return operations.answer_invitation(
        place=place, is_coming=answer == "yes", how="phone", by=by, now=NOW
    )


# NOW is 11:00 in London.
@pytest.mark.parametrize(
    ("starts", "is_open"), [(None, True), (time(11, 1), True), (time(11), False), (time(1), False)]
)
def test_a_session_is_booked_until_it_begins(starts, is_open, client_as, coordinator, trust):
    session = open_to_all(title="Today's workshop", held_on=TODAY, starts_at=starts)
    invited = PlaceFactory(session=session, outcome="invited", answer_by=TODAY)
    waits = PlaceFactory(session=session, outcome="waiting")
    person = ReviewerFactory(stage="training")
    client = client_as(person.user)

    page = client.get(reverse("own-training:list")).content.decode()
    booked = client.post(reverse("own-training:book", args=[session.pk]))

    assert booked.status_code == (302 if is_open else 404)
    assert ("Today&#x27;s workshop" in page) is is_open
    assert session.places.filter(reviewer=person).exists() is is_open
    if not is_open:
        with pytest.raises(RuleBroken, match="session has begun"):
            operations.book(session=session, reviewer=person, by=coordinator, now=NOW)
        with pytest.raises(RuleBroken, match="session has begun"):
            operations.book_own(session=session, reviewer=person, by=person.user, now=NOW)
        with pytest.raises(RuleBroken, match="session has begun"):
            say(invited, "yes", coordinator)
        say(invited, "no", coordinator)
        waits.refresh_from_db()
        assert waits.outcome == "waiting"


MORNING, AFTERNOON = (time(9), time(12)), (time(12), time(16))
SAME_TIME = [
    (MORNING, (time(11, 59), time(13)), True),
    (MORNING, AFTERNOON, False),
    (AFTERNOON, MORNING, False),
    (MORNING, (None, None), True),
    ((None, None), AFTERNOON, True),
    ((None, None), (None, None), True),
    ((time(9), None), AFTERNOON, True),
    (MORNING, (time(11), None), True),
    (MORNING, (time(12), None), False),
]


def hours(times, **changes):
    return open_to_all(starts_at=times[0], ends_at=times[1], **changes)


@pytest.mark.parametrize(("there", "here", "overlaps"), SAME_TIME)
def test_nobody_books_two_sessions_at_the_same_time(there, here, overlaps, client_as, trust):
    person = ReviewerFactory()
    PlaceFactory(session=hours(there, title="The other"), reviewer=person)
    session = hours(here, title="This one")
    client = client_as(person.user)

    page = client.get(reverse("own-training:list")).content.decode()
    told = client.post(reverse("own-training:book", args=[session.pk]), follow=True)

    assert ("This one" in page) is not overlaps
    assert ("You have a place at The other at the same time." in told.content.decode()) is overlaps
    assert session.places.exists() is not overlaps


@pytest.mark.parametrize(
    ("other", "outcome"),
    [
        ({"held_on": SOON + timedelta(days=1)}, "booked"),
        ({"is_cancelled": True, "cancelled_why": "Snow"}, "booked"),
        ({}, "waiting"),
        ({}, "declined"),
    ],
)
def test_what_takes_no_time_does_not_stop_a_booking(other, outcome, trust):
    person = PlaceFactory(session=open_to_all(**other), outcome=outcome).reviewer

    place = operations.book_own(session=open_to_all(), reviewer=person, by=person.user, now=NOW)

    assert place.outcome == "booked"


def test_staff_hear_where_somebody_has_a_place_at_that_time(coordinator, trust):
    person, session = ReviewerFactory(first_name="Ada", last_name="Moss"), open_to_all()
    PlaceFactory(session=open_to_all(title="The other"), reviewer=person)
    invited = PlaceFactory(session=session, reviewer=person, outcome="invited", answer_by=SOON)
    other = open_to_all()

    for refused in (
        lambda: operations.book(session=other, reviewer=person, by=coordinator, now=NOW),
        lambda: operations.invite(
            session=other,
            people=[ReviewerFactory(), person],
            answer_by=SOON,
            by=coordinator,
            now=NOW,
        ),
        lambda: say(invited, "yes", coordinator),
    ):
        with pytest.raises(RuleBroken, match="Ada Moss has a place at The other at the same time"):
            refused()
    with pytest.raises(RuleBroken, match="You have a place at The other"):
        say(invited, "yes", person.user)

    assert not other.places.exists()
    assert say(invited, "no", person.user).outcome == "declined"


def test_who_waits_and_has_a_place_at_that_time_is_passed_over(coordinator, trust):
    session = open_to_all(capacity=1)
    leaves = PlaceFactory(session=session)
    busy, free = PlaceFactory.create_batch(2, session=session, outcome="waiting")
    elsewhere = PlaceFactory(session=open_to_all(), reviewer=busy.reviewer)

    operations.cancel_place(place=leaves, by=coordinator, now=NOW)
    free.refresh_from_db()
    busy.refresh_from_db()
    assert (busy.outcome, free.outcome) == ("waiting", "booked")

    operations.cancel_place(place=elsewhere, by=coordinator, now=NOW)
    operations.cancel_place(place=free, by=coordinator, now=NOW)
    busy.refresh_from_db()
    assert busy.outcome == "booked"


def led_by(person, **changes):
    session = open_to_all(**changes)
    session.co_facilitators.add(person)
    return session


def on_a_visit(person, starts_at=time(9), ends_at=time(12), **changes):
    review = ReviewFactory(visit_on=SOON, starts_at=starts_at, ends_at=ends_at)
    start, end = hold_of(review)
    holds = {"holds_from": start, "holds_until": end} if changes["response"] == "accepted" else {}
    return LXROnTeamFactory(review=review, reviewer=person, **holds, **changes)


@pytest.mark.parametrize(
    ("here", "response", "is_free"),
    [
        ((time(11), time(13)), "accepted", False),
        ((None, None), "accepted", False),
        ((time(11), None), "accepted", False),
        (AFTERNOON, "accepted", True),
        ((time(8), time(9)), "accepted", True),
        ((time(11), time(13)), "declined", True),
    ],
)
def test_nobody_books_training_at_the_time_of_a_visit(
    here, response, is_free, client_as, coordinator, trust
):
    person = ReviewerFactory(first_name="Ada", last_name="Moss")
    on_a_visit(person, response=response)
    session = hours(here, title="This one")
    client = client_as(person.user)

    page = client.get(reverse("own-training:list")).content.decode()
    told = client.post(reverse("own-training:book", args=[session.pk]), follow=True)

    assert ("This one" in page) is is_free
    assert (
        "You have said yes to a visit at the same time." in told.content.decode()
    ) is not is_free
    assert session.places.exists() is is_free
    if not is_free:
        with pytest.raises(RuleBroken, match="Ada Moss has said yes to a visit at the same time"):
            operations.book(session=session, reviewer=person, by=coordinator, now=NOW)
        with pytest.raises(RuleBroken, match="Choose somebody else"):
            operations.change_session(
                session=session, details=details_of(session),
                facilitators=led(session, person), by=coordinator, now=NOW,
            )  # fmt: skip


def test_a_visit_of_a_whole_day_leaves_the_days_around_it(client_as, trust):
    person = ReviewerFactory()
    on_a_visit(person, response="accepted", starts_at=None, ends_at=None)
    for days, title in ((-1, "The day before"), (0, "That day"), (1, "The day after")):
        open_to_all(title=title, held_on=SOON + timedelta(days=days))

    page = client_as(person.user).get(reverse("own-training:list")).content.decode()

    offered = [each for each in ("The day before", "That day", "The day after") if each in page]
    assert offered == ["The day before", "The day after"]


def test_who_goes_on_a_visit_then_is_not_let_in_from_the_waiting_list(coordinator, trust):
    session = open_to_all(capacity=1)
    leaves = PlaceFactory(session=session)
    busy, free = PlaceFactory.create_batch(2, session=session, outcome="waiting")
    on_a_visit(busy.reviewer, response="accepted")

    operations.cancel_place(place=leaves, by=coordinator, now=NOW)

    free.refresh_from_db()
    busy.refresh_from_db()
    assert (busy.outcome, free.outcome) == ("waiting", "booked")


def test_a_session_moved_onto_a_visit_says_whom_to_ring(client_as, coordinator, trust):
    session = open_to_all(held_on=SOON + timedelta(days=7))
    goes = PlaceFactory(session=session, reviewer__last_name="Moss").reviewer
    asked = PlaceFactory(session=session, reviewer__last_name="Reed").reviewer
    gave_up = PlaceFactory(session=session, outcome="cancelled").reviewer
    on_a_visit(goes, response="accepted")
    on_a_visit(asked, response="invited")
    on_a_visit(gave_up, response="accepted")
    client, address = client_as(coordinator), reverse("training:detail", args=[session.pk])
    assert "at this time" not in client.get(address).content.decode()

    operations.change_session(
        session=session, details=details_of(session, held_on=SOON),
        facilitators=led(session), by=coordinator, now=NOW,
    )  # fmt: skip

    page = client.get(address)
    assert [place.reviewer for place in page.context["elsewhere"]] == [goes]
    assert "1 person is on a visit or in other training at this time." in page.content.decode()
    assert page.content.decode().count("Somewhere else then") == 1


def details_of(session, **changes):
    names = (
        "code", "title", "version", "held_on", "starts_at", "ends_at", "venue", "venue_access",
        "capacity", "booking_opens_on",
    )  # fmt: skip
    return {name: getattr(session, name) for name in names} | {"is_pilot": False} | changes


def led(session, *people):
    return {"staff": session.staff_facilitators.all(), "lxrs": list(people)}


def test_who_leads_a_session_takes_no_place_at_another_at_that_time(client_as, coordinator, trust):
    person = ReviewerFactory(first_name="Ada", last_name="Moss")
    led_by(person, title="The other")
    session = open_to_all(title="This one")
    client = client_as(person.user)

    page = client.get(reverse("own-training:list")).content.decode()
    told = client.post(reverse("own-training:book", args=[session.pk]), follow=True)

    assert "This one" not in page
    assert "You help to lead The other at the same time." in told.content.decode()
    with pytest.raises(RuleBroken, match="Ada Moss helps to lead The other at the same time"):
        operations.book(session=session, reviewer=person, by=coordinator, now=NOW)
    assert not session.places.exists()


def test_who_leads_at_that_time_is_not_let_in_from_the_waiting_list(coordinator, trust):
    session = open_to_all(capacity=1)
    leaves = PlaceFactory(session=session)
    busy, free = PlaceFactory.create_batch(2, session=session, outcome="waiting")
    led_by(busy.reviewer)

    operations.cancel_place(place=leaves, by=coordinator, now=NOW)

    free.refresh_from_db()
    busy.refresh_from_db()
    assert (busy.outcome, free.outcome) == ("waiting", "booked")


@pytest.mark.parametrize(
    ("leads", "words"),
    [
        (False, "Ada Moss has a place at The other at the same time."),
        (True, "Ada Moss helps to lead The other at the same time. Choose somebody else."),
    ],
)
def test_nobody_is_put_down_to_lead_while_they_are_elsewhere(leads, words, coordinator, trust):
    person = ReviewerFactory(first_name="Ada", last_name="Moss")
    other = led_by(person, title="The other") if leads else open_to_all(title="The other")
    if not leads:
        PlaceFactory(session=other, reviewer=person)
    session, by = open_to_all(), {"by": coordinator, "now": NOW}
    later = open_to_all(held_on=SOON + timedelta(days=1))
    later.co_facilitators.add(person)

    with pytest.raises(RuleBroken, match=words):
        operations.plan_session(
            details=details_of(session, code="NEW", version=CourseVersionFactory()),
            facilitators=led(session, person),
            **by,
        )
    with pytest.raises(RuleBroken, match=words):
        operations.change_session(
            session=session, details=details_of(session), facilitators=led(session, person), **by
        )
    with pytest.raises(RuleBroken, match=words):
        operations.change_session(
            session=later, details=details_of(later, held_on=SOON),
            facilitators=led(later, person), **by,
        )  # fmt: skip
    assert list(person.sessions_co_facilitated.order_by("held_on")) == [
        *([other] if leads else []), later,
    ]  # fmt: skip


def test_a_clash_that_is_there_does_not_stop_other_changes(coordinator, trust):
    person = ReviewerFactory()
    PlaceFactory(session=led_by(person), reviewer=person)
    session = led_by(person)

    operations.change_session(
        session=session, details=details_of(session, venue="The barn"),
        facilitators=led(session, person), by=coordinator, now=NOW,
    )  # fmt: skip

    session.refresh_from_db()
    assert session.venue == "The barn"
