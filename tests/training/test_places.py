"""Invitations, answers, booking by people themselves, the waiting list, and giving a place up."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from audit.models import Event
from notifications.models import Message
from notifications.registry import KINDS
from rules import RuleBroken
from tests.factories import NOW, TODAY, PlaceFactory, ReviewerFactory, SessionFactory
from training import operations
from training.models import Place

pytestmark = pytest.mark.django_db

SOON = TODAY + timedelta(days=21)
FRIDAY = TODAY + timedelta(days=9)


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to(NOW)


def invite(session, people, by, **changes):
    return operations.invite(
        session=session, people=people, by=by, now=NOW, **{"answer_by": FRIDAY, **changes}
    )


def say(place, answer, by, how="phone"):
    return operations.answer_invitation(
        place=place, is_coming=answer == "yes", how=how, by=by, now=NOW
    )


def outcomes():
    return list(Place.objects.order_by("pk").values_list("outcome", flat=True))


def test_several_people_are_invited_at_once_and_told(coordinator, trust):
    people = ReviewerFactory.create_batch(3, stage="training")
    session = SessionFactory(held_on=SOON, capacity=3)

    places = invite(session, people, coordinator)

    assert outcomes() == ["invited"] * 3
    assert {each.answer_by for each in places} == {FRIDAY}
    messages = Message.objects.filter(kind="training-invitation")
    assert {each.recipient_id for each in messages} == {each.pk for each in people}
    assert "until Friday 19 June 2026" in messages[0].body
    assert "/me/training/" in messages[0].body


def test_an_invitation_holds_room(coordinator, trust):
    session = SessionFactory(held_on=SOON, capacity=1)
    invite(session, [ReviewerFactory()], coordinator)

    later = operations.book(session=session, reviewer=ReviewerFactory(), by=coordinator, now=NOW)

    assert later.outcome == "waiting"


@pytest.mark.parametrize(
    ("free", "sentence"),
    [(0, "The session is full"), (1, "Only 1 place is free and you chose 2"), (2, None)],
)
def test_nobody_is_invited_beyond_the_room(free, sentence, coordinator, trust):
    session = SessionFactory(held_on=SOON, capacity=3)
    PlaceFactory.create_batch(3 - free, session=session)
    people = ReviewerFactory.create_batch(2)

    if sentence:
        with pytest.raises(RuleBroken, match=sentence):
            invite(session, people, coordinator)
    else:
        invite(session, people, coordinator)

    assert outcomes().count("invited") == (0 if sentence else 2)


def test_inviting_again_changes_nothing_for_those_who_have_a_place(coordinator, trust):
    session, person = SessionFactory(held_on=SOON), ReviewerFactory()
    invite(session, [person], coordinator)

    assert invite(session, [person], coordinator) == []
    assert Message.objects.count() == 1


@pytest.mark.parametrize("day", [TODAY - timedelta(days=1), SOON + timedelta(days=1)])
def test_the_day_to_answer_by_lies_before_the_session(day, coordinator):
    with pytest.raises(RuleBroken, match="from today to 1 July 2026"):
        invite(SessionFactory(held_on=SOON), [ReviewerFactory()], coordinator, answer_by=day)


def test_somebody_at_enquiry_is_not_invited(coordinator):
    with pytest.raises(RuleBroken, match="not at the stage for training"):
        invite(SessionFactory(held_on=SOON), [ReviewerFactory(stage="enquiry")], coordinator)


def test_who_accepts_has_a_place_and_is_told(coordinator, trust):
    [place] = invite(SessionFactory(held_on=SOON), [ReviewerFactory()], coordinator)

    answered = say(place, "yes", coordinator)
    say(place, "yes", coordinator)

    assert (answered.outcome, answered.how, answered.answer_by) == ("booked", "phone", None)
    assert Message.objects.filter(kind="training-place").count() == 1
    assert Event.objects.get(action="answered an invitation").why == "phone"


def test_who_declines_makes_room_for_the_first_who_waits(coordinator, trust):
    session = SessionFactory(held_on=SOON, capacity=1)
    [invited] = invite(session, [ReviewerFactory()], coordinator)
    for _ in range(2):
        operations.book(session=session, reviewer=ReviewerFactory(), by=coordinator, now=NOW)

    say(invited, "no", coordinator)

    assert outcomes() == ["declined", "booked", "waiting"]


@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [
        ("expired", "has run out"),
        ("cancelled", "is closed: cancelled"),
        ("waiting", "is closed: on the waiting list"),
    ],
)
def test_an_invitation_is_answered_while_it_is_open(outcome, sentence, coordinator):
    place = PlaceFactory(session=SessionFactory(held_on=SOON), outcome=outcome)

    with pytest.raises(RuleBroken, match=sentence):
        say(place, "yes", coordinator)


def test_an_invitation_runs_out_after_its_day_and_the_next_gets_the_place(coordinator, trust):
    session = SessionFactory(held_on=SOON, capacity=1)
    [invited] = invite(session, [ReviewerFactory()], coordinator)
    operations.book(session=session, reviewer=ReviewerFactory(), by=coordinator, now=NOW)

    on_the_day = NOW + timedelta(days=9)
    assert operations.release_unanswered(now=on_the_day) == 0
    assert operations.release_unanswered(now=on_the_day + timedelta(days=1)) == 1
    assert operations.release_unanswered(now=on_the_day + timedelta(days=1)) == 0

    assert outcomes() == ["expired", "booked"]
    assert Event.objects.get(action="invitation ran out").person_id == invited.reviewer_id
    assert KINDS["training-invitation"].holding({invited.pk}, NOW) == set()


def test_who_pauses_while_waiting_is_passed_over(coordinator, trust):
    session = SessionFactory(held_on=SOON, capacity=1)
    booked = PlaceFactory(session=session)
    PlaceFactory(session=session, outcome="waiting", reviewer__stage="paused")
    PlaceFactory(session=session, outcome="waiting")

    operations.cancel_place(place=booked, by=coordinator, now=NOW)

    assert outcomes() == ["cancelled", "waiting", "booked"]


def test_a_place_cancelled_for_somebody_is_told_and_by_themselves_is_not(coordinator, trust):
    session = SessionFactory(held_on=SOON)
    one, other = PlaceFactory.create_batch(2, session=session)

    operations.cancel_place(place=one, by=coordinator, now=NOW)
    operations.cancel_place(place=other, by=other.reviewer.user, now=NOW, how="online")

    assert Message.objects.get().recipient_id == one.reviewer_id


def test_after_declining_one_may_have_a_place_after_all(coordinator, trust):
    session, person = SessionFactory(held_on=SOON), ReviewerFactory()
    PlaceFactory(session=session, reviewer=person, outcome="declined", how="phone")

    place = operations.book(session=session, reviewer=person, by=coordinator, now=NOW)

    assert (place.outcome, place.how) == ("booked", "")
    assert Place.objects.count() == 1


def open_to_all(**changes):
    return SessionFactory(**{"held_on": SOON, "booking_opens_on": TODAY, **changes})


def test_people_book_themselves_once_booking_is_open(client_as, trust):
    session, person = open_to_all(title="LXR workshop in July"), ReviewerFactory(stage="training")
    client = client_as(person.user)
    assert "LXR workshop in July" in client.get(reverse("own-training:list")).content.decode()

    page = client.post(reverse("own-training:book", args=[session.pk]), follow=True)

    assert "You have a place." in page.content.decode()
    assert (session.places.get().outcome, session.places.get().how) == ("booked", "online")


def test_a_full_session_offers_its_waiting_list(client_as, trust):
    session = open_to_all(capacity=1)
    PlaceFactory(session=session)
    person = ReviewerFactory()
    client = client_as(person.user)
    assert "Join the waiting list" in client.get(reverse("own-training:list")).content.decode()

    page = client.post(reverse("own-training:book", args=[session.pk]), follow=True)

    assert "You are on the waiting list" in page.content.decode()
    assert session.places.get(reviewer=person).outcome == "waiting"


@pytest.mark.parametrize(
    ("session", "stage"),
    [
        ({"booking_opens_on": TODAY + timedelta(days=1)}, "training"),
        ({"booking_opens_on": None}, "training"),
        ({"is_cancelled": True, "cancelled_why": "Snow"}, "training"),
        ({"held_on": TODAY - timedelta(days=1)}, "training"),
        ({"kind": "refresher"}, "training"),
        ({}, "enquiry"),
        ({}, "paused"),
    ],
)
def test_what_is_not_open_to_a_person_is_neither_offered_nor_booked(
    session, stage, client_as, trust
):
    made = open_to_all(title="Not for you", **session)
    client = client_as(ReviewerFactory(stage=stage).user)

    page = client.get(reverse("own-training:list")).content.decode()
    client.post(reverse("own-training:book", args=[made.pk]))

    assert "Not for you" not in page
    assert not made.places.exists()


def test_a_refresher_is_for_those_who_are_trained(client_as, trust):
    person = ReviewerFactory()
    PlaceFactory(reviewer=person, outcome="attended")
    workshop, refresher = open_to_all(), open_to_all(kind="refresher")
    client = client_as(person.user)

    page = client.post(reverse("own-training:book", args=[workshop.pk]), follow=True)
    client.post(reverse("own-training:book", args=[refresher.pk]))

    assert "You are trained already" in page.content.decode()
    assert (workshop.places.count(), refresher.places.count()) == (0, 1)


@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        (None, None),
        (date(2026, 6, 10), "Your training counts until 10 June 2026."),
        (date(2026, 6, 9), "Your training counted until 9 June 2026."),
    ],
)
def test_ones_own_page_says_until_when_training_counts(client_as, trust, until, sentence):
    session = SessionFactory(held_on=TODAY - timedelta(days=200), counts_until=until)
    person = PlaceFactory(session=session, outcome="attended").reviewer
    page = client_as(person.user).get("/me/training/").content.decode()
    assert (sentence or "Training you came to") in page
    assert ("Your training count" in page) is (sentence is not None)


def test_an_invitation_is_answered_on_ones_own_page(client_as, coordinator, trust):
    session = SessionFactory(held_on=SOON)
    yes, no = invite(session, ReviewerFactory.create_batch(2), coordinator)
    for place, answer in ((yes, "yes"), (no, "no")):
        client = client_as(place.reviewer.user)
        assert "Would you like to come?" in client.get("/me/training/").content.decode()
        client.post(reverse("own-training:answer", args=[place.pk]), {"answer": answer})
        refused = client.post(
            reverse("own-training:answer", args=[yes.pk if place == no else no.pk]),
            {"answer": "yes"},
        )
        assert refused.status_code == 404

    assert outcomes() == ["booked", "declined"]
    assert set(Place.objects.values_list("how", flat=True)) == {"online"}


def test_a_coordinator_writes_down_what_was_said_on_paper(client_as, coordinator, trust):
    [place] = invite(SessionFactory(held_on=SOON), [ReviewerFactory()], coordinator)
    client = client_as(coordinator)

    client.post(reverse("training:answer", args=[place.pk]), {"answer": "no", "how": "paper"})

    place.refresh_from_db()
    assert (place.outcome, place.how) == ("declined", "paper")
    page = client.get(reverse("training:detail", args=[place.session_id])).content.decode()
    assert "On paper" in page


def test_people_are_ticked_and_invited_on_a_page(client_as, trust):
    session = SessionFactory(held_on=SOON)
    ready = ReviewerFactory.create_batch(2, stage="training")
    trained = PlaceFactory(outcome="attended").reviewer
    not_ready = ReviewerFactory(stage="enquiry")
    client = client_as("coordinator")
    address = reverse("training:invite", args=[session.pk])
    page = client.get(address).content.decode()
    assert [str(each) in page for each in (*ready, trained, not_ready)] == [
        True,
        True,
        False,
        False,
    ]
    day = {"answer_by": FRIDAY.isoformat()}

    nobody = client.post(address, day).content.decode()
    refused = client.post(address, {**day, "people": [not_ready.pk]}).content.decode()
    client.post(address, {**day, "people": [each.pk for each in ready]})

    assert "Tick at least one person" in nobody
    assert "There is a problem" in refused
    assert set(session.places.values_list("reviewer_id", "outcome")) == {
        (each.pk, "invited") for each in ready
    }
