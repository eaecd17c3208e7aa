"""On the day and after it: the tick-list, two who tick at once, walk-ins, and who did not come."""

from datetime import timedelta

import pytest
from django.urls import reverse

from audit.models import Event
from insights.training import count_training
from reviewers.models import AccessNeed
from rules import RuleBroken
from tests.factories import NOW, TODAY, PlaceFactory, ReviewerFactory, SessionFactory, UserFactory
from training import operations
from training.models import Place
from training.operations import Mark

pytestmark = pytest.mark.django_db

CAME, MISSED = Mark("", came=True), Mark("", came=False)


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to(NOW)


@pytest.fixture
def session():
    return SessionFactory(held_on=TODAY)


def save(session, marks, by, why=""):
    return operations.record_attendance(session=session, marks=marks, why=why, by=by, now=NOW)


def outcomes():
    return list(Place.objects.order_by("pk").values_list("outcome", flat=True))


def test_who_came_is_recorded_without_a_reason(session, coordinator):
    came, missed, _left_blank = PlaceFactory.create_batch(3, session=session)

    result = save(session, {came.pk: CAME, missed.pk: MISSED}, coordinator)

    assert (result.changed, result.conflicts) == (2, [])
    assert outcomes() == ["attended", "did not attend", "booked"]
    assert Event.objects.filter(action="recorded attendance").count() == 2


def test_changing_what_was_recorded_takes_a_reason(session, coordinator):
    place = PlaceFactory(session=session, outcome="did not attend", followed_up_on=TODAY)
    mark = {place.pk: Mark("did not attend", came=True)}

    with pytest.raises(RuleBroken, match="Say why that was not right"):
        save(session, mark, coordinator)
    assert outcomes() == ["did not attend"]
    save(session, mark, coordinator, why="She came after lunch.")

    place.refresh_from_db()
    assert (place.outcome, place.corrected_why) == ("attended", "She came after lunch.")
    assert place.followed_up_on is None
    assert Event.objects.get().action == "corrected attendance"


def test_a_list_sent_unchanged_needs_no_reason(session, coordinator):
    recorded = PlaceFactory(session=session, outcome="attended")
    new = PlaceFactory(session=session)

    result = save(session, {recorded.pk: Mark("attended", came=True), new.pk: MISSED}, coordinator)

    assert result.changed == 1
    assert outcomes() == ["attended", "did not attend"]


def test_two_who_tick_at_once_lose_nothing(session, coordinator):
    one, other, both = PlaceFactory.create_batch(3, session=session)
    save(session, {one.pk: CAME, both.pk: CAME}, coordinator)

    # The second list was opened before the first was saved.
    result = save(session, {other.pk: CAME, both.pk: MISSED}, coordinator)

    assert outcomes() == ["attended", "attended", "attended"]
    assert (result.changed, result.conflicts) == (1, [both])


def test_two_who_tick_the_same_agree(session, coordinator):
    place = PlaceFactory(session=session)
    save(session, {place.pk: CAME}, coordinator)

    result = save(session, {place.pk: CAME}, coordinator)

    assert (result.changed, result.conflicts) == (0, [])


def test_a_stale_list_does_not_undo_a_correction(session, coordinator):
    place = PlaceFactory(session=session, outcome="attended")

    result = save(session, {place.pk: MISSED}, coordinator, why="I think so")

    assert result.conflicts == [place]
    assert outcomes() == ["attended"]


def test_a_place_given_up_meanwhile_is_a_conflict(session, coordinator):
    place = PlaceFactory(session=session, outcome="cancelled")

    assert save(session, {place.pk: CAME}, coordinator).conflicts == [place]


def test_the_page_says_what_was_not_saved(client_as, session):
    mine, both = PlaceFactory.create_batch(2, session=session)
    client, address = client_as("coordinator"), reverse("training:attendance", args=[session.pk])
    save(session, {both.pk: CAME}, UserFactory())

    page = client.post(
        address,
        {f"place-{mine.pk}": "yes", f"place-{both.pk}": "no", f"was-{both.pk}": ""},
        follow=True,
    ).content.decode()

    assert "Attendance changed for 1 person." in page
    assert f"Not saved for {both.reviewer} (attended)." in page
    assert outcomes() == ["attended", "attended"]


def test_a_tick_for_a_place_that_left_the_list_is_not_dropped(client_as, session):
    PlaceFactory(session=session)
    gone = PlaceFactory(session=session, outcome="cancelled")

    page = client_as("coordinator").post(
        reverse("training:attendance", args=[session.pk]),
        {f"place-{gone.pk}": "yes"},
        follow=True,
    ).content.decode()  # fmt: skip

    assert f"Not saved for {gone.reviewer} (cancelled)." in page


def test_the_page_asks_why_something_is_corrected(client_as, session):
    place = PlaceFactory(session=session, outcome="attended")
    client, address = client_as("coordinator"), reverse("training:attendance", args=[session.pk])
    sent = {f"place-{place.pk}": "no", f"was-{place.pk}": "yes"}

    refused = client.post(address, sent).content.decode()
    client.post(address, {**sent, "why": "Ticked by mistake"})

    assert "Say why that was not right" in refused
    assert outcomes() == ["did not attend"]


def test_somebody_without_a_place_is_added_with_a_reason(client_as, session):
    waiting = PlaceFactory(session=session, outcome="waiting")
    stranger = ReviewerFactory(last_name="Okafor")
    client, address = client_as("coordinator"), reverse("training:walk-in", args=[session.pk])
    page = client.get(address).content.decode()
    assert (str(waiting.reviewer) in page, "Okafor" in page) == (True, False)
    assert "Okafor" in client.get(address, {"q": "oka"}).content.decode()

    refused = client.post(address, {"person": stranger.pk}).content.decode()
    for person in (stranger, waiting.reviewer):
        client.post(address, {"person": person.pk, "why": "A chair was free"})

    assert "Enter an answer" in refused
    assert outcomes() == ["attended", "attended"]
    assert set(Place.objects.values_list("walk_in_why", flat=True)) == {"A chair was free"}


def walk_in(session, person, by, why="A chair was free"):
    return operations.add_walk_in(session=session, reviewer=person, why=why, by=by, now=NOW)


def test_adding_somebody_twice_changes_nothing(session, coordinator):
    person = ReviewerFactory()

    assert walk_in(session, person, coordinator) == walk_in(session, person, coordinator)
    assert Event.objects.count() == 1


@pytest.mark.parametrize("outcome", ["booked", "did not attend"])
def test_who_is_on_the_list_is_ticked_there(outcome, session, coordinator):
    place = PlaceFactory(session=session, outcome=outcome)

    with pytest.raises(RuleBroken, match="is on the list"):
        walk_in(session, place.reviewer, coordinator)


def test_nobody_walks_in_before_the_day_or_after_leaving(session, coordinator):
    with pytest.raises(RuleBroken, match="Record who came from that day"):
        walk_in(SessionFactory(held_on=TODAY + timedelta(days=1)), ReviewerFactory(), coordinator)
    with pytest.raises(RuleBroken, match="has left the programme"):
        walk_in(session, ReviewerFactory(stage="left"), coordinator)


def take_back(place, by, why="Somebody else of that name"):
    return operations.take_back_walk_in(place=place, why=why, by=by, now=NOW)


@pytest.mark.parametrize("outcome", ["attended", "did not attend"])
def test_a_walk_in_by_mistake_neither_came_nor_stayed_away(outcome, session, coordinator):
    place = walk_in(session, ReviewerFactory(), coordinator)
    Place.objects.update(outcome=outcome)

    take_back(place, coordinator)

    place.refresh_from_db()
    assert (place.outcome, place.walk_in_why, place.corrected_why) == (
        "cancelled", "", "Somebody else of that name",
    )  # fmt: skip
    figures = count_training(TODAY)
    assert (figures.no_shows.denominator, len(figures.trained)) == (0, 0)
    assert Event.objects.filter(action="took back a walk-in").count() == 1


def test_who_was_taken_back_may_walk_in_after_all(session, coordinator):
    person = ReviewerFactory()
    take_back(walk_in(session, person, coordinator), coordinator)

    assert walk_in(session, person, coordinator, "It was them").outcome == "attended"


@pytest.mark.parametrize("outcome", ["attended", "did not attend", "booked"])
def test_who_had_a_place_is_corrected_on_the_list(outcome, session, coordinator):
    place = PlaceFactory(session=session, outcome=outcome)

    with pytest.raises(RuleBroken, match="was not added on the day"):
        take_back(place, coordinator)


def test_taking_back_asks_why_on_its_page(client_as, session, coordinator):
    place = walk_in(session, ReviewerFactory(), coordinator)
    client = client_as(coordinator)
    address = reverse("training:take-back", args=[place.pk])
    assert address in client.get(reverse("training:detail", args=[session.pk])).content.decode()

    refused = client.post(address, {"why": ""}).content.decode()
    page = client.post(address, {"why": "Wrong Sam"}, follow=True).content.decode()

    assert "Enter an answer" in refused
    assert f"{place.reviewer} is off the list." in page
    assert "Corrected: Wrong Sam" in page
    assert address not in page


def test_who_did_not_come_is_listed_until_somebody_got_in_touch(client_as, session):
    place = PlaceFactory(session=session, outcome="did not attend")
    client = client_as("coordinator")
    page = client.get(reverse("training:no-shows")).content.decode()
    assert str(place.reviewer) in page

    client.post(reverse("training:follow-up", args=[place.pk]), {"on": TODAY.isoformat()})

    place.refresh_from_db()
    assert place.followed_up_on == TODAY
    after = client.get(reverse("training:no-shows")).content.decode()
    assert "There is nobody to get in touch with." in after


def test_who_has_left_for_good_is_not_asked_why_they_did_not_come(client_as, session):
    PlaceFactory(session=session, outcome="did not attend", reviewer__stage="left")
    client = client_as("coordinator")

    page = client.get(reverse("training:no-shows")).content.decode()

    assert "There is nobody to get in touch with." in page
    assert "Get in touch with" not in client.get("/").content.decode()


@pytest.mark.parametrize("days", [-1, 1])
def test_the_day_of_getting_in_touch_lies_after_the_session(days, session, coordinator):
    place = PlaceFactory(session=session, outcome="did not attend")

    with pytest.raises(RuleBroken, match="from 10 June 2026"):
        operations.follow_up(place=place, on=TODAY + timedelta(days=days), by=coordinator, now=NOW)


def test_only_who_did_not_come_is_followed_up(session, coordinator):
    place = PlaceFactory(session=session, outcome="attended")

    with pytest.raises(RuleBroken, match="not recorded as somebody who did not come"):
        operations.follow_up(place=place, on=TODAY, by=coordinator, now=NOW)


def test_the_register_has_what_people_agreed_to_share(client_as, session):
    place = PlaceFactory(session=session)
    AccessNeed.objects.create(reviewer=place.reviewer, kind="step-free", is_shared=True)
    AccessNeed.objects.create(reviewer=place.reviewer, kind="companion", is_shared=False)
    PlaceFactory(session=session, outcome="waiting", reviewer__last_name="Waitingson")

    page = client_as("coordinator").get(
        reverse("training:register", args=[session.pk])
    ).content.decode()  # fmt: skip

    assert str(place.reviewer) in page
    assert "step-free" in page.lower()
    assert "companion" not in page.lower()
    assert "Waitingson" not in page
