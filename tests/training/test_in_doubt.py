"""Places of people who paused or left: nobody loses one by itself, and nobody waits in vain."""

from datetime import timedelta

import pytest
from django.urls import reverse

from notifications.models import Message
from notifications.registry import KINDS
from programme.home.queries import work_of
from reviewers.models import Stage
from reviewers.operations.stage import change_stage, come_back, pause
from rules import RuleBroken
from tests.factories import NOW, TODAY, PlaceFactory, SessionFactory
from training import operations
from training.models import Place
from training.queries import get_in_doubt, in_doubt

pytestmark = pytest.mark.django_db
SOON = TODAY + timedelta(days=9)


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to(NOW)


@pytest.fixture
def session(trust):
    return SessionFactory(held_on=SOON, capacity=1)


@pytest.fixture
def place(session):
    return PlaceFactory(session=session)


def away(place, by, until=None):
    pause(reviewer=place.reviewer, by=by, now=NOW, until=until)
    place.reviewer.refresh_from_db()


def listed():
    return [(each.place, each.why) for each in in_doubt(TODAY)]


def keep(place, by, seen=None):
    found = get_in_doubt(place.pk, TODAY)
    seen = found.seen if seen is None else seen
    return operations.keep_place(place=place, seen=seen, by=by, now=NOW)


class TestWhoIsListed:
    @pytest.mark.parametrize("outcome", ["booked", "invited", "waiting", "cancelled", "declined"])
    def test_whoever_takes_a_break_and_holds_a_place(self, session, coordinator, outcome):
        place = PlaceFactory(session=session, outcome=outcome, answer_by=SOON)
        away(place, coordinator)

        expected = [(place, "taking a break")] if outcome in {"booked", "invited"} else []
        assert listed() == expected

    def test_whoever_left_the_waiting_too(self, session, coordinator):
        places = [PlaceFactory(session=session, outcome=each) for each in ("booked", "waiting")]
        for place in places:
            change_stage(
                reviewer=place.reviewer, to=Stage.LEFT, by=coordinator, now=NOW,
                reason="Moved away", leaving_reason="moved away",
            )  # fmt: skip

        assert listed() == [(place, "has left") for place in places]

    def test_sessions_to_come_alone(self, coordinator):
        over = PlaceFactory(session__held_on=TODAY - timedelta(days=1))
        off = PlaceFactory(
            session__held_on=SOON, session__is_cancelled=True, session__cancelled_why="Snow"
        )
        away(over, coordinator)
        away(off, coordinator)

        assert listed() == []

    def test_home_leads_to_the_decision(self, place, coordinator):
        away(place, coordinator)
        work = {each.heading: each for each in work_of(coordinator, NOW)}

        [line] = work["People with a place at training who may not come"].lines

        assert line.text == str(place.reviewer)
        assert line.note == "LXR workshop, 19 June 2026: taking a break"
        assert line.href == reverse("training:decide", args=[place.pk])


class TestDeciding:
    def test_the_next_gets_a_place_that_is_given_up(self, client_as, session, place, coordinator):
        waits = PlaceFactory(session=session, outcome="waiting")
        away(place, coordinator)
        client = client_as(coordinator)
        page = client.get(reverse("training:to-confirm")).content.decode()
        assert (str(place.reviewer) in page, "Taking a break" in page) == (True, True)

        client.post(reverse("training:decide", args=[place.pk]), {"keeps": "no", "seen": "x"})

        assert dict(Place.objects.values_list("pk", "outcome")) == {
            place.pk: "cancelled", waits.pk: "booked",
        }  # fmt: skip
        told = dict(Message.objects.values_list("about_id", "kind"))
        assert told == {place.pk: "training-place-cancelled", waits.pk: "training-place"}
        assert listed() == []

    def test_who_keeps_it_rests_until_something_changes(self, client_as, place, coordinator):
        away(place, coordinator, until=SOON - timedelta(days=2))
        client = client_as(coordinator)
        address = reverse("training:decide", args=[place.pk])
        assert "until 17 June 2026" in client.get(address).content.decode()
        [found] = in_doubt(TODAY)

        page = client.post(address, {"keeps": "yes", "seen": found.seen}, follow=True)

        assert "keeps the place." in page.content.decode()
        assert listed() == []
        assert not Message.objects.exists()
        away(place, coordinator, until=SOON)  # longer than was known
        assert listed() == [(place, "taking a break")]

    def test_another_day_asks_again(self, place, coordinator, session):
        away(place, coordinator)
        keep(place, coordinator)
        session.held_on = SOON + timedelta(days=1)
        session.save()

        assert listed() == [(place, "taking a break")]

    def test_decided_is_what_was_seen(self, place, coordinator):
        away(place, coordinator)
        seen = get_in_doubt(place.pk, TODAY).seen
        away(place, coordinator, until=SOON)

        with pytest.raises(RuleBroken, match="Something has changed"):
            keep(place, coordinator, seen)

    def test_who_is_back_needs_no_decision(self, client_as, place, coordinator):
        away(place, coordinator)
        come_back(reviewer=place.reviewer, by=coordinator, now=NOW)

        with pytest.raises(RuleBroken, match="nothing to decide"):
            keep(place, coordinator, "x")
        page = client_as(coordinator).get(reverse("training:decide", args=[place.pk]), follow=True)
        assert "nothing to decide about this place" in page.content.decode()

    def test_who_left_does_not_keep_it_and_is_sent_nothing(self, client_as, place, coordinator):
        type(place.reviewer).objects.update(stage="left")
        client, address = client_as(coordinator), reverse("training:decide", args=[place.pk])
        assert "They keep it" not in client.get(address).content.decode()

        refused = client.post(address, {"keeps": "yes", "seen": "x"}).content.decode()
        client.post(address, {"keeps": "no", "seen": "x"})

        assert "There is a problem" in refused
        place.refresh_from_db()
        assert place.outcome == "cancelled"
        assert not Message.objects.exists()


class TestOnABreak:
    def test_who_waits_is_passed_over_and_let_in_once_back(self, session, place, coordinator):
        paused, other = PlaceFactory.create_batch(2, session=session, outcome="waiting")
        away(paused, coordinator)
        operations.cancel_place(place=place, by=coordinator, now=NOW)
        operations.cancel_place(place=other, by=coordinator, now=NOW)
        assert operations.let_in_waiting(now=NOW) == 0

        come_back(reviewer=paused.reviewer, by=coordinator, now=NOW)

        assert operations.let_in_waiting(now=NOW) == 1
        assert operations.let_in_waiting(now=NOW) == 0
        paused.refresh_from_db()
        assert paused.outcome == "booked"
        told = Message.objects.filter(kind="training-place", about_id=paused.pk)
        assert told.count() == 1

    def test_an_invitation_is_declined_and_not_accepted(self, session, coordinator):
        place = PlaceFactory(session=session, outcome="invited", answer_by=SOON)
        away(place, coordinator)

        def say(is_coming):
            return operations.answer_invitation(
                place=place, is_coming=is_coming, how="online", by=coordinator, now=NOW
            )

        with pytest.raises(RuleBroken, match="End the pause first"):
            say(is_coming=True)
        assert say(is_coming=False).outcome == "declined"

    def test_no_message_but_that_it_is_off(self, place, coordinator):
        away(place, coordinator)
        for kind in ("training-place", "training-changed", "training-reminder"):
            assert KINDS[kind].holding({place.pk}, NOW) == set()
        operations.cancel_place(place=place, by=coordinator, now=NOW)
        assert KINDS["training-place-cancelled"].holding({place.pk}, NOW) == {place.pk}
